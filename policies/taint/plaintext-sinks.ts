import { Path, Resource, types } from "../stack/resource";
import { Leaf, leavesOf } from "../stack/leaves";
import { input } from "../stack/resource";
import { readString } from "../stack/tri-state";
import { isUnder } from "./secret-paths";

interface Sink {
  readonly type: string;
  readonly path: readonly string[];
}

const sink = (type: string, ...path: readonly string[]): Sink => ({ type, path });

/** Properties that AWS keeps and shows as plain text, to whoever may describe the resource. */
const sinks: readonly Sink[] = [
  sink(types.function, "environment"),
  sink(types.taskDefinition, "containerDefinitions"),
  sink(types.buildProject, "environment"),
  sink(types.buildProject, "source"),
  sink(types.buildProject, "secondarySources"),
  sink(types.instance, "userData"),
  sink(types.instance, "userDataBase64"),
  sink(types.launchTemplate, "userData"),
  sink(types.launchConfiguration, "userData"),
  sink(types.launchConfiguration, "userDataBase64"),
  sink(types.parameter, "insecureValue"),
  sink(types.parameter, "value"),
  sink(types.document, "content"),
  sink(types.eventTarget, "input"),
  sink("aws:apigateway/stage:Stage", "variables"),
  sink("aws:amplify/app:App", "environmentVariables"),
  sink("aws:amplify/branch:Branch", "environmentVariables"),
  sink("aws:apprunner/service:Service", "sourceConfiguration"),
  sink("aws:batch/jobDefinition:JobDefinition", "containerProperties"),
  sink("aws:cloudformation/stack:Stack", "parameters"),
  sink("aws:cloudformation/stack:Stack", "templateBody"),
  sink("aws:dynamodb/tableItem:TableItem", "item"),
  sink("aws:elasticbeanstalk/environment:Environment", "settings"),
  sink("aws:glue/job:Job", "defaultArguments"),
  sink("aws:s3/bucketObject:BucketObject", "content"),
  sink("aws:s3/bucketObjectv2:BucketObjectv2", "content"),
  sink("aws:sagemaker/model:Model", "primaryContainer"),
  sink("aws:sfn/stateMachine:StateMachine", "definition"),
];

const byType = new Map<string, readonly Sink[]>();
for (const each of sinks) byType.set(each.type, [...(byType.get(each.type) ?? []), each]);

/** Of every resource. */
const everywhere: readonly (readonly string[])[] = [["tags"], ["description"]];

/** Every value of a resource that lies open; of the stack its outputs, where it is known which are not. */
export function openLeaves(resource: Resource): readonly Leaf[] {
  if (resource.type === types.stack) {
    return plainOutputs(resource);
  }
  const own = (byType.get(resource.type) ?? [])
    .filter((each) => lies(resource, each))
    .map(({ path }) => path);
  return [...own, ...everywhere]
    .flatMap(([property = "", ...path]) => leavesOf(resource, property, ...path))
    .filter(({ path }) => !isReferenceVariable(resource, path));
}

/** Pulumi encrypts the outputs that are secrets. */
function plainOutputs(stack: Resource): readonly Leaf[] {
  const { secretPaths } = stack;
  if (secretPaths === undefined) return [];
  return Object.keys(stack.props)
    .flatMap((name) => leavesOf(stack, name))
    .filter(({ path, value }) => value.state === "known" && !isUnder(secretPaths, path));
}

/** Secure strings are encrypted; a type that is not known yet may be. */
function lies(resource: Resource, { path: [property] }: Sink): boolean {
  if (resource.type !== types.parameter || property !== "value") return true;
  const type = input(resource, readString, "type");
  return type.state === "absent" || (type.state === "known" && type.value !== "SecureString");
}

/** A build's variable of another type than PLAINTEXT holds the name of the secret. */
function isReferenceVariable(resource: Resource, path: Path): boolean {
  if (path[1] !== "environmentVariables") return false;
  const type = input(resource, readString, String(path[0]), ...path.slice(1, 3), "type");
  return type.state === "known" && type.value !== "PLAINTEXT";
}

/** Whether Pulumi's mark says something of this value: the SDK marks some properties whatever the program gives. */
export function marksMatter(resource: Resource, [property]: Path): boolean {
  return !(resource.type === types.parameter && property === "value");
}
