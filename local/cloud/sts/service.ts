import { Service } from "../core/operation";
import { assumeRole } from "./assume-role";
import { getCallerIdentity } from "./get-caller-identity";
import { sessions } from "./records";

/** How long an expired session is remembered, so that its user is told it has expired. */
const REMEMBERED_MILLISECONDS = 36 * 3600 * 1000;

/** AWS Security Token Service. */
export const service: Service = {
  signingName: "sts",
  eventSource: "sts.amazonaws.com",
  protocol: {
    kind: "aws-query",
    version: "2011-06-15",
    namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
  },
  operations: [assumeRole, getCallerIdentity],
  notModelled: [
    "AssumeRoleWithSAML",
    "AssumeRoleWithWebIdentity",
    "AssumeRoot",
    "DecodeAuthorizationMessage",
    "GetAccessKeyInfo",
    "GetDelegatedAccessToken",
    "GetFederationToken",
    "GetSessionToken",
    "GetWebIdentityToken",
  ],
  accessDenied: { code: "AccessDenied", status: 403 },
  tick({ store, clock }) {
    const table = sessions(store);
    const old = [...table.values()].filter(
      ({ expiresAt }) => expiresAt + REMEMBERED_MILLISECONDS < clock.now(),
    );
    for (const { accessKeyId } of old) table.delete(accessKeyId);
  },
};
