import { randomBytes } from "crypto";
import { RotationError } from "../../rotation-error";
import { AuthorizedKeys } from "./authorized-keys";
import { SshFiles } from "./client";

/** How often a change begins anew because somebody else changed the file meanwhile. */
const mostAttempts = 5;

/** Reads and replaces the file of public keys. It is there, and whole, at every moment. */
export class KeyFile {
  private constructor(
    private readonly files: SshFiles,
    private readonly path: string,
    private readonly versionId: string,
  ) {}

  /** @param versionId part of the names of temporary files, by which those of a stopped invocation are found */
  static async open(files: SshFiles, path: string, versionId: string): Promise<KeyFile> {
    return new KeyFile(files, await files.resolve(path), versionId);
  }

  async read(): Promise<AuthorizedKeys> {
    return AuthorizedKeys.parse(await this.text());
  }

  /**
   * Replaces the file by what `edit` makes of it; nothing is written when that is the same. Another writer between the
   * last look and the replacement, some milliseconds, would lose its change.
   */
  async change(edit: (keys: AuthorizedKeys) => AuthorizedKeys): Promise<void> {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const before = await this.text();
      const after = edit(AuthorizedKeys.parse(before)).render();
      if (after === before) return;
      const permissions = await this.files.permissions(this.path);
      const draft = `${this.draftPrefix}${randomBytes(4).toString("hex")}`;
      await this.files.create(draft, after, permissions);
      if ((await this.text()) === before) return this.files.replace(draft, this.path);
      await this.files.remove(draft);
    }
    throw new RotationError("locked", "ssh: the file of public keys changes all the time");
  }

  /** Removes what invocations of this version began to write and did not live to put in place. */
  async removeDrafts(): Promise<void> {
    const folder = this.path.slice(0, this.path.lastIndexOf("/") + 1);
    const prefix = this.draftPrefix.slice(folder.length);
    const drafts = (await this.files.list(folder)).filter((name) => name.startsWith(prefix));
    for (const name of drafts) await this.files.remove(folder + name);
  }

  private get draftPrefix(): string {
    return `${this.path}.strongroom-${this.versionId.slice(0, 8)}-`;
  }

  private async text(): Promise<string> {
    const text = await this.files.read(this.path);
    if (text === undefined) {
      throw new RotationError("conflict", `ssh: the login's own key is not in "ssh.authorizedKeysFile"`);
    }
    return text;
  }
}
