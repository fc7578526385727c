import { Call, Operation } from "../core/operation";
import { Infer, optional, structure } from "../core/shape";
import { onAnything, onKey } from "./authorization";
import { findKeyWithoutAlias } from "./find-key";
import { GrantRecord, grantsOf, grantsOfKey } from "./key";
import { pageOf } from "./page";
import * as shapes from "./shapes";

const listInput = structure({
  KeyId: shapes.keyId(),
  GrantId: optional(shapes.grantId()),
  GranteePrincipal: optional(shapes.principal()),
  ...shapes.page,
});
const retirableInput = structure({ RetiringPrincipal: shapes.principal(), ...shapes.page });

export const listGrants: Operation<Infer<typeof listInput>> = {
  name: "ListGrants",
  input: listInput,
  authorize: (input, call) => [onKey(call, "ListGrants", findKeyWithoutAlias(call, input.KeyId))],
  run(input, call) {
    const { key } = findKeyWithoutAlias(call, input.KeyId);
    const found = grantsOfKey(call.store, key.arn).filter(
      (grant) =>
        (input.GrantId === undefined || grant.grantId === input.GrantId) &&
        (input.GranteePrincipal === undefined || grant.granteePrincipal === input.GranteePrincipal),
    );
    const { items, rest } = pageOf(found, input, 50);
    return { Grants: items.map((grant) => grantEntry(call, grant)), ...rest };
  },
  trail: { readOnly: true },
};

export const listRetirableGrants: Operation<Infer<typeof retirableInput>> = {
  name: "ListRetirableGrants",
  input: retirableInput,
  authorize: (_input, call) => [onAnything(call, "ListRetirableGrants")],
  run(input, call) {
    const isHere = (arn: string) => arn.split(":")[3] === call.region;
    const found = [...grantsOf(call.store).values()].filter(
      (grant) => grant.retiringPrincipal === input.RetiringPrincipal && isHere(grant.keyArn),
    );
    const { items, rest } = pageOf(found, input, 50);
    return { Grants: items.map((grant) => grantEntry(call, grant)), ...rest };
  },
  trail: { readOnly: true },
};

function grantEntry(call: Call, grant: GrantRecord) {
  return {
    KeyId: grant.keyArn,
    GrantId: grant.grantId,
    Name: grant.name ?? "",
    CreationDate: new Date(grant.createdAt),
    GranteePrincipal: grant.granteePrincipal,
    RetiringPrincipal: grant.retiringPrincipal,
    IssuingAccount: `arn:${call.partition}:iam::${grant.issuingAccount}:root`,
    Operations: grant.operations,
    Constraints: grant.constraints,
  };
}
