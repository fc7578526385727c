export { missingPrincipal } from "./principals";
export { isPublic } from "./public-access";
