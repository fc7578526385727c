/** One thing wrong in a section of settings of unknown origin. */
export interface SettingFault {
  /** Below the section, such as `create.path`. */
  readonly path: string;
  /** What would be right, as a noun phrase. */
  readonly expected: string;
}

/** `apiKey.create.path: expected a path that begins with one slash` */
export function faultLine(section: string, { path, expected }: SettingFault): string {
  return `${section}.${path}: expected ${expected}`;
}
