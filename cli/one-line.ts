/** A text of several lines as one, with a space where the lines met; nothing around it. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}
