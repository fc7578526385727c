import { strict as assert } from "assert";
import { AccessWorld, proveAccess } from "../../../iam/proof";
import { Statement } from "../../../iam";
import { allow, attached } from "../worlds";
import { decrypting, key, KEY, role, secret, SECRET, SECRETS, whoText, world } from "./access-worlds";

const OTHER = `${KEY}-other`;
const own = (name: string, ...statements: readonly Statement[]) =>
  role(name, { accountId: SECRETS, identity: [attached(name, ...statements)] });
const get = allow({ Action: "secretsmanager:GetSecretValue", Resource: SECRET });
const decryptsOther = allow({ Action: "kms:Decrypt", Resource: OTHER });
const root = { AWS: `arn:aws:iam::${SECRETS}:root` };
const keyed = (arn: string) => key([decrypting(root, { Action: "kms:*" })], { arn });
const needs: Readonly<Record<string, Statement>> = {
  update: allow({ Action: "secretsmanager:UpdateSecret", Resource: SECRET }),
  "decrypt with the present key": allow({ Action: "kms:Decrypt", Resource: KEY }),
  "encrypt with the other key": allow({ Action: ["kms:Encrypt", "kms:GenerateDataKey"], Resource: OTHER }),
  "decrypt with the other key": decryptsOther,
};
const waiting = own("waiting", get, decryptsOther);

function paths(statements: readonly Statement[], given: Partial<AccessWorld> = {}): readonly string[] {
  const principals = [waiting, own("x", ...statements)];
  const keys = [keyed(KEY), keyed(OTHER)];
  return proveAccess(world({ secrets: [secret([])], keys, principals, ...given }))
    .secret("orders/database")
    .indirect.map(({ who, path, reader }) => `${whoText(who)} ${path[0]!.by} -> ${whoText(reader)}`);
}

describe("a secret's new key", () => {
  const all = Object.values(needs);
  const moved = [`${SECRETS}:role/x secretsmanager:UpdateSecret -> ${SECRETS}:role/waiting`];

  it("lets in who can use it", () => assert.deepEqual(paths(all), moved));

  for (const [name, statement] of Object.entries(needs)) {
    it(`needs a caller that may ${name}`, () => {
      const rest = all.filter((one) => one !== statement);
      assert.deepEqual(paths([allow({ Action: "s3:ListBucket" }), ...rest]), []);
    });
  }

  it("hangs on the id of the key", () => {
    const only = (id: string): Statement => ({
      ...needs.update!,
      Condition: { StringEquals: { "secretsmanager:KmsKeyId": id } },
    });
    assert.deepEqual(
      [paths([...all.slice(1), only(OTHER)]), paths([...all.slice(1), only(KEY)])],
      [moved, []],
    );
  });

  it("is of no use without a reader, nor of another Region", () => {
    assert.deepEqual(paths(all, { principals: [own("x", ...all)] }), []);
    const abroad = keyed(OTHER.replace("eu-west-1", "eu-central-1"));
    assert.deepEqual(paths(all, { keys: [keyed(KEY), abroad] }), []);
  });
});
