import { ApiError } from "../core/api-error";
import { Properties } from "./resource-type";

interface Step {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

/**
 * Applies a JSON patch (RFC 6902) of add, replace, remove and test.
 *
 * @throws ApiError InvalidRequestException for a patch that is none or does not fit
 */
export function patched(properties: Properties, patchText: string): Properties {
  const steps = parseSteps(patchText);
  const copy = structuredClone(properties) as Record<string, unknown>;
  for (const step of steps) applyStep(copy, step);
  return copy;
}

/** The top-level members that a patch touches. */
export function touchedMembers(patchText: string): readonly string[] {
  return parseSteps(patchText).map(({ path }) => segments(path)[0]!);
}

function parseSteps(text: string): readonly Step[] {
  let steps: unknown;
  try {
    steps = JSON.parse(text);
  } catch {
    throw invalid("PatchDocument is not valid JSON.");
  }
  if (!Array.isArray(steps) || steps.some((step) => typeof (step as Step)?.path !== "string")) {
    throw invalid("PatchDocument must be a list of operations of RFC 6902.");
  }
  return steps as Step[];
}

function segments(path: string): string[] {
  if (!path.startsWith("/") || path === "/") throw invalid(`"${path}" is not a JSON pointer to a member.`);
  return path
    .slice(1)
    .split("/")
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"));
}

function applyStep(root: Record<string, unknown>, { op, path, value }: Step): void {
  const parts = segments(path);
  const last = parts.pop()!;
  let parent: unknown = root;
  for (const part of parts) parent = (parent as Record<string, unknown> | undefined)?.[part];
  if (typeof parent !== "object" || parent === null) throw invalid(`There is nothing at ${path}.`);
  const target = parent as Record<string, unknown>;
  const exists = last === "-" || Object.hasOwn(target, last);
  if (op !== "add" && !exists) throw invalid(`There is nothing at ${path}.`);
  if (op === "test") {
    if (JSON.stringify(target[last]) !== JSON.stringify(value)) throw invalid(`The test at ${path} failed.`);
  } else if (op === "remove") {
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete target[last];
  } else if (op === "add" && Array.isArray(parent)) {
    parent.splice(last === "-" ? parent.length : Number(last), 0, value);
  } else if (op === "add" || op === "replace") {
    target[last] = value;
  } else {
    throw invalid(`The operation ${op} is not modelled.`);
  }
}

function invalid(message: string): ApiError {
  return new ApiError("InvalidRequestException", message);
}
