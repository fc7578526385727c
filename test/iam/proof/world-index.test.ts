import { strict as assert } from "assert";
import { Endpoint, MANAGED_KEY } from "../../../iam/proof";
import { WorldIndex } from "../../../iam/proof/world-index";
import { key, KEY, ORDERS, role, secret, SECRETS, world } from "./access-worlds";

const endpoint = (id: string, service: string, region: string): Endpoint => ({
  id,
  vpcId: "vpc-1",
  accountId: ORDERS,
  region,
  service,
});

describe("the index of a world", () => {
  const api = role("api");
  const endpoints = [
    endpoint("vpce-1", "secretsmanager", "eu-west-1"),
    endpoint("vpce-2", "kms", "eu-west-1"),
    endpoint("vpce-3", "secretsmanager", "eu-central-1"),
    endpoint("vpce-4", "secretsmanager", "eu-west-1"),
  ];
  const index = new WorldIndex(world({ principals: [api], endpoints }));
  const copy = (given: Parameters<typeof secret>[1]) => secret([], given).copies[0]!;

  it("finds accounts and principals", () => {
    assert.deepEqual(
      [
        index.account(ORDERS)?.id,
        index.account("444444444444"),
        index.principal(api.arn),
        index.principal("x"),
      ],
      [ORDERS, undefined, api, undefined],
    );
  });

  it("finds the key of a copy", () => {
    assert.deepEqual(index.key(copy({}))?.arn, KEY);
    assert.equal(index.key(copy({ key: MANAGED_KEY })), undefined);
  });

  it("has a key of elsewhere with a policy that is not known", () => {
    const arn = `arn:aws:kms:eu-west-1:${ORDERS}:key/other`;
    assert.deepEqual(index.key(copy({ key: arn })), {
      arn,
      accountId: ORDERS,
      policy: {
        source: `policy of key ${arn}`,
        unknown: "the key is not among the resources that are known",
      },
      grants: [],
      aliases: [],
      tags: {},
    });
    assert.equal(index.key(copy({ key: "nonsense" }))?.accountId, "");
  });

  it("makes a managed key once for each place", () => {
    const [one, other] = [key(), key()];
    assert.equal(
      index.managedKey(SECRETS, () => one),
      one,
    );
    assert.equal(
      index.managedKey(SECRETS, () => other),
      one,
    );
    assert.equal(
      index.managedKey(ORDERS, () => other),
      other,
    );
  });

  it("finds endpoints by service and Region", () => {
    const ids = (service: string, region: string) => index.endpoints(service, region).map(({ id }) => id);
    assert.deepEqual(
      [
        ids("secretsmanager", "eu-west-1"),
        ids("secretsmanager", "eu-west-1"),
        ids("secretsmanager", "eu-central-1"),
        ids("kms", "eu-west-1"),
        ids("kms", "eu-central-1"),
      ],
      [["vpce-1", "vpce-4"], ["vpce-1", "vpce-4"], ["vpce-3"], ["vpce-2"], []],
    );
    assert.equal(index.endpoints("kms", "eu-west-1"), index.endpoints("kms", "eu-west-1"));
  });
});
