import { strict as assert } from "assert";
import { readFileSync, writeFileSync } from "fs";
import { join } from "path";
import { accessCommand } from "../../../cli/access";
import { Estate, estateOf } from "../../../cli/access/estate";
import { readState } from "../../../cli/check/exported-state";
import { RequestContext, RequestPrincipal, Statement } from "../../../iam";
import { Access, Conjunction, Scenario, SecretCopy, Who } from "../../../iam/proof";
import { roles, users } from "../../../local/cloud/iam/records";
import { whoText } from "../../../policies/world";
import { naiveGlob } from "../../iam/naive-glob";
import { anyOrganization, Organization } from "../../../policies/organization";
import {
  APPLICATION,
  CENTRAL,
  DeployedEnvironment,
  deployEnvironment,
} from "../../support/deployed-environment";
import { execute } from "../../support/execute-call";

const ACCOUNTS = ["111111111111", "222222222222", "333333333333", "999999999999"];
const STRANGER = "444444444444";

const organization: Organization = {
  ...anyOrganization,
  id: "o-strongroom",
  managementAccount: "999999999999",
  places: Object.fromEntries(ACCOUNTS.map((id) => [id, "r-root"])),
};

const ROOT = join(__dirname, "../../..");
const SECRET = "orders/database";
const read = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" } as const;
const decrypt = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" } as const;
const orders = { AWS: "arn:aws:iam::222222222222:root" };
const when = (operator: string, key: string, value: string | readonly string[]) => ({
  Condition: { [operator]: { [key]: value } },
});
const inOrganization = when("StringEquals", "aws:PrincipalOrgID", "o-strongroom");

/** What the others of the central account can always do: their own policies decide. */
const UNNAMED = ["any other principal of 333333333333", "any other principal of 999999999999"];
const ROTATION = "role strongroom-rotate-orders_database of 111111111111";
const OWNER = "any other principal of 111111111111";
const OTHERS = "any other principal of 222222222222";
const SERVICE = "role orders-service of 222222222222";

/** Statements of the secret's policy, and those that the key's policy has beside its own. */
const changes: readonly {
  readonly name: string;
  readonly read: readonly Statement[];
  readonly decrypt: readonly Statement[];
  readonly readers: readonly string[];
}[] = [
  {
    name: "everybody reads and decrypts",
    read: [{ ...read, Principal: "*" }],
    decrypt: [{ ...decrypt, Principal: "*" }],
    readers: [
      ROTATION,
      SERVICE,
      "role strongroom-rotate-orders_database-admin of 111111111111",
      "role strongroom-rotate-orders_reporting of 111111111111",
      OWNER,
      OTHERS,
      ...UNNAMED,
      "any principal of another account of o-strongroom",
      "any principal of any other AWS account",
      "anybody, without credentials",
      "an AWS service",
    ],
  },
  {
    name: "everybody reads, nobody new decrypts",
    read: [{ ...read, Principal: "*" }],
    decrypt: [],
    readers: [ROTATION, SERVICE, OWNER],
  },
  {
    name: "the organisation reads, through no endpoint of its own",
    read: [
      { ...read, Principal: "*", ...inOrganization },
      { ...read, Effect: "Deny", Principal: "*", ...when("Null", "aws:SourceVpce", "false") },
    ],
    decrypt: [{ ...decrypt, Principal: "*", ...inOrganization }],
    readers: [
      ROTATION,
      SERVICE,
      "role strongroom-rotate-orders_database-admin of 111111111111",
      "role strongroom-rotate-orders_reporting of 111111111111",
      OWNER,
      OTHERS,
      ...UNNAMED,
      "any principal of another account of o-strongroom",
    ],
  },
  {
    name: "an account reads through whatever VPC it says, or none",
    read: [
      {
        ...read,
        Principal: orders,
        ...when("StringEqualsIfExists", "aws:SourceVpc", "vpc-0a0000000000000a1"),
      },
    ],
    decrypt: [{ ...decrypt, Principal: orders }],
    readers: [ROTATION, SERVICE, OWNER, OTHERS],
  },
  {
    name: "roles of a pattern read",
    read: [
      { ...read, Principal: "*", ...when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/orders-*") },
    ],
    decrypt: [
      { ...decrypt, Principal: "*", ...when("StringLike", "aws:PrincipalArn", "*:role/orders-?ervice") },
    ],
    readers: [
      ROTATION,
      SERVICE,
      OWNER,
      OTHERS,
      ...UNNAMED,
      "any principal of another account of o-strongroom",
      "any principal of any other AWS account",
    ],
  },
  {
    name: "everybody but one account is refused",
    read: [
      { ...read, Principal: "*" },
      {
        ...read,
        Effect: "Deny",
        Principal: "*",
        ...when("StringNotEquals", "aws:PrincipalAccount", ["222222222222"]),
      },
    ],
    decrypt: [{ ...decrypt, Principal: "*" }],
    readers: [SERVICE, OTHERS],
  },
  {
    name: "NotPrincipal spares the role that is listed with its account",
    read: [
      { ...read, Principal: orders },
      {
        ...read,
        Effect: "Deny",
        NotPrincipal: { AWS: [orders.AWS, "arn:aws:iam::222222222222:role/orders-service"] },
      },
    ],
    decrypt: [{ ...decrypt, Principal: orders }],
    readers: [SERVICE, OTHERS],
  },
];

/** One call that somebody could make: who, to which copy of which secret, through what. */
interface Attempt {
  readonly secretId: string;
  readonly copy: SecretCopy;
  readonly principal: RequestPrincipal;
  readonly endpoint: { readonly id: string; readonly vpcId: string } | undefined;
}

describe("strongroom access, against the local cloud", function () {
  this.timeout(180_000);
  let environment: DeployedEnvironment;
  let estate: Estate;
  let files: readonly string[];

  before(async function () {
    const deployed = await deployEnvironment();
    if (deployed === undefined) return this.skip();
    environment = deployed;
    files = await Promise.all(
      ([CENTRAL, APPLICATION] as const).map(async (stack, index) => {
        const file = join(environment.folder, `state-${index}.json`);
        writeFileSync(file, await environment.export(stack));
        return file;
      }),
    );
    const states = files.flatMap((file) => readState(file, file).resources);
    estate = await estateOf(states, organization);
  });

  after(() => environment?.close());

  it("lists exactly those who can read, of everybody there is, by every way there is", async () => {
    const wrong: string[] = [];
    const counts = { allowed: 0, refused: 0 };
    for (const { secret } of estate.world.secrets) {
      const tried = await tryAll(estate, secret.id);
      wrong.push(...tried.wrong);
      counts.allowed += tried.allowed;
      counts.refused += tried.refused;
    }
    assert.deepEqual(wrong, []);
    assert.deepEqual(counts, { allowed: 55, refused: 433 });
  });

  it("has a call for every reader that really reads", async () => {
    const calls = await Promise.all(estate.world.secrets.map(({ secret }) => callAll(estate, secret.id)));
    assert.deepEqual(
      calls.flatMap(({ wrong }) => wrong),
      [],
    );
    assert.equal(
      calls.reduce((sum, { count }) => sum + count, 0),
      19,
    );
  });

  describe("as commands", () => {
    it("lists the readers of a stack as of its exported state", async () => {
      const central = await run("list", "--stack", CENTRAL, "--cwd", ROOT, "--json");
      const fromFile = await run("list", "--file", files[0]!, "--json");
      assert.deepEqual([central.code, fromFile.code, central.out], [0, 0, fromFile.out]);
      const { readers } = JSON.parse(central.out) as {
        readers: readonly { standing: string; isAssumed: boolean }[];
      };
      assert.deepEqual([...new Set(readers.map(({ standing }) => standing))].sort(), ["declared", "owner"]);
    });

    it("knows the policies of a reader when its stack is given too", async () => {
      const service = async (...given: readonly string[]) => {
        const { out } = await run("list", SECRET, "--json", ...given.flatMap((file) => ["--file", file]));
        const { readers } = JSON.parse(out) as { readers: readonly { reader: string; isAssumed: boolean }[] };
        return readers.find(({ reader }) => reader === SERVICE)!.isAssumed;
      };
      assert.deepEqual([await service(files[0]!), await service(...files)], [true, false]);
    });

    it("replays a call that is allowed, and one that is refused, with every document", async () => {
      const endpoint = estate.world.world.endpoints.find(
        ({ accountId, region }) => accountId === "222222222222" && region === "eu-west-1",
      )!;
      const given = [...files.flatMap((file) => ["--file", file]), "--endpoint", endpoint.id];
      const allowed = await run("explain", SECRET, "orders-service", ...given);
      const refused = await run("explain", SECRET, "billing-service", ...given);
      assert.deepEqual([allowed.code, refused.code], [0, 1], allowed.err + refused.err);
      assert.match(allowed.out, /^1\. secretsmanager:GetSecretValue on arn:.*orders\/database/m);
      assert.match(
        allowed.out,
        /resource policy \(resource policy of secret orders\/database\): Allow by "Grant1"/,
      );
      assert.match(allowed.out, /^2\. kms:Decrypt on arn:aws:kms:eu-west-1:/m);
      assert.match(allowed.out, /allowed: every request of the call is\n$/);
      assert.match(
        refused.out,
        /resource policy \(resource policy of secret orders\/database\): says nothing about it/,
      );
      assert.match(refused.out, /refused\n$/);
    });

    it("takes the context of a call", async () => {
      const given = files.flatMap((file) => ["--file", file]);
      const vpc = ["--context", "aws:SourceVpc=vpc-0a0000000000000a1"];
      const without = await run("explain", SECRET, "orders-service", ...given);
      const within = await run("explain", SECRET, "orders-service", ...given, ...vpc);
      assert.deepEqual([without.code, within.code], [1, 0]);
    });

    it("finds no difference in a preview that changes nothing, and everybody in the refused one", async () => {
      const common = ["--stack", CENTRAL, "--config-file", environment.configFile];
      const same = await run("diff", ...common, "--cwd", ROOT);
      const opened = await run("diff", ...common, "--cwd", join(ROOT, "examples/refused-change"));
      assert.deepEqual([same.code, same.out], [0, "no difference in who can read\n"], same.err);
      assert.equal(opened.code, 1, opened.err);
      const lines = opened.out.split("\n");
      assert.ok(
        lines.some((line) => line.startsWith("+ orders/database: anybody, without credentials in eu-west-1")),
      );
      assert.ok(
        lines.some((line) => line.startsWith("- orders/database: role strongroom-rotate-orders_database of")),
      );
    });

    it("writes the map", async () => {
      const output = join(environment.folder, "access.html");
      const { code, err } = await run("map", "--file", files[0]!, "--output", output);
      assert.deepEqual([code, err], [0, `4 secrets and 12 connections in ${output}`]);
      assert.match(readFileSync(output, "utf8"), /role billing-service of 333333333333/);
    });

    const mistakes: readonly { readonly args: readonly string[]; readonly says: RegExp }[] = [
      { args: ["list"], says: /give --stack NAME, or --file/ },
      { args: ["list", "--file", "no-such.json"], says: /no-such\.json cannot be read/ },
      { args: ["list", "--file", "$state", "nothing"], says: /no secret nothing; known: orders\/database, / },
      {
        args: ["explain", "$secret", "nobody", "--file", "$state"],
        says: /no role or user nobody; give an ARN/,
      },
      {
        args: ["explain", "$secret", "anonymous", "--file", "$state", "--context", "x"],
        says: /x is not key=value/,
      },
      {
        args: ["explain", "$secret", "anonymous", "--file", "$state", "--endpoint", "vpce-0"],
        says: /vpce-0/,
      },
      { args: ["diff", "--file", "$state"], says: /give --preview-file or --after/ },
      { args: ["nonsense"], says: /unknown command 'nonsense'/ },
    ];
    for (const { args, says } of mistakes) {
      it(`answers with one clear message: ${args.join(" ")}`, async () => {
        const real = args.map((arg) => arg.replace("$state", files[0]!).replace("$secret", SECRET));
        const { code, err } = await run(...real);
        assert.equal(code, 2);
        assert.match(err, says);
      });
    }
  });

  /** One command in this process, with the deployer's environment. */
  async function run(...args: readonly string[]) {
    const said = { out: "", err: [] as string[] };
    const code = await accessCommand(args, {
      out: (text) => void (said.out += text),
      err: (line) => void said.err.push(line),
      root: ROOT,
      cwd: environment.folder,
      env: { ...process.env, ...environment.pulumiEnv },
      colour: false,
    });
    return { code, out: said.out, err: said.err.filter((line) => !line.endsWith(" s …")).join("\n") };
  }

  describe("after a change of the policies of one secret and of its key", () => {
    for (const { name, read, decrypt, readers } of changes) {
      it(name, async () => {
        const states = await change(read, decrypt);
        const changed = await estateOf(states, organization);
        const secret = changed.world.secrets.find((one) => one.secret.name === SECRET)!.secret;
        const tried = await tryAll(changed, secret.id);
        const called = await callAll(changed, secret.id);
        assert.deepEqual([...tried.wrong, ...called.wrong], []);
        const [primary] = changed.proof.direct(secret.id);
        assert.deepEqual(primary!.accesses.read.map(({ who }) => whoText(who)).sort(), [...readers].sort());
      });
    }
  });

  /** Puts both documents into the cloud and into the states, as an update would. */
  async function change(read: readonly Statement[], decrypt: readonly Statement[]) {
    const states = files.flatMap((file) => readState(file, file).resources);
    const key = states.find(({ urn }) => urn.endsWith("aws:kms/key:Key::secrets"))!;
    const policy = states.find(({ urn }) => urn.endsWith(`SecretPolicy::${SECRET}`))!;
    const before = JSON.parse(String(key.outputs!["policy"])) as { Statement: readonly Statement[] };
    const keyPolicy = JSON.stringify({ ...before, Statement: [...before.Statement, ...decrypt] });
    const secretPolicy = JSON.stringify({ Version: "2012-10-17", Statement: read });
    const root = { kind: "root", accountId: "111111111111" } as const;
    const common = { caller: root, region: "eu-west-1" };
    const { cloud } = environment.cloud;
    const SecretId = String(policy.outputs!["secretArn"]);
    const putSecret = { service: "secretsmanager", operation: "PutResourcePolicy" };
    await cloud.call({ ...common, ...putSecret, input: { SecretId, ResourcePolicy: secretPolicy } });
    const KeyId = String(key.outputs!["arn"]);
    const putKey = { service: "kms", operation: "PutKeyPolicy" };
    await cloud.call({ ...common, ...putKey, input: { KeyId, PolicyName: "default", Policy: keyPolicy } });
    const changed = new Map([
      [key.urn, keyPolicy],
      [policy.urn, secretPolicy],
    ]);
    return states.map((state) => {
      const text = changed.get(state.urn);
      return text === undefined ? state : { ...state, outputs: { ...state.outputs, policy: text } };
    });
  }

  /** Every attempt on one secret, and where the list and the cloud do not agree. */
  async function tryAll(tried: Estate, secretId: string) {
    const result = { wrong: [] as string[], allowed: 0, refused: 0 };
    for (const attempt of attempts(tried).filter((one) => one.secretId === secretId)) {
      const executed = await execute(environment.cloud.cloud, scenarioOf(attempt));
      assert.notEqual(executed.is, "impossible");
      const isListed = listed(tried, attempt);
      result[isListed ? "allowed" : "refused"] += 1;
      if (isListed !== (executed.is === "allowed")) {
        result.wrong.push(
          `${textOf(attempt)}: ${isListed ? "listed" : "not listed"}, ${JSON.stringify(executed)}`,
        );
      }
    }
    return result;
  }

  /** The proof's own call for every reader, made for real. */
  async function callAll(called: Estate, secretId: string) {
    const result = { wrong: [] as string[], count: 0 };
    for (const { accesses } of called.proof.direct(secretId)) {
      for (const { who, witness } of accesses.read) {
        assert.ok(witness !== undefined, JSON.stringify(who));
        const executed = await execute(environment.cloud.cloud, witness);
        if (executed.is === "refused") result.wrong.push(`${whoText(who)}: ${executed.message}`);
        assert.notEqual(executed.is, "impossible", whoText(who));
        result.count += 1;
      }
    }
    return result;
  }

  /** Every role, user and root user of every account, a stranger and nobody, to every copy, through every endpoint and none. */
  function attempts(of: Estate): readonly Attempt[] {
    const { store } = environment.cloud.cloud;
    const named: readonly RequestPrincipal[] = [
      ...[...users(store).values()].map(({ accountId, arn }) => ({ kind: "user", accountId, arn }) as const),
      ...[...roles(store).values()].map(({ accountId, arn }) => sessionOf(accountId, arn)),
      ...[...ACCOUNTS, STRANGER].map((accountId) => ({ kind: "root", accountId }) as const),
      sessionOf(STRANGER, `arn:aws:iam::${STRANGER}:role/stranger`),
      sessionOf("222222222222", "arn:aws:iam::222222222222:role/another"),
      { kind: "anonymous" },
    ];
    return of.world.secrets.flatMap(({ secret }) =>
      secret.copies.flatMap((copy) => {
        const here = of.world.world.endpoints.filter(({ region }) => region === copy.region);
        return [undefined, ...here].flatMap((endpoint) =>
          named
            // The proof does not send nobody through an endpoint: who has no account is in no VPC.
            .filter(({ kind }) => endpoint === undefined || kind !== "anonymous")
            .map((principal) => ({ secretId: secret.id, copy, principal, endpoint })),
        );
      }),
    );
  }

  function listed(of: Estate, { secretId, copy, principal, endpoint }: Attempt): boolean {
    const answer = of.proof.direct(secretId).find(({ region }) => region === copy.region)!;
    const context = {
      ...callerContext(principal),
      ...(endpoint === undefined
        ? { "aws:sourceip": "127.0.0.1" }
        : { "aws:sourcevpce": endpoint.id, "aws:sourcevpc": endpoint.vpcId }),
    };
    return answer.accesses.read.some((access) => isHim(of, access.who, principal) && holds(access, context));
  }

  function isHim(of: Estate, who: Who, principal: RequestPrincipal): boolean {
    if (principal.kind === "anonymous") return who.kind === "anonymous";
    if (principal.kind === "service") return who.kind === "aws-service";
    if (principal.kind === "federated") return who.kind === "federated";
    const arn = arnOf(principal);
    const { principals, accounts } = of.world.world;
    if (principals.some((one) => one.arn === arn)) return who.kind === "principal" && who.arn === arn;
    if (accounts.some(({ id }) => id === principal.accountId)) {
      return who.kind === "others-of-account" && who.accountId === principal.accountId;
    }
    return who.kind === "any-aws-principal";
  }
});

type AccountPrincipal = Extract<RequestPrincipal, { readonly accountId: string }>;

function arnOf(principal: AccountPrincipal): string {
  if (principal.kind === "root") return `arn:aws:iam::${principal.accountId}:root`;
  return principal.kind === "user" ? principal.arn : principal.roleArn;
}

/** Keys of the caller that conditions of the changes ask for. */
function callerContext(principal: RequestPrincipal): RequestContext {
  if (!("accountId" in principal)) return {};
  const { accountId } = principal;
  return {
    "aws:principalarn": arnOf(principal),
    "aws:principalaccount": accountId,
    ...(ACCOUNTS.includes(accountId) ? { "aws:principalorgid": "o-strongroom" } : {}),
  };
}

function sessionOf(accountId: string, roleArn: string): RequestPrincipal {
  const name = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  return {
    kind: "role-session",
    accountId,
    roleArn,
    sessionArn: `arn:aws:sts::${accountId}:assumed-role/${name}/try`,
  };
}

/** Only what an executor needs: who calls what through what. */
function scenarioOf({ copy, principal, endpoint }: Attempt): Scenario {
  const request = {
    principal,
    action: "secretsmanager:GetSecretValue",
    resource: { arn: copy.arn, accountId: copy.accountId },
    context: {},
  };
  const decision = { allowed: true, by: { kind: "root" } } as const;
  return {
    operation: "GetSecretValue",
    steps: [{ request, world: { identity: [] }, decision }],
    ...(endpoint === undefined ? {} : { endpointId: endpoint.id }),
  };
}

/** Whether one of the printed conjunctions holds. */
function holds({ under }: Access, context: RequestContext): boolean {
  return under.some((all: Conjunction) =>
    all.every(({ key, anyOf, noneOf, absent }) => {
      const value = context[key.toLowerCase()];
      if (value === undefined) return absent !== "must not be";
      if (absent === "must be") return false;
      const matches = (patterns: readonly string[]) => patterns.some((one) => naiveGlob(one, String(value)));
      return (anyOf.length === 0 || matches(anyOf)) && !matches(noneOf);
    }),
  );
}

function textOf({ copy, principal, endpoint }: Attempt): string {
  return `${JSON.stringify(principal)} ${copy.arn} ${endpoint?.id ?? "no endpoint"}`;
}
