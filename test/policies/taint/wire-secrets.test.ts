import { strict as assert } from "assert";
import { unknownCheckingProxy } from "@pulumi/policy";
import { rememberWireForm, secretPathsOnWire, Unpacker } from "../../../policies/taint/wire-secrets";

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const asset = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: "x" };

/** What the SDK makes of a message, with its proxy around. */
function unpacked(wire: object, unpacker: Unpacker, proxySecrets: boolean): unknown {
  return unknownCheckingProxy(unpacker.deserializeProperties!({ toJavaScript: () => wire }, proxySecrets));
}

function sdk(): Unpacker {
  return { deserializeProperties: () => ({ unpacked: true }) };
}

describe("the wire form of properties", () => {
  it("tells the secrets", () => {
    const unpacker = sdk();
    rememberWireForm(unpacker);
    const wire = {
      a: secret("x"),
      b: "y",
      c: { d: secret({ e: secret("z") }) },
      f: [1, null, secret("x")],
      g: asset,
    };
    const props = unpacked(wire, unpacker, false);
    assert.deepEqual(secretPathsOnWire(props), [["a"], ["c", "d"], ["f", 2]]);
    assert.deepEqual(Object.keys(props as object), ["unpacked"]);
  });

  it("is not remembered for properties whose secrets the SDK keeps apart itself", () => {
    const unpacker = sdk();
    rememberWireForm(unpacker);
    assert.equal(secretPathsOnWire(unpacked({ a: secret("x") }, unpacker, true)), undefined);
  });

  it("is not there without being remembered", () => {
    assert.equal(secretPathsOnWire({ a: "x" }), undefined);
    assert.equal(secretPathsOnWire(unpacked({}, sdk(), false)), undefined);
    assert.equal(secretPathsOnWire(undefined), undefined);
  });

  it("is left alone in an SDK that is built otherwise", () => {
    const other: Unpacker = {};
    rememberWireForm(other);
    assert.deepEqual(other, {});
  });

  it("is remembered by the SDK that is installed", () => {
    rememberWireForm();
    const { deserializeProperties } = require("@pulumi/policy/deserialize");
    const struct = { toJavaScript: () => ({ a: secret("x"), b: "y" }) };
    const props = deserializeProperties(struct, false);
    assert.deepEqual({ ...props }, { a: "x", b: "y" });
    assert.deepEqual(secretPathsOnWire(props), [["a"]]);
  });
});
