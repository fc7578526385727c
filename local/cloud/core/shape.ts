export { list, map, optional, structure, type OptionalMark, type StructureValue } from "./compound-shapes";
export {
  anything,
  blob,
  boolean,
  integer,
  number,
  string,
  timestamp,
  type NumberLimits,
  type StringLimits,
} from "./scalar-shapes";
export {
  violationMessage,
  type Infer,
  type Shape,
  type ShapeForm,
  type ShapeResult,
  type Violation,
} from "./shape-check";
