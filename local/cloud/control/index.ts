export { controlAnswer } from "./control";
