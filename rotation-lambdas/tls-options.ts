import { readFileSync } from "fs";
import { createSecureContext, rootCertificates, SecureContext } from "tls";
import { TlsSettings } from "../components/model/rotation-settings";
import { RotationError } from "./rotation-error";

/** Where Lambda's Node runtimes keep the roots of RDS; Node itself does not load them. */
const lambdaRdsRoots = "/var/runtime/ca-cert.pem";

/** The part of Node's TLS options that says whom to trust. */
export interface TlsTrust {
  readonly rejectUnauthorized: boolean;
  readonly secureContext?: SecureContext;
  readonly checkServerIdentity?: () => undefined;
}

/**
 * Exactly what the mode says; `false` is plain text. Roots: the system's, those of RDS where the runtime has them, and
 * the settings' own.
 *
 * @throws RotationError `tls` when the file of further roots cannot be read
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
export function tlsTrust(settings: TlsSettings = {}): TlsTrust | false {
  const mode = settings.mode ?? "verify-full";
  if (mode === "disable") return false;
  if (mode === "require") return { rejectUnauthorized: false };
  const extra = extraRoots(settings);
  const chain = {
    rejectUnauthorized: true,
    ...(extra.length > 0 ? { secureContext: contextWith(extra) } : {}),
  };
  return mode === "verify-ca" ? { ...chain, checkServerIdentity: () => undefined } : chain;
}

/** Every root that is trusted, as PEM, for clients that make the secure context themselves. @throws RotationError `tls` */
export function trustedRoots(settings: TlsSettings): readonly string[] {
  return [...rootCertificates, ...extraRoots(settings)];
}

/** Made once a function: reading hundreds of roots takes longer than a login. */
function contextWith(extra: readonly string[]): SecureContext {
  return createSecureContext({ ca: [...rootCertificates, ...extra], minVersion: "TLSv1.2" });
}

function extraRoots({ caFile, caPem }: TlsSettings): string[] {
  return [
    ...(caPem === undefined ? [] : [caPem]),
    ...(caFile === undefined ? [] : [requiredFile(caFile)]),
    ...readIfThere(lambdaRdsRoots),
  ];
}

function requiredFile(file: string): string {
  const [text] = readIfThere(file);
  if (text === undefined) throw new RotationError("tls", `"tls.caFile" cannot be read: ${file}`);
  return text;
}

function readIfThere(file: string): string[] {
  try {
    return [readFileSync(file, "utf8")];
  } catch {
    return [];
  }
}

/** Whether Node's error code tells of a failed handshake or certificate. */
export function isTlsFailureCode(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO|ERR_OSSL|HOSTNAME_)/.test(code);
}

const unreachableCodes: readonly string[] = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
  "ECONNRESET",
  "EPIPE",
];

/** Whether Node's error code tells of a connection that cannot be made or broke. */
export function isUnreachableCode(code: string): boolean {
  return unreachableCodes.includes(code);
}
