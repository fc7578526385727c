import { randomBytes } from "node:crypto";
import { ResourceContext, ResourceType } from "../resource-type";
import { Properties } from "../values";
import { patchManaged, readManaged } from "./managed-resource";
import { eventRuleArn } from "./cloudwatch-event-rule";

const TYPE_NAME = "AWS::Events::Rule";

/** Changes of one rule's targets must follow each other, since they are one list to Cloud Control. */
const queues = new Map<string, Promise<unknown>>();

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html */
export const eventTarget: ResourceType = {
  token: "aws:cloudwatch/eventTarget:EventTarget",
  inputs: {
    arn: { kind: "string", required: true },
    deadLetterConfig: { kind: "object" },
    eventBusName: { kind: "string", replaces: true, default: "default" },
    forceDestroy: { kind: "boolean", default: false },
    input: { kind: "string" },
    inputPath: { kind: "string" },
    inputTransformer: { kind: "object" },
    retryPolicy: { kind: "object" },
    roleArn: { kind: "string" },
    rule: { kind: "string", required: true, replaces: true },
    targetId: { kind: "string", replaces: true, computed: true },
  },
  outputs: [],

  async create(inputs, context) {
    const targetId: string = inputs["targetId"] ?? `pulumi-${randomBytes(8).toString("hex")}`;
    await changeTargets(inputs, context, (targets) => [
      ...targets.filter((target) => target["Id"] !== targetId),
      targetOf(targetId, inputs),
    ]);
    return `${inputs["rule"]}-${targetId}`;
  },

  async read(id, state, context) {
    const targetId = targetIdOf(id, state);
    const rule = await readManaged(
      await context.clients.cloudControl(context.region),
      TYPE_NAME,
      await ruleIdentifier(state, context),
    );
    const target = ((rule?.["Targets"] ?? []) as Properties[]).find((entry) => entry["Id"] === targetId);
    return (
      target && {
        targetId,
        rule: state["rule"],
        arn: target["Arn"],
        roleArn: target["RoleArn"],
        input: target["Input"],
        inputPath: target["InputPath"],
      }
    );
  },

  async update(id, { news }, context) {
    const targetId = targetIdOf(id, news);
    await changeTargets(news, context, (targets) =>
      targets.map((target) => (target["Id"] === targetId ? targetOf(targetId, news) : target)),
    );
  },

  async delete(id, state, context) {
    const targetId = targetIdOf(id, state);
    await changeTargets(state, context, (targets) => targets.filter((target) => target["Id"] !== targetId));
  },
};

function targetIdOf(id: string, state: Properties): string {
  return state["targetId"] ?? id.slice(String(state["rule"]).length + 1);
}

function targetOf(targetId: string, inputs: Properties): Properties {
  const { deadLetterConfig, inputTransformer, retryPolicy } = inputs;
  return {
    Id: targetId,
    Arn: inputs["arn"],
    RoleArn: inputs["roleArn"],
    Input: inputs["input"],
    InputPath: inputs["inputPath"],
    InputTransformer: inputTransformer && {
      InputPathsMap: inputTransformer.inputPaths,
      InputTemplate: inputTransformer.inputTemplate,
    },
    RetryPolicy: retryPolicy && {
      MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeInSeconds,
      MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
    },
    DeadLetterConfig: deadLetterConfig && { Arn: deadLetterConfig.arn },
  };
}

async function ruleIdentifier(state: Properties, context: ResourceContext): Promise<string> {
  const { region, partition } = context;
  const place = { id: String(state["rule"]), region, partition, accountId: await context.accountId() };
  return eventRuleArn(place, state["eventBusName"]);
}

async function changeTargets(
  state: Properties,
  context: ResourceContext,
  change: (targets: readonly Properties[]) => readonly Properties[],
): Promise<void> {
  const identifier = await ruleIdentifier(state, context);
  const client = await context.clients.cloudControl(context.region);
  const work = async (): Promise<void> => {
    const rule = await readManaged(client, TYPE_NAME, identifier);
    const targets = (rule?.["Targets"] ?? []) as Properties[];
    const value = change(targets);
    if (rule === undefined && value.length === 0) {
      return;
    }
    await patchManaged(client, TYPE_NAME, identifier, [{ op: "add", path: "/Targets", value }]);
  };
  const turn = (queues.get(identifier) ?? Promise.resolve()).then(work, work);
  queues.set(identifier, turn);
  await turn;
}
