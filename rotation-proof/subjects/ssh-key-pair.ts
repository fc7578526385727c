import { connectBySsh2, sshKeyPair } from "../../rotation-lambdas/strategies/ssh-key-pair";
import { markOf } from "../../rotation-lambdas/strategies/ssh-key-pair/authorized-keys";
import { SshdServer, startSshd } from "../servers/sshd";
import { CaseOptions, Subject, SubjectCase } from "../subject";

/** Key pairs of OpenSSH; the secrets of all cases share one file of public keys. */
export const sshKeyPairSubjects: readonly Subject[] = [
  {
    ...{ engine: "ssh-key-pair", strategy: "dual-password", promise: "current" },
    async start() {
      const server = await startSshd();
      return {
        testedAgainst: `OpenSSH ${server.version}`,
        newCase: (name, options) => newCase(server, name, options),
        stop: () => server.stop(),
      };
    },
  },
];

async function newCase(
  server: SshdServer,
  name: string,
  { secrets, overlapMs = 0 }: CaseOptions,
): Promise<SubjectCase> {
  const { host, port, username, hostKey, authorizedKeysFile } = server;
  const pair = server.addKey(name);
  const secretArn = await secrets.create(`${name}/ssh`, { host, port, username, ...pair });
  const mark = markOf(secretArn);
  return {
    secretArn,
    settings: { strategy: "dual-password", ssh: { hostKeys: [hostKey], authorizedKeysFile } },
    strategy: (recorder) => sshKeyPair(recorder.wrap("ssh", connectBySsh2), { overlapMs }),
    logIn: async (text) => server.logIn((JSON.parse(text) as { privateKey: string }).privateKey),
    orphans: async (values) => {
      const known = values.map((text) => (JSON.parse(text) as { publicKey: string }).publicKey);
      const lines = server.authorizedKeys().split("\n");
      const own = lines.filter((line) => line.endsWith(` ${mark}`) || line.endsWith(` ${name}`));
      const strangers = own.filter((line) => !known.some((key) => line.includes(key)));
      return strangers.map((line) => `public key ${line.slice(-60)}`);
    },
    serverLog: async () => server.log(),
  };
}
