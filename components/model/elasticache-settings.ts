/** Which user of ElastiCache a secret is for, and where its password can be tried. */
export interface ElastiCacheSettings {
  /** Such as `arn:aws:elasticache:eu-west-1:111111111111:user:orders`. */
  readonly userArn: string;
  /** The name with which applications log in; not the id in the ARN. */
  readonly userName: string;
  /** A cluster whose user group has the user: a password counts as set only when this server accepts it. */
  readonly endpoint: { readonly host: string; readonly port?: number };
}

/** Everything that is wrong with settings of unknown origin. */
export function elastiCacheProblems(settings: Record<string, unknown>): string[] {
  const { userArn, userName, endpoint } = settings;
  const { host, port } = (typeof endpoint === "object" && endpoint ? endpoint : {}) as Record<
    string,
    unknown
  >;
  const isArn =
    typeof userArn === "string" && /^arn:[^:]+:elasticache:[^:]+:\d{12}:user:[\w-]+$/.test(userArn);
  const isPort =
    port === undefined || (Number.isInteger(port) && (port as number) >= 1 && (port as number) <= 65535);
  return [
    ...(isArn ? [] : ["elastiCache.userArn: expected the ARN of a user of ElastiCache"]),
    ...(typeof userName === "string" && userName !== ""
      ? []
      : ["elastiCache.userName: expected a non-empty string"]),
    ...(typeof host === "string" && host !== ""
      ? []
      : ["elastiCache.endpoint.host: expected a non-empty string"]),
    ...(isPort ? [] : ["elastiCache.endpoint.port: expected a number from 1 to 65535"]),
  ];
}
