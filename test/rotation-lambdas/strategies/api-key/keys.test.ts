import { strict as assert } from "assert";
import { ApiKeySettings } from "../../../../components/model/api-key-settings";
import { RotationSettings, settingsProblems } from "../../../../components/model/rotation-settings";
import { apiKeys, sendByHttps, SendHttp } from "../../../../rotation-lambdas/strategies/api-key";
import { fillJson, fillText, valueAt } from "../../../../rotation-lambdas/strategies/api-key/template";
import { ApiKeyServer, startApiKeyServer } from "../../../../rotation-proof/servers/api-key-server";
import { declaredApi } from "../../../../rotation-proof/subjects/api-key";
import { failureOfRotation, preflightOf } from "../../../support/bad-input";
import { FakeSecrets } from "../../../support/fake-secrets";

describe("keys of an HTTP API", function () {
  this.timeout(20000);
  let server: ApiKeyServer;
  let otherHost: ApiKeyServer;
  let selfSigned: ApiKeyServer;
  let counter = 0;
  before(async () => {
    server = await startApiKeyServer();
    otherHost = await startApiKeyServer({ certificate: (made) => made.otherHost });
    selfSigned = await startApiKeyServer({ certificate: (made) => made.selfSigned });
  });
  after(async () => {
    for (const started of [server, otherHost, selfSigned]) await started.stop();
  });

  interface Start {
    readonly api?: Partial<ApiKeySettings>;
    readonly value?: object | string;
    readonly on?: ApiKeyServer;
    readonly send?: SendHttp;
    readonly settings?: Partial<RotationSettings>;
  }

  function start({ api, value, on = server, send, settings: more }: Start = {}) {
    const owner = `owner_${++counter}`;
    const { id: apiKeyId, secret: apiKey } = on.addKey(owner, "first");
    const secrets = new FakeSecrets();
    const text = typeof value === "string" ? value : { apiKey, apiKeyId, tenant: "kept", ...value };
    const secretArn = secrets.add("orders/key", text);
    const apiSettings: ApiKeySettings = { ...declaredApi(on.origin), ...api };
    const settings: RotationSettings = {
      strategy: "dual-password",
      tls: { caPem: on.caPem },
      apiKey: apiSettings,
      ...more,
    };
    const strategy = apiKeys({ send: send ?? sendByHttps(settings.tls), youngMs: 100, overlapMs: 0 });
    const ids = () => on.keysOf(owner).map(({ id }) => id);
    return { settings, strategy, secrets, secretArn, hidden: [apiKey], owner, apiKeyId, ids };
  }

  it("keep the secret's other fields, and the old key until the next rotation", async () => {
    const rotation = start();
    assert.equal(await failureOfRotation(rotation), "promoted");
    const first = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
    assert.equal(first.tenant, "kept");
    assert.deepEqual(rotation.ids(), [rotation.apiKeyId, first.apiKeyId]);
    assert.equal(await failureOfRotation(rotation), "promoted");
    const second = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
    assert.deepEqual(rotation.ids(), [first.apiKeyId, second.apiKeyId]);
  });

  it("lose the old key at once when the settings say so", async () => {
    const rotation = start({ api: { deleteOld: "at-finish" } });
    assert.equal(await failureOfRotation(rotation), "promoted");
    assert.deepEqual(rotation.ids(), [rotation.secrets.value(rotation.secretArn, "AWSCURRENT").apiKeyId]);
  });

  it("are checked beforehand without a change", async () => {
    const rotation = start();
    const elsewhere = start({ value: { endpoint: "https://evil.example" } });
    assert.deepEqual(
      [await preflightOf(rotation), await preflightOf(elsewhere)],
      ["passed", "policy-refused"],
    );
    assert.deepEqual(rotation.ids(), [rotation.apiKeyId]);
  });

  it("of another secret of the same account are left alone", async () => {
    const rotation = start();
    server.addKey(rotation.owner, "strongroom:0123456789abcdef:version:1");
    server.addKey(rotation.owner, "made by hand");
    assert.equal(await failureOfRotation(rotation), "promoted");
    assert.equal(rotation.ids().length, 4);
  });

  it("that appear after createSecret has looked are removed by finishSecret", async () => {
    const rotation = start();
    const byHand = server.addKey(rotation.owner, "made by hand");
    const finishSecret = () => {
      const { apiKeyId } = rotation.secrets.value(rotation.secretArn, "AWSPENDING");
      const { name } = server.keysOf(rotation.owner).find(({ id }) => id === apiKeyId)!;
      server.addKey(rotation.owner, name);
    };
    assert.equal(await failureOfRotation({ ...rotation, before: { finishSecret } }), "promoted");
    const { apiKeyId } = rotation.secrets.value(rotation.secretArn, "AWSCURRENT");
    assert.deepEqual(rotation.ids(), [rotation.apiKeyId, byHand.id, apiKeyId]);
  });

  it("are made by the administrator's key, the first one too", async () => {
    const rotation = start();
    const adminArn = rotation.secrets.add("admin", { token: server.addKey(rotation.owner, "admin").secret });
    const headers = { Authorization: "Bearer {{admin.token}}" };
    const own = declaredApi(server.origin);
    const api: ApiKeySettings = {
      ...{
        ...own,
        changedBy: "admin",
        create: { ...own.create, headers },
        revoke: { ...own.revoke, headers },
      },
      list: { ...own.list!, headers },
    };
    const settings = { ...rotation.settings, apiKey: api, adminSecretArn: adminArn };
    const empty = rotation.secrets.add("orders/new");
    assert.equal(await failureOfRotation({ ...rotation, settings, secretArn: empty }), "promoted");
    assert.equal(await server.logIn(rotation.secrets.value(empty, "AWSCURRENT").apiKey), true);
    assert.equal(await failureOfRotation({ ...rotation, settings }), "promoted");
  });

  it("are answered again by an API that is idempotent", async () => {
    const own = declaredApi("");
    const headers = { Authorization: "Bearer {{key}}", "Idempotency-Key": "{{rotation}}" };
    const rotation = start({
      api: { list: undefined, isIdempotent: true, create: { ...own.create, headers } },
    });
    const [secrets, client] = [rotation.secrets, rotation.secrets.client()];
    let fails = 1;
    const putPending = async (put: any) => {
      if (fails-- > 0) throw new Error("stopped");
      return client.putPending(put);
    };
    Object.assign(secrets, { client: () => ({ ...client, putPending }) });
    await failureOfRotation(rotation);
    assert.equal(await failureOfRotation(rotation), "promoted");
    assert.equal(rotation.ids().length, 2);
  });

  const refusals: Record<string, readonly [() => Start, string]> = {
    "no JSON": [() => ({ value: "sk_123456789" }), "createSecret: invalid-secret"],
    "no id": [() => ({ value: { apiKeyId: undefined } }), "createSecret: invalid-secret"],
    "a key of two lines": [() => ({ value: { apiKey: "a\r\nX-Admin: 1" } }), "createSecret: invalid-secret"],
    "a key that does not fit a header": [
      () => ({ value: { apiKey: "schlüssel-注文" } }),
      "createSecret: invalid-secret",
    ],
    "a key that the API refuses": [
      () => ({ value: { apiKey: "sk_wrong_123456" } }),
      "createSecret: authentication",
    ],
    "another endpoint": [
      () => ({ value: { endpoint: "https://evil.example" } }),
      "createSecret: policy-refused",
    ],
    "an unknown authority": [() => ({ settings: { tls: {} } }), "createSecret: tls"],
    "another host's certificate": [() => ({ on: otherHost }), "createSecret: tls"],
    "a self-signed certificate": [() => ({ on: selfSigned }), "createSecret: tls"],
    "plain HTTP": [() => ({ api: { origin: "http://127.0.0.1:1" } }), "createSecret: tls"],
    "a closed port": [() => ({ api: { origin: "https://127.0.0.1:1" } }), "createSecret: unreachable"],
    "an answer without a key": [
      () => ({ api: { create: { ...declaredApi("").create, key: "/nothing" } } }),
      "createSecret: unsupported",
    ],
    "an answer that is no JSON": [
      () => ({ send: async () => ({ status: 200, body: "<html>" }) }),
      "createSecret: unsupported",
    ],
    "too many requests": [
      () => ({ send: async () => ({ status: 429, body: "" }) }),
      "createSecret: unreachable",
    ],
    "a redirection": [() => ({ send: async () => ({ status: 302, body: "" }) }), "createSecret: unsupported"],
    "no value for a placeholder": [
      () => ({ api: { verify: { method: "GET", path: "/v1/{{secret.account}}" } } }),
      "createSecret: invalid-secret",
    ],
  };
  for (const [what, [input, expected]] of Object.entries(refusals)) {
    it(`answer ${expected}: ${what}`, async () => {
      const rotation = start(input());
      assert.equal(await failureOfRotation(rotation), expected);
      const isMade = what === "an answer without a key";
      assert.equal(rotation.ids().length, isMade ? 2 : 1);
    });
  }
});

describe("the declaration of an API", () => {
  const good = declaredApi("https://api.example.com");
  const problemsOf = (apiKey: object) => settingsProblems({ strategy: "dual-password", apiKey });
  const cases: Record<string, readonly [object, readonly string[]]> = {
    "that is right": [good, []],
    "with a path in its origin": [
      { ...good, origin: "https://api.example.com/v1" },
      ["apiKey.origin: expected a scheme and a host, such as https://api.example.com"],
    ],
    "that a crash would leave keys behind": [
      { ...good, list: undefined },
      [
        "apiKey.list: expected a list unless isIdempotent, for else a crash would leave a key that nobody revokes",
      ],
    ],
    "without a label": [
      { ...good, create: { ...good.create, body: {} } },
      ["apiKey.create: expected {{label}}, by which `list` finds it"],
    ],
    "idempotent without the rotation's id": [
      { ...good, isIdempotent: true },
      ["apiKey.create: expected {{rotation}}, which makes it idempotent"],
    ],
    "with a path to another host and an unknown placeholder": [
      { ...good, verify: { method: "HEAD", path: "//evil.example/{{password}}" } },
      [
        "apiKey.verify.method: expected one of GET, POST, PUT, PATCH, DELETE",
        "apiKey.verify.path: expected a path that begins with one slash",
        "apiKey.verify: expected a known placeholder for {{password}}",
      ],
    ],
    "without a pointer": [
      { ...good, create: { ...good.create, id: "id" } },
      ["apiKey.create.id: expected a JSON pointer, such as /data/id"],
    ],
  };
  for (const [what, [settings, expected]] of Object.entries(cases)) {
    it(what, () => assert.deepEqual(problemsOf(settings), expected));
  }
});

describe("templates", () => {
  it("keep what is filled in inside of its place", () => {
    const values = { id: `../admin?x="1"`, label: `a","role":"admin` };
    assert.equal(fillText("/keys/{{id}}", values, encodeURIComponent), "/keys/..%2Fadmin%3Fx%3D%221%22");
    const body = JSON.stringify(fillJson({ name: "{{label}}", list: ["{{id}}", 1, null] }, values));
    assert.deepEqual(JSON.parse(body), { name: values.label, list: [values.id, 1, null] });
  });

  it("read by JSON pointers", () => {
    const document = { "a/b": [{ "c~d": 1 }], x: null };
    const values = ["/a~1b/0/c~0d", "/x/y", "", "/toString", "/a~1b/length"].map((at) =>
      valueAt(document, at),
    );
    assert.deepEqual(values, [1, undefined, document, undefined, 1]);
  });
});
