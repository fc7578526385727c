/** Whether a value is no plain data but something that can be called, such as a session or a cursor. */
export function hasMethods(value: unknown): value is object {
  if (typeof value === "function") return true;
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value) || ArrayBuffer.isView(value) || value instanceof Date || value instanceof Error)
    return false;
  for (let at = value; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    const members = Object.entries(Object.getOwnPropertyDescriptors(at));
    if (members.some(([name, { value: member }]) => name !== "constructor" && typeof member === "function"))
      return true;
  }
  return false;
}
