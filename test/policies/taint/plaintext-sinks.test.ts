import { strict as assert } from "assert";
import { pathText } from "../../../policies/stack/leaves";
import { Resource, types } from "../../../policies/stack/resource";
import { marksMatter, openLeaves } from "../../../policies/taint/plaintext-sinks";
import { resource, resourceOfType, unknownText } from "../support/stack";

const outline = (one: Resource): readonly string[] =>
  openLeaves(one).map(
    ({ path, value }) => `${pathText(path)} ${value.state === "known" ? value.value : value.state}`,
  );

/** Types with the properties that lie open, each filled with a text. */
const sinks: readonly (readonly [string, readonly string[]])[] = [
  [types.function, ["environment"]],
  [types.taskDefinition, ["containerDefinitions"]],
  [types.buildProject, ["environment", "source", "secondarySources"]],
  [types.instance, ["userData", "userDataBase64"]],
  [types.launchTemplate, ["userData"]],
  [types.launchConfiguration, ["userData", "userDataBase64"]],
  [types.parameter, ["insecureValue", "value"]],
  [types.document, ["content"]],
  [types.eventTarget, ["input"]],
  ["aws:apigateway/stage:Stage", ["variables"]],
  ["aws:amplify/app:App", ["environmentVariables"]],
  ["aws:amplify/branch:Branch", ["environmentVariables"]],
  ["aws:apprunner/service:Service", ["sourceConfiguration"]],
  ["aws:batch/jobDefinition:JobDefinition", ["containerProperties"]],
  ["aws:cloudformation/stack:Stack", ["parameters", "templateBody"]],
  ["aws:dynamodb/tableItem:TableItem", ["item"]],
  ["aws:elasticbeanstalk/environment:Environment", ["settings"]],
  ["aws:glue/job:Job", ["defaultArguments"]],
  ["aws:s3/bucketObject:BucketObject", ["content"]],
  ["aws:s3/bucketObjectv2:BucketObjectv2", ["content"]],
  ["aws:sagemaker/model:Model", ["primaryContainer"]],
  ["aws:sfn/stateMachine:StateMachine", ["definition"]],
  [types.secretVersion, []],
];

describe("values that lie open", () => {
  for (const [type, properties] of sinks) {
    it(`of a ${type} are ${[...properties, "tags and the description"].join(", ")}`, () => {
      const names = ["secretString", ...properties, "tags", "description"];
      const one = resourceOfType(type, "x", { props: Object.fromEntries(names.map((name) => [name, "v"])) });
      assert.deepEqual(
        outline(one),
        [...properties, "tags", "description"].map((name) => `${name} v`),
      );
    });
  }

  it("are found with what is in them, and with what is not known", () => {
    const environment = { variables: { A: "a", B: unknownText } };
    const one = resource("function", "f", { props: { environment, tags: { T: "t" } } });
    assert.deepEqual(outline(one), [
      "environment.variables.A a",
      "environment.variables.B unknown",
      "tags.T t",
    ]);
  });

  const parameters: readonly (readonly [string, object, readonly string[]])[] = [
    ["a plain parameter", { type: "String" }, ["value v"]],
    ["a parameter without a type", {}, ["value v"]],
    ["no secure string", { type: "SecureString" }, []],
    ["no parameter whose type is not known", { type: unknownText }, []],
  ];
  for (const [name, props, expected] of parameters) {
    it(`are of ${name}`, () =>
      assert.deepEqual(outline(resource("parameter", "p", { props: { value: "v", ...props } })), expected));
  }
  it("are what a secure string says openly", () =>
    assert.deepEqual(
      outline(resource("parameter", "p", { props: { type: "SecureString", insecureValue: "v" } })),
      ["insecureValue v"],
    ));

  it("are not the variables of a build that only say where a value is", () => {
    const variable = (name: string, type: unknown) => ({ name, value: `v-${name}`, type });
    const environmentVariables = [
      variable("a", "PLAINTEXT"),
      variable("b", "SECRETS_MANAGER"),
      variable("c", null),
      variable("d", unknownText),
    ];
    const one = resource("buildProject", "b", {
      props: { environment: { image: "i", environmentVariables } },
    });
    const values = outline(one).filter((each) => /value|image/.test(each));
    assert.deepEqual(values, [
      "environment.image i",
      "environment.environmentVariables[0].value v-a",
      "environment.environmentVariables[2].value v-c",
      "environment.environmentVariables[3].value v-d",
    ]);
  });
});

describe("outputs of a stack that lie open", () => {
  const props = { plain: "p", deep: { a: "x", b: "y" }, hidden: "h", pending: unknownText };
  it("are those that are known and no secrets", () => {
    const secretPaths = [["hidden"], ["deep", "b"]];
    assert.deepEqual(outline(resource("stack", "s", { props, secretPaths })), ["plain p", "deep.a x"]);
  });
  it("are none where nobody knows which are secrets", () => {
    assert.deepEqual(outline(resource("stack", "s", { props })), []);
  });
  it("are all where none is a secret", () => {
    assert.deepEqual(outline(resource("stack", "s", { props: { tags: "t", x: "y" }, secretPaths: [] })), [
      "tags t",
      "x y",
    ]);
  });
});

describe("Pulumi's mark", () => {
  const cases: readonly (readonly [keyof typeof types, string, boolean])[] = [
    ["parameter", "value", false],
    ["parameter", "insecureValue", true],
    ["function", "value", true],
  ];
  for (const [type, property, matters] of cases) {
    it(`${matters ? "says" : "does not say"} something of ${property} of a ${type}`, () =>
      assert.equal(marksMatter(resource(type, "x"), [property, "a"]), matters));
  }
});
