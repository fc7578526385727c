import { strict as assert } from "assert";
import { keyPolicy } from "../../../components/model";
import { renderPolicy, statementsOf } from "../../../iam";

const location = { accountId: "111111111111", region: "eu-west-1" };
const organizationId = "o-strongroom";
const grant = (accountId: string, ...roleNames: string[]) => ({ accountId, roleNames, vpcIds: ["vpc-1"] });

function readersOf(secrets: Parameters<typeof keyPolicy>[0]["secrets"]) {
  return statementsOf(keyPolicy({ location, organizationId, secrets }))
    .filter(({ Sid }) => Sid?.startsWith("Reader"))
    .map(({ Condition }) => [
      Condition!.StringEquals!["aws:PrincipalArn"],
      Condition!.StringLike!["kms:EncryptionContext:SecretARN"],
    ]);
}

const role = (accountId: string, name: string) => `arn:aws:iam::${accountId}:role/${name}`;
const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-??????`;

describe("readers in a key's policy", () => {
  it("are one statement for roles of an account that read the same secrets", () => {
    const both = [grant("222222222222", "a", "b")];
    const secrets = [
      { name: "one", grants: both },
      { name: "two", grants: both },
    ];
    assert.deepEqual(readersOf(secrets), [
      [
        [role("222222222222", "a"), role("222222222222", "b")],
        [secret("one"), secret("two")],
      ],
    ]);
  });

  it("get no secret through another role of their account, nor through a namesake in another", () => {
    const secrets = [
      { name: "one", grants: [grant("222222222222", "a"), grant("333333333333", "a")] },
      { name: "two", grants: [grant("222222222222", "b")] },
    ];
    assert.deepEqual(readersOf(secrets), [
      [[role("222222222222", "a")], [secret("one")]],
      [[role("222222222222", "b")], [secret("two")]],
      [[role("333333333333", "a")], [secret("one")]],
    ]);
  });

  it("do not depend on the order of the secrets", () => {
    const one = { name: "one", grants: [grant("222222222222", "a")] };
    const two = { name: "two", grants: [grant("222222222222", "b", "a")] };
    const text = (secrets: (typeof one)[]) => renderPolicy(keyPolicy({ location, organizationId, secrets }));
    assert.equal(text([one, two]), text([two, one]));
  });
});
