import { createHash, generateKeyPairSync, KeyObject, randomBytes, sign } from "crypto";
import { bits, boolean, implicit, integer, objectId, octets, sequence, set, tagged, time, utf8 } from "./der";

/** A certificate authority of its own and a server certificate it signed, all as PEM. */
export interface ServerCertificates {
  /** What clients must trust. The authority's private key is not kept: nothing else can be signed with it. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

interface Subject {
  readonly name: string;
  readonly publicKey: KeyObject;
}

const days = 24 * 60 * 60 * 1000;

/**
 * Makes certificates for a server on this machine, valid for `localhost`, 127.0.0.1 and ::1 over ten years.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280
 */
export function makeCertificates(now = new Date()): ServerCertificates {
  const authorityKeys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const serverKeys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const authority = { name: "Strongroom local authority", publicKey: authorityKeys.publicKey };
  const server = { name: "localhost", publicKey: serverKeys.publicKey };
  const issue = (subject: Subject, extensions: Buffer[]) =>
    certificate(subject, authority, authorityKeys.privateKey, extensions, now);
  return {
    authority: issue(authority, authorityExtensions(authority)),
    certificate: issue(server, serverExtensions(server, authority)),
    key: serverKeys.privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  };
}

function certificate(
  subject: Subject,
  issuer: Subject,
  issuerKey: KeyObject,
  extensions: Buffer[],
  now: Date,
): string {
  const ecdsaWithSha256 = sequence(objectId("1.2.840.10045.4.3.2"));
  // A day back, for clocks that disagree.
  const validity = sequence(
    time(new Date(now.getTime() - days)),
    time(new Date(now.getTime() + 3650 * days)),
  );
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(randomBytes(16)),
    ecdsaWithSha256,
    distinguishedName(issuer.name),
    validity,
    distinguishedName(subject.name),
    publicKeyInfo(subject.publicKey),
    tagged(3, sequence(...extensions)),
  );
  const signature = sign("sha256", body, issuerKey);
  return pem(sequence(body, ecdsaWithSha256, bits(signature)));
}

function authorityExtensions(authority: Subject): Buffer[] {
  return [
    extension("2.5.29.19", sequence(boolean(true), integer(Buffer.from([0]))), true),
    extension("2.5.29.15", bits(Buffer.from([0x06]), 1), true),
    extension("2.5.29.14", octets(keyId(authority.publicKey))),
  ];
}

function serverExtensions(server: Subject, authority: Subject): Buffer[] {
  const names = [
    implicit(2, Buffer.from("localhost")),
    implicit(7, Buffer.from([127, 0, 0, 1])),
    implicit(7, Buffer.from([...Array<number>(15).fill(0), 1])),
  ];
  return [
    extension("2.5.29.19", sequence(), true),
    extension("2.5.29.15", bits(Buffer.from([0x80]), 7), true),
    extension("2.5.29.37", sequence(objectId("1.3.6.1.5.5.7.3.1"))),
    extension("2.5.29.17", sequence(...names)),
    extension("2.5.29.14", octets(keyId(server.publicKey))),
    extension("2.5.29.35", sequence(implicit(0, keyId(authority.publicKey)))),
  ];
}

function extension(id: string, value: Buffer, isCritical = false): Buffer {
  return sequence(objectId(id), ...(isCritical ? [boolean(true)] : []), octets(value));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(set(sequence(objectId("2.5.4.3"), utf8(commonName))));
}

function publicKeyInfo(key: KeyObject): Buffer {
  return key.export({ type: "spki", format: "der" });
}

/** RFC 5280, section 4.2.1.2, leaves the method open; only equality matters. */
function keyId(key: KeyObject): Buffer {
  return createHash("sha256").update(publicKeyInfo(key)).digest().subarray(0, 20);
}

function pem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
