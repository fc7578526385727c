import { strict as assert } from "assert";
import { AccessWorld, NamedPrincipal, WorldDocument } from "../../../iam/proof";
import { Statement } from "../../../iam";
import { Passing, Way } from "../../../iam/proof/passing";
import { PASSED_ROLES } from "../../../iam/proof/passed-roles";
import { Prover } from "../../../iam/proof/prover";
import { allow, attached, deny } from "../worlds";
import { role, SECRETS, world } from "./access-worlds";

const trusting = (service: string, given: Partial<Statement> = {}): Statement => ({
  Effect: "Allow",
  Principal: { Service: service },
  Action: "sts:AssumeRole",
  ...given,
});
const LAMBDA = "lambda.amazonaws.com";
const ROLE = `arn:aws:iam::${SECRETS}:role/worker`;
const worker = (trust?: WorldDocument) => role("worker", { accountId: SECRETS, ...(trust && { trust }) });

function ways(one: NamedPrincipal, given: Partial<AccessWorld> = {}): readonly Way[] {
  return new Passing(new Prover(world({ principals: [one], ...given }))).of(one);
}

const trustedBy = (...statements: readonly Statement[]) => worker(attached("trust policy", ...statements));
const names = (list: readonly Way[]) => list.map(({ by }) => by);
const ofLambda = ["iam:PassRole and lambda:CreateFunction"];

describe("a role that may be passed", () => {
  const from = (accountId: string) => ({ Condition: { StringEquals: { "aws:SourceAccount": accountId } } });
  const cases: readonly {
    readonly name: string;
    readonly role: NamedPrincipal;
    readonly by: readonly string[];
  }[] = [
    { name: "has no trust policy", role: worker(), by: [] },
    { name: "lets a service in", role: trustedBy(trusting(LAMBDA)), by: ofLambda },
    {
      name: "lets in a service that runs nothing of the caller's",
      role: trustedBy(trusting("config.amazonaws.com")),
      by: [],
    },
    {
      name: "lets in an account",
      role: trustedBy({ ...trusting(LAMBDA), Principal: { AWS: SECRETS } }),
      by: [],
    },
    {
      name: "lets it do something else",
      role: trustedBy(trusting(LAMBDA, { Action: "sts:TagSession" })),
      by: [],
    },
    {
      name: "lets it in and denies it",
      role: trustedBy(trusting(LAMBDA), deny({ Principal: "*", Action: "sts:AssumeRole" })),
      by: [],
    },
    {
      name: "lets it in for its own account",
      role: trustedBy(trusting(LAMBDA, from(SECRETS))),
      by: ofLambda,
    },
    {
      name: "lets it in for another account",
      role: trustedBy(trusting(LAMBDA, from("444444444444"))),
      by: [],
    },
    {
      name: "lets it in for what it makes",
      role: trustedBy(
        trusting(LAMBDA, { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:lambda:*:*:function:x" } } }),
      ),
      by: ofLambda,
    },
    {
      name: "lets in two",
      role: trustedBy(trusting("ssm.amazonaws.com"), trusting(LAMBDA)),
      by: [...ofLambda, "iam:PassRole and ssm:StartAutomationExecution"],
    },
    {
      name: "has a trust policy that is not known",
      role: worker({ source: "trust policy", unknown: "not made yet" }),
      by: PASSED_ROLES.map(({ needs }) =>
        ["iam:PassRole", ...new Set(needs.map(([action]) => action))].join(" and "),
      ),
    },
  ];
  for (const { name, role: one, by } of cases) {
    it(name, () => assert.deepEqual([...new Set(names(ways(one)))], [...new Set(by)]));
  }

  it("is closed to a service by a resource control policy", () => {
    const rcps = [
      [attached("rcp", allow({ Principal: "*" }), deny({ Principal: "*", Action: "sts:AssumeRole" }))],
    ];
    const accounts = [{ id: SECRETS, organizationPath: "o-strongroom/r-ab12/", rcps }];
    assert.deepEqual(ways(trustedBy(trusting(LAMBDA)), { accounts }), []);
  });
});

describe("the requests of passing a role", () => {
  /** Of each way: what each request is about, and what only it says. */
  const requests = (list: readonly Way[]) =>
    list.map(({ frames }) =>
      frames.map(({ action, region, resource, fixed, free }) => {
        const own = [...fixed]
          .filter(([key]) => !key.startsWith("aws:"))
          .map(([key, value]) => `${key}=${value}`);
        return [`${action} ${region}`, resource.arn, ...own, ...free.keys()].join(" ");
      }),
    );
  const passed = (service: string) =>
    `iam:PassRole us-east-1 ${ROLE} iam:passedtoservice=${service} iam:associatedresourcearn`;
  const place = (service: string, accountId = SECRETS) => `arn:aws:${service}:eu-west-1:${accountId}:`;
  const of = (service: string, given?: Partial<AccessWorld>) =>
    requests(ways(trustedBy(trusting(service)), given));

  it("are about the role and what is made in the secret's Region", () => {
    const made = `${place("lambda")}function:made-by-caller`;
    assert.deepEqual(of(LAMBDA), [
      [passed(LAMBDA), `lambda:CreateFunction eu-west-1 ${made} lambda:functionarn=${made}`],
    ]);
    const list = ways(trustedBy(trusting(LAMBDA)));
    assert.deepEqual(
      list.flatMap(({ frames }) => frames.map(({ resource }) => resource.accountId)),
      [SECRETS, SECRETS],
    );
  });

  it("are about each thing that a request names, images of no account", () => {
    const service = "ec2.amazonaws.com";
    const things = ["instance", "network-interface", "security-group", "subnet", "volume"];
    const [instance, ...rest] = things.map(
      (thing) => `ec2:RunInstances eu-west-1 ${place("ec2")}${thing}/made-by-caller`,
    );
    const ofRun = of(service).filter(([, made]) => made!.startsWith("ec2:"));
    assert.deepEqual(ofRun, [
      [
        passed(service),
        instance,
        `ec2:RunInstances eu-west-1 ${place("ec2", "")}image/made-by-caller`,
        ...rest,
      ],
    ]);
  });

  it("name the role to CloudFormation", () => {
    const service = "cloudformation.amazonaws.com";
    const stack = `${place("cloudformation")}stack/made-by-caller`;
    assert.deepEqual(of(service), [
      [passed(service), `cloudformation:CreateStack eu-west-1 ${stack} cloudformation:rolearn=${ROLE}`],
    ]);
  });

  it("are about no thing in particular where the service knows none", () => {
    const service = "datapipeline.amazonaws.com";
    const pipeline = `${place("datapipeline")}pipeline/made-by-caller`;
    assert.deepEqual(of(service), [
      [
        passed(service),
        "datapipeline:CreatePipeline eu-west-1 *",
        `datapipeline:PutPipelineDefinition eu-west-1 ${pipeline}`,
        `datapipeline:ActivatePipeline eu-west-1 ${pipeline}`,
      ],
    ]);
  });

  it("go to the global Region without a secret", () => {
    const made = `arn:aws:lambda:us-east-1:${SECRETS}:function:made-by-caller`;
    const expected = [[passed(LAMBDA), `lambda:CreateFunction us-east-1 ${made} lambda:functionarn=${made}`]];
    assert.deepEqual(of(LAMBDA, { secrets: [] }), expected);
    assert.deepEqual(of(LAMBDA, { secrets: [{ id: "s", name: "s", copies: [] }] }), expected);
  });

  it("are made once for each name that policies have in mind", () => {
    const task = (name: string) => `${place("ecs")}task-definition/${name}`;
    const writer = role("writer", {
      accountId: SECRETS,
      identity: [
        attached(
          "p",
          allow({ Action: "ecs:RegisterTaskDefinition", Resource: [task("a"), task("b")] }),
          allow({ Action: "ecs:RunTask", Resource: [task("a"), task("b")] }),
        ),
      ],
    });
    const one = trustedBy(trusting("ecs-tasks.amazonaws.com"));
    const list = requests(ways(one, { principals: [one, writer] }));
    const made = (action: string) =>
      list
        .filter((texts) => texts[2]!.startsWith(action))
        .map((texts) => texts.slice(1).map((text) => text.slice(text.lastIndexOf(":") + 1)));
    assert.deepEqual(made("ecs:RunTask"), [
      ["task-definition/made-by-caller", "task-definition/made-by-caller"],
      ["task-definition/a", "task-definition/a"],
      ["task-definition/b", "task-definition/b"],
    ]);
    assert.deepEqual(made("ecs:CreateService"), [
      ["task-definition/made-by-caller", "service/made-by-caller"],
      ["task-definition/a", "service/made-by-caller"],
      ["task-definition/b", "service/made-by-caller"],
    ]);
  });

  it("name one thing alike, as one caller can, whatever others have in mind", () => {
    const job = (name: string) => `${place("glue")}job/${name}`;
    const having = (name: string, make: readonly string[], start: readonly string[]) =>
      role(name, {
        accountId: SECRETS,
        identity: [
          attached(
            "p",
            ...make.map((one) => allow({ Action: "glue:CreateJob", Resource: job(one) })),
            ...start.map((one) => allow({ Action: "glue:StartJobRun", Resource: job(one) })),
          ),
        ],
      });
    const one = trustedBy(trusting("glue.amazonaws.com"));
    const principals = [
      one,
      having("one", ["x"], []),
      having("two", ["y-*"], ["*-y"]),
      having("three", [], ["w"]),
    ];
    const jobs = ways(one, { principals })
      .filter(({ by }) => by.endsWith("glue:StartJobRun"))
      .map(({ frames }) => frames.slice(1).map(({ resource }) => resource.arn.split("/")[1]));
    const named = ["made-by-caller", "x", "-y", "y-", "y-y", "w"];
    assert.deepEqual(jobs.map(([made]) => made).sort(), [...named].sort());
    for (const [made, started] of jobs) assert.equal(made, started);
  });

  it("name things of two kinds in every combination", () => {
    const thing = (kind: string) => `${place("ecs")}${kind}/own`;
    const writer = role("writer", {
      accountId: SECRETS,
      boundary: attached("b", allow({ Action: "ecs:*", Resource: thing("service") })),
      identity: [attached("p", allow({ Action: "ecs:*", Resource: thing("task-definition") }))],
    });
    const one = trustedBy(trusting("ecs-tasks.amazonaws.com"));
    const list = ways(one, { principals: [one, writer] })
      .filter(({ by }) => by.endsWith("ecs:CreateService"))
      .map(({ frames }) => frames.slice(1).map(({ resource }) => resource.arn.split("/")[1]));
    const both = ["made-by-caller", "own"];
    assert.deepEqual(
      list,
      both.flatMap((task) => both.map((service) => [task, service])),
    );
  });
});
