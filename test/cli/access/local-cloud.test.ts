import { strict as assert } from "assert";
import { writeFileSync } from "fs";
import { join } from "path";
import { Estate, estateOf } from "../../../cli/access/estate";
import { readState } from "../../../cli/check/exported-state";
import { RequestContext, RequestPrincipal } from "../../../iam";
import { Access, Conjunction, Scenario, SecretCopy, Who } from "../../../iam/proof";
import { roles, users } from "../../../local/cloud/iam/records";
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
    for (const attempt of attempts()) {
      const executed = await execute(environment.cloud.cloud, scenarioOf(attempt));
      assert.notEqual(executed.is, "impossible");
      const isListed = listed(attempt);
      counts[isListed ? "allowed" : "refused"] += 1;
      if (isListed !== (executed.is === "allowed"))
        wrong.push(`${textOf(attempt)}: ${JSON.stringify(executed)}`);
    }
    assert.deepEqual(wrong, []);
    assert.deepEqual(counts, { allowed: 55, refused: 449 });
  });

  it("has a call for every reader that really reads", async () => {
    const wrong: string[] = [];
    let count = 0;
    for (const { secret } of estate.world.secrets) {
      for (const { accesses } of estate.proof.direct(secret.id)) {
        for (const { who, witness } of accesses.read) {
          assert.ok(witness !== undefined, JSON.stringify(who));
          const executed = await execute(environment.cloud.cloud, witness);
          if (executed.is !== "allowed") wrong.push(`${JSON.stringify(who)}: ${JSON.stringify(executed)}`);
          count += 1;
        }
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(count > 0);
  });

  /** Every role, user and root user of every account, a stranger and nobody, to every copy, through every endpoint and none. */
  function attempts(): readonly Attempt[] {
    const { store } = environment.cloud.cloud;
    const named: readonly RequestPrincipal[] = [
      ...[...users(store).values()].map(({ accountId, arn }) => ({ kind: "user", accountId, arn }) as const),
      ...[...roles(store).values()].map(({ accountId, arn }) => sessionOf(accountId, arn)),
      ...[...ACCOUNTS, STRANGER].map((accountId) => ({ kind: "root", accountId }) as const),
      sessionOf(STRANGER, `arn:aws:iam::${STRANGER}:role/stranger`),
      sessionOf("222222222222", "arn:aws:iam::222222222222:role/another"),
      { kind: "anonymous" },
    ];
    return estate.world.secrets.flatMap(({ secret }) =>
      secret.copies.flatMap((copy) => {
        const here = estate.world.world.endpoints.filter(({ region }) => region === copy.region);
        return [undefined, ...here].flatMap((endpoint) =>
          named.map((principal) => ({ secretId: secret.id, copy, principal, endpoint })),
        );
      }),
    );
  }

  function listed({ secretId, copy, principal, endpoint }: Attempt): boolean {
    const answer = estate.proof.direct(secretId).find(({ region }) => region === copy.region)!;
    const context = {
      ...(endpoint === undefined ? {} : { "aws:sourcevpce": endpoint.id, "aws:sourcevpc": endpoint.vpcId }),
    };
    return answer.accesses.read.some((access) => isHim(access.who, principal) && holds(access, context));
  }

  function isHim(who: Who, principal: RequestPrincipal): boolean {
    if (principal.kind === "anonymous") return who.kind === "anonymous";
    if (principal.kind === "service") return who.kind === "aws-service";
    const arn =
      principal.kind === "root" ? "" : principal.kind === "user" ? principal.arn : principal.roleArn;
    const { principals, accounts } = estate.world.world;
    if (principals.some((one) => one.arn === arn)) return who.kind === "principal" && who.arn === arn;
    if (accounts.some(({ id }) => id === principal.accountId)) {
      return who.kind === "others-of-account" && who.accountId === principal.accountId;
    }
    return who.kind === "any-aws-principal";
  }
});

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
      const matches = (patterns: readonly string[]) => patterns.some((one) => one === value);
      return (anyOf.length === 0 || matches(anyOf)) && !matches(noneOf);
    }),
  );
}

function textOf({ copy, principal, endpoint }: Attempt): string {
  return `${JSON.stringify(principal)} ${copy.arn} ${endpoint?.id ?? "no endpoint"}`;
}
