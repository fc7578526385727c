import { strict as assert } from "assert";
import { AccessWorld, NamedPrincipal } from "../../../iam/proof";
import { Statement } from "../../../iam";
import { allow, attached, deny } from "../worlds";
import { answer, decrypting, key, mayRead, ORDERS, reading, role, secret, world } from "./access-worlds";

const api = role("api", { identity: [mayRead] });
const job = role("job", { identity: [mayRead] });
const idle = role("idle", { identity: [attached("p", allow({ Action: "s3:*" }))] });
const asking = (operator: string, name: string, value: string): Partial<Statement> => ({
  Condition: { [operator]: { [name]: value } },
});
const agent = (value: string) => asking("StringNotEquals", "aws:UserAgent", value);
const referer = asking("StringEquals", "aws:Referer", "y");
const keys = [key([decrypting({ AWS: ORDERS })])];

function readers(
  principals: readonly NamedPrincipal[],
  statements: readonly Statement[],
  given: Partial<AccessWorld> = {},
): readonly string[] {
  const names = reading({ AWS: principals.map(({ arn }) => arn) });
  return answer(world({ principals, secrets: [secret([names, ...statements])], keys, ...given }));
}

const everyone = { Principal: "*" } as const;
const API = `${ORDERS}:role/api`;
const JOB = `${ORDERS}:role/job`;
const isX = "aws:UserAgent is x";

describe("who reads where only denials are open", () => {
  it("is who is spared by each of them", () => {
    assert.deepEqual(readers([api], [deny({ ...everyone, ...agent("x") })]), [`${API}: ${isX}`]);
    assert.deepEqual(
      readers([api], [deny({ ...everyone, ...agent("x") }), deny({ ...everyone, ...referer })]),
      [`${API}: aws:Referer is not y and ${isX}`],
    );
  });

  it("is nobody whom two of them leave no way", () => {
    assert.deepEqual(
      readers([api], [deny({ ...everyone, ...agent("x") }), deny({ ...everyone, ...agent("y") })]),
      [],
    );
  });

  it("is each who is allowed, and none who is not", () => {
    const denial = deny({ ...everyone, ...agent("x") });
    assert.deepEqual(readers([api, job], [denial]), [`${API}: ${isX}`, `${JOB}: ${isX}`]);
    assert.deepEqual(readers([idle, api], [denial]), [`${API}: ${isX}`]);
    assert.deepEqual(readers([api, idle], [denial]), [`${API}: ${isX}`]);
  });

  it("is who is spared by denials of different words, each by its own", () => {
    const own = (one: NamedPrincipal, value: string) =>
      deny({ Principal: { AWS: one.arn }, ...agent(value) });
    assert.deepEqual(readers([api, job], [own(api, "x"), own(job, "y")]), [
      `${API}: ${isX}`,
      `${JOB}: aws:UserAgent is y`,
    ]);
  });

  it("hangs on a denial that asks for two keys by either", () => {
    const both = deny({
      ...everyone,
      Condition: { StringEquals: { "aws:UserAgent": "x", "aws:Referer": "y" } },
    });
    assert.deepEqual(readers([api], [both]), [`${API}: aws:Referer is not y; or aws:UserAgent is not x`]);
  });

  it("perhaps, where a denial is not known", () => {
    const denial = deny({ ...everyone, ...asking("StringMatches", "aws:UserAgent", "x") });
    assert.deepEqual(readers([api], [denial]), [`${API}: always (cannot tell: operator StringMatches)`]);
  });
});
