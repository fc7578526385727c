import { strict as assert } from "assert";
import { settingsProblems } from "../../../components/model/rotation-settings";

describe("settings of keys and services", () => {
  const userArn = "arn:aws:elasticache:eu-west-1:111111111111:user:orders";
  const endpoint = { host: "cache.example", port: 6379 };
  const hostKeys = [`SHA256:${"a".repeat(43)}`];
  const cases: Record<string, readonly [object, readonly string[]]> = {
    "an access key's user": [{ accessKey: { userName: "orders" } }, []],
    "all of an access key's": [
      { accessKey: { userName: "orders", changedBy: "own-key", deleteOld: "at-finish", graceHours: 0 } },
      [],
    ],
    "an access key's problems": [
      { accessKey: { userName: "path/orders", changedBy: "me", deleteOld: "never", graceHours: -1 } },
      [
        "accessKey.userName: expected the name of an IAM user, without its path",
        "accessKey.changedBy: expected one of function, own-key",
        "accessKey.deleteOld: expected one of next-rotation, at-finish",
        "accessKey.graceHours: expected 0 to 8760",
      ],
    ],
    "a host's keys": [{ ssh: { hostKeys, authorizedKeysFile: "/etc/ssh/keys/orders" } }, []],
    "no host key": [
      { ssh: { hostKeys: [] } },
      ["ssh.hostKeys: expected fingerprints as `ssh-keygen -lf` prints them, SHA256:…"],
    ],
    "an SSH key's problems": [
      { ssh: { hostKeys: ["MD5:aa"], authorizedKeysFile: "keys/" } },
      [
        "ssh.hostKeys: expected fingerprints as `ssh-keygen -lf` prints them, SHA256:…",
        "ssh.authorizedKeysFile: expected the path of a file",
      ],
    ],
    "a user of ElastiCache": [{ elastiCache: { userArn, userName: "orders", endpoint } }, []],
    "a user of ElastiCache without a cluster to try": [
      { elastiCache: { userArn, userName: "orders" } },
      ["elastiCache.endpoint.host: expected a non-empty string"],
    ],
    "problems of a user of ElastiCache": [
      { elastiCache: { userArn: "orders", userName: "", endpoint: { host: "h", port: 70000 } } },
      [
        "elastiCache.userArn: expected the ARN of a user of ElastiCache",
        "elastiCache.userName: expected a non-empty string",
        "elastiCache.endpoint.port: expected a number from 1 to 65535",
      ],
    ],
    "what is no object": [
      { ssh: [], accessKey: 1 },
      ["accessKey: expected an object", "ssh: expected an object"],
    ],
  };
  for (const [what, [settings, expected]] of Object.entries(cases)) {
    it(what, () => {
      assert.deepEqual(settingsProblems({ strategy: "dual-password", ...settings }), expected);
    });
  }
});
