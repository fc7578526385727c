/** Whether `arn` fits `pattern`, in which `*` stands for any text and `?` for one character. Case matters, as in IAM. */
export function matchesArn(pattern: string, arn: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\*/g, ".*").replace(/\?/g, ".")}$`, "su").test(arn);
}
