/** The wire's marks, written out so that a changed constant in the provider is seen. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

export function secretOf(value: unknown): Record<string, unknown> {
  return { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value };
}

export function outputOf(
  value: unknown,
  options: { readonly secret?: boolean } = {},
): Record<string, unknown> {
  return {
    [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
    ...(value !== undefined && { value }),
    ...(options.secret && { secret: true }),
    dependencies: [],
  };
}

export function resourceOf(id: string): Record<string, unknown> {
  return { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:pulumi:dev::project::x:y:Z::n", id };
}

export function textAsset(text: string, hash = "h"): Record<string, unknown> {
  return { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", text, hash };
}

export function fileAsset(path: string, hash = "h"): Record<string, unknown> {
  return { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", path, hash };
}

export function archiveOf(
  content: { readonly assets: object } | { readonly path: string },
  hash = "h",
): Record<string, unknown> {
  return { [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7", ...content, hash };
}
