/** The password modify extended operation. @see https://www.rfc-editor.org/rfc/rfc3062 */
export const passwordModifyOid = "1.3.6.1.4.1.4203.1.11.1";

export interface PasswordModify {
  /** Whose password. @default the bound user's */
  readonly user?: string;
  readonly oldPassword?: string;
  readonly newPassword: string;
}

/** PasswdModifyRequestValue in BER: a sequence of three optional strings with the tags 0, 1 and 2. */
export function passwordModifyValue({ user, oldPassword, newPassword }: PasswordModify): Buffer {
  const fields = [user, oldPassword, newPassword].map((text, tag) =>
    text === undefined ? Buffer.alloc(0) : element(0x80 | tag, Buffer.from(text)),
  );
  return element(0x30, Buffer.concat(fields));
}

function element(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

/** Definite lengths, the short form below 128. */
function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x100) return Buffer.from([0x81, length]);
  return Buffer.from([0x82, length >> 8, length & 0xff]);
}
