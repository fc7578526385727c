import { execFileSync } from "child_process";
import { readFileSync, writeFileSync } from "fs";
import * as path from "path";

/** A certificate and its key as files. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/** An authority of its own and the certificates that a server may show, good and bad. */
export interface Certificates {
  /** PEM text of the authority. */
  readonly caPem: string;
  readonly caFile: string;
  /** For 127.0.0.1 and localhost. */
  readonly server: CertificateFiles;
  /** By the same authority, for another host. */
  readonly otherHost: CertificateFiles;
  /** For 127.0.0.1, by nobody. */
  readonly selfSigned: CertificateFiles;
}

/** Writes them into `folder` by OpenSSL; P-256, one day. */
export function makeCertificates(folder: string): Certificates {
  const ca = selfSigned(folder, "ca", "Strongroom Test Authority");
  return {
    caPem: readFileSync(ca.certificate, "utf8"),
    caFile: ca.certificate,
    server: signed(folder, "server", "IP:127.0.0.1,DNS:localhost", ca),
    otherHost: signed(folder, "other-host", "DNS:other.example", ca),
    selfSigned: selfSigned(folder, "self-signed", "127.0.0.1", ["-addext", "subjectAltName=IP:127.0.0.1"]),
  };
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

function selfSigned(
  folder: string,
  name: string,
  subject: string,
  more: readonly string[] = [],
): CertificateFiles {
  const [certificate, key] = [path.join(folder, `${name}.crt`), path.join(folder, `${name}.key`)];
  const out = ["-keyout", key, "-out", certificate, "-subj", `/CN=${subject}`, "-days", "1"];
  openssl(["req", "-x509", ...newKey, ...out, ...more]);
  return { certificate, key };
}

function signed(folder: string, name: string, names: string, ca: CertificateFiles): CertificateFiles {
  const [certificate, key] = [path.join(folder, `${name}.crt`), path.join(folder, `${name}.key`)];
  const [request, extensions] = [path.join(folder, `${name}.csr`), path.join(folder, `${name}.ext`)];
  openssl(["req", ...newKey, "-keyout", key, "-out", request, "-subj", `/CN=${name}`]);
  writeFileSync(extensions, `subjectAltName=${names}\n`);
  const by = ["-CA", ca.certificate, "-CAkey", ca.key, "-CAcreateserial", "-days", "1"];
  openssl(["x509", "-req", "-in", request, "-out", certificate, "-extfile", extensions, ...by]);
  return { certificate, key };
}

function openssl(args: readonly string[]): void {
  execFileSync("openssl", args, { stdio: "ignore" });
}
