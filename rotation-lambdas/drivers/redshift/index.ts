export { redshiftDriver } from "./driver";
