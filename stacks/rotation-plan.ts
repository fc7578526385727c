import { RotationEngine, RotationPlan } from "../components/model";

/** Name of the administrator's secret of a rotation that has one. */
export function adminOf(rotation: RotationPlan): string | undefined {
  return rotation.kind === "never" ? undefined : rotation.admin;
}

/** The engine whose function a rotation needs; undefined without one. */
export function engineOf(rotation: RotationPlan): RotationEngine | undefined {
  if (rotation.kind === "never") return undefined;
  return rotation.kind === "scheduled" ? rotation.database.engine : rotation.kind;
}
