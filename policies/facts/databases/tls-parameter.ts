import { types } from "../../stack/resource";

/** The parameter with which a database refuses connections without TLS. */
export interface TlsParameter {
  readonly name: string;
  /** Values that switch it on, in lower case. */
  readonly on: readonly string[];
  /** Whether it is on when no parameter group says otherwise. */
  readonly byDefault: boolean;
}

const requireSecureTransport = { name: "require_secure_transport", on: ["1", "on"] };
const forceSsl = { name: "rds.force_ssl", on: ["1"] };

/**
 * The parameter of a type, an engine and a version; undefined for engines that have none, such as Oracle, whose option
 * groups decide. Without a version nobody can rely on what newer ones do by default.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html
 * @see https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html
 */
export function tlsParameter(type: string, engine: string, version: string): TlsParameter | undefined {
  const major = Number(/^\d+/.exec(version)?.[0] ?? 0);
  if (type === types.redshiftCluster) return { name: "require_ssl", on: ["true", "1"], byDefault: false };
  if (type === types.docdbCluster) {
    // Any other of its values allows TLS of certain versions only, which is TLS too.
    return { name: "tls", on: ["enabled", "fips-140-3", "tls1.2+", "tls1.3+"], byDefault: true };
  }
  if (engine === "postgres") return { ...forceSsl, byDefault: major >= 15 };
  if (engine === "aurora-postgresql") return { ...forceSsl, byDefault: major >= 17 };
  if (engine.startsWith("sqlserver")) return { ...forceSsl, byDefault: false };
  const mysql = ["mysql", "mariadb", "aurora-mysql", "aurora"].includes(engine);
  return mysql ? { ...requireSecureTransport, byDefault: false } : undefined;
}
