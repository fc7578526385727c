import { strict as assert } from "assert";
import { assignmentsIn } from "../../../policies/credential/assignments";
import { credentialFindings, OpenValue, scanOpenValues } from "../../../policies/credential/open-values";
import { scanned } from "../../../policies/credential/scanner";
import { Resource } from "../../../policies/stack/resource";
import { resource, Sketch, unknownText } from "../support/stack";

const fix = "Take it out";
const byName = "has the name of a credential, and its value lies open";
const password = resource("randomPassword", "login");

const lambda = (sketch: Sketch = {}): Resource => resource("function", "orders", sketch);

function open(name: string, value: string, more: Partial<OpenValue> = {}): OpenValue {
  return { name, path: ["environment", name], value: { state: "known", value }, ...more };
}

function said(holder: Resource, ...values: readonly OpenValue[]): readonly string[] {
  return credentialFindings(holder, values, fix).map((finding) =>
    finding.kind === "violation" ? finding.message : `${finding.reason} / ${finding.decidedBy}`,
  );
}

describe("open values", () => {
  const unknown = { value: { state: "unknown" } } as const;
  const cases: readonly (readonly [string, Resource, readonly OpenValue[], readonly string[]])[] = [
    ["are in order when they say nothing", lambda(), [open("HOST", "db")], []],
    [
      "that are credentials are named by their path",
      lambda(),
      [open("DB_PASSWORD", "hunter2"), open("TOKEN", "abc", { path: ["tags", 0] })],
      [
        `Function "orders": environment.DB_PASSWORD ${byName}. ${fix}.`,
        `Function "orders": tags[0] ${byName}. ${fix}.`,
      ],
    ],
    [
      "have the member named that holds one",
      lambda(),
      [open("CONFIG", JSON.stringify({ host: "db", password: "hunter2" }))],
      [`Function "orders": environment.CONFIG, where password ${byName}. ${fix}.`],
    ],
    [
      "are taken apart",
      lambda(),
      [open("SCRIPT", "export DB_PASSWORD=hunter2 HOST=db", { split: assignmentsIn })],
      [`Function "orders": environment.SCRIPT, where DB_PASSWORD ${byName}. ${fix}.`],
    ],
    [
      "are looked at whole when no part gives one away",
      lambda(),
      [open("SCRIPT", "curl https://u:abc@h A=b", { split: assignmentsIn })],
      [`Function "orders": environment.SCRIPT contains a URL with a password. ${fix}.`],
    ],
    [
      "are not looked at whole when a part gives one away",
      lambda(),
      [open("SCRIPT", "DB_PASSWORD=x; curl https://u:abc@h", { split: assignmentsIn })],
      [`Function "orders": environment.SCRIPT, where DB_PASSWORD ${byName}. ${fix}.`],
    ],
    [
      "that Pulumi keeps as secrets are left to another rule",
      lambda({ secretPaths: [["environment", "DB_PASSWORD"]] }),
      [open("DB_PASSWORD", "hunter2"), open("TOKEN", "abc")],
      [`Function "orders": environment.TOKEN ${byName}. ${fix}.`],
    ],
    [
      "that are not known wait, when they have the name of a credential",
      lambda({ props: { environment: { DB_PASSWORD: unknownText } }, from: { environment: [password] } }),
      [open("DB_PASSWORD", "", unknown), open("DEPLOY_KEY", "", unknown), open("HOST", "", unknown)],
      [
        'whether environment.DB_PASSWORD of Function "orders" holds a credential is not known / ' +
          'the outputs of RandomPassword "login"',
      ],
    ],
    [
      "that an exported state has redacted are left to another rule",
      lambda(),
      [open("DB_PASSWORD", "", { value: { state: "unknown", redacted: true } })],
      [],
    ],
    [
      "that are not there say nothing",
      lambda(),
      [open("DB_PASSWORD", "", { value: { state: "absent" } })],
      [],
    ],
  ];
  for (const [name, holder, values, expected] of cases) {
    it(name, () => assert.deepEqual(said(holder, ...values), expected));
  }

  it("make violations of the resource, with the fact apart from the fix", () => {
    const holder = lambda();
    assert.deepEqual(credentialFindings(holder, [open("TOKEN", "abc")], fix), [
      {
        kind: "violation",
        resource: holder,
        message: `Function "orders": environment.TOKEN ${byName}. ${fix}.`,
        fact: `Function "orders": environment.TOKEN ${byName}`,
      },
    ]);
  });
});

describe("open values before the scanner", () => {
  /** What was found is remembered for each text: every test needs texts of its own. */
  let count = 0;
  const ownHook = () =>
    `https://hooks.slack.com/services/T1ABCDEFH/B${String((count += 1)).padStart(8, "0")}/a1B2c3D4e5F6g7H8i9J0k1L2`;
  const slack = "a credential that secretlint knows (slack)";

  it("are scanned whole and in parts", async () => {
    const split = (text: string) => [{ name: "x", text: text.slice(2) }];
    const [whole, part] = [ownHook(), ownHook()];
    await scanOpenValues(lambda(), [open("A", whole), open("B", `x=${part}`, { split })]);
    assert.deepEqual([scanned(whole), scanned(part)], [slack, slack]);
  });

  it("are left out when Pulumi keeps them as secrets, and when they are not known", () => {
    const holder = lambda({ secretPaths: [["environment", "A"]] });
    const hook = ownHook();
    const values = [open("A", hook), open("B", "", { value: { state: "unknown" } })];
    assert.equal(scanOpenValues(holder, values), undefined);
    assert.equal(scanned(hook), undefined);
  });

  it("are nothing to wait for without a token", () => {
    assert.equal(scanOpenValues(lambda(), [open("A", "plain words")]), undefined);
  });
});
