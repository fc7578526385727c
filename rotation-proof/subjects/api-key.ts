import { ApiKeySettings } from "../../components/model/api-key-settings";
import { apiKeys, sendByHttps } from "../../rotation-lambdas/strategies/api-key";
import { ApiKeyServer, startApiKeyServer } from "../servers/api-key-server";
import { CaseOptions, Subject, SubjectCase } from "../subject";

/** Time that a key without a version is given to be stored; a minute in production. Milliseconds. */
const youngMs = 300;

/** Time from reading a key to using it; half a minute in production. Milliseconds. */
const overlapMs = 300;

/** Keys of an HTTP API, of which two are valid at any time. */
export const apiKeySubjects: readonly Subject[] = [
  {
    ...{ engine: "http-api-key", strategy: "dual-password", promise: "current", previousWorks: true },
    async start() {
      const server = await startApiKeyServer();
      return {
        testedAgainst: "a service of this project with several keys an account, over HTTPS",
        newCase: (name, options) => newCase(server, name, options),
        stop: () => server.stop(),
      };
    },
  },
];

/** How the proof's service makes, lists, checks and revokes keys. */
export function declaredApi(origin: string): ApiKeySettings {
  const headers = { Authorization: "Bearer {{key}}" };
  return {
    origin,
    create: {
      method: "POST",
      path: "/v1/keys",
      headers,
      body: { name: "{{label}}" },
      key: "/key/secret",
      id: "/key/id",
    },
    list: { method: "GET", path: "/v1/keys", headers, items: "/keys", id: "/id", label: "/name" },
    verify: { method: "GET", path: "/v1/whoami", headers },
    revoke: { method: "DELETE", path: "/v1/keys/{{id}}", headers },
  };
}

async function newCase(server: ApiKeyServer, owner: string, { secrets }: CaseOptions): Promise<SubjectCase> {
  const { id: apiKeyId, secret: apiKey } = server.addKey(owner, "first");
  const value = { apiKey, apiKeyId, endpoint: `${server.origin}/v1`, provider: "proof" };
  const secretArn = await secrets.create(`${owner}/key`, value);
  const tls = { caPem: server.caPem };
  const send = sendByHttps(tls);
  return {
    secretArn,
    settings: { strategy: "dual-password", tls, apiKey: declaredApi(server.origin) },
    strategy: (recorder) =>
      apiKeys({
        ...{ youngMs, overlapMs },
        send: (call) => {
          const name = `${call.method} ${call.url.pathname.split("/").slice(0, 3).join("/")}`;
          return recorder.wrap(name, send)(call);
        },
      }),
    logIn: async (text) => server.logIn((JSON.parse(text) as { apiKey: string }).apiKey),
    orphans: async (values) => {
      const known = values.map((text) => (JSON.parse(text) as { apiKeyId: string }).apiKeyId);
      return server.keysOf(owner).flatMap(({ id }) => (known.includes(id) ? [] : [`key ${id}`]));
    },
    serverLog: async () => server.log(),
  };
}
