import { strict as assert } from "assert";
import { PASSED_ROLES } from "../../../iam/proof/passed-roles";

describe("ways to have a service run something as a role", () => {
  it("name services and actions as AWS does", () => {
    const wrong = PASSED_ROLES.flatMap(({ service, needs }) => [
      ...(/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/.test(service) ? [] : [service]),
      ...needs.flatMap(([action, kind]) => [
        ...(/^[a-z0-9-]+:[A-Z][A-Za-z]+$/.test(action) ? [] : [action]),
        ...(/^(\*|[a-zA-Z-]+[/:])$/.test(kind) ? [] : [kind]),
      ]),
    ]);
    assert.deepEqual(wrong, []);
  });

  it("are told apart by what they need", () => {
    const texts = PASSED_ROLES.map((way) => JSON.stringify(way));
    assert.equal(new Set(texts).size, texts.length);
    assert.deepEqual(
      PASSED_ROLES.filter(({ needs }) => needs.length === 0),
      [],
    );
  });
});
