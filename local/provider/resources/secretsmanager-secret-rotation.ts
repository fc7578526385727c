import { hasCode, retryWhile } from "../aws";
import { InputProblem, ResourceContext, ResourceType } from "../resource-type";
import { Properties, isUnknown } from "../values";
import { notMatching, outOfRange } from "./constraints";
import { describe } from "./secretsmanager-describe";

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html */
export const secretRotation: ResourceType = {
  token: "aws:secretsmanager/secretRotation:SecretRotation",
  inputs: {
    rotateImmediately: { kind: "boolean", default: true },
    rotationEnabled: { kind: "boolean", computed: true },
    rotationLambdaArn: { kind: "string" },
    rotationRules: { kind: "object" },
    secretId: { kind: "string", required: true, replaces: true },
  },
  outputs: [],
  check: (inputs) => (inputs["rotationRules"] === undefined ? [] : checkRules(inputs["rotationRules"])),

  async create(inputs, context) {
    await rotate(inputs["secretId"], inputs, context);
    return inputs["secretId"];
  },

  async read(id, _state, { clients, region }) {
    const found = await describe(await clients.secretsManager(region), id);
    if (!found?.RotationEnabled) {
      return undefined;
    }
    const rules = found.RotationRules;
    return {
      secretId: id,
      rotationEnabled: true,
      rotationLambdaArn: found.RotationLambdaARN,
      rotationRules: {
        // AWS computes the days of a schedule expression; they are no part of what was asked for.
        ...(rules?.ScheduleExpression === undefined && {
          automaticallyAfterDays: rules?.AutomaticallyAfterDays,
        }),
        ...(rules?.Duration !== undefined && { duration: rules.Duration }),
        ...(rules?.ScheduleExpression !== undefined && { scheduleExpression: rules.ScheduleExpression }),
      },
    };
  },

  async update(id, change, context) {
    if (change.changed("rotationLambdaArn", "rotationRules")) {
      await rotate(id, change.news, context);
    }
  },

  async delete(id, _state, { clients, region }) {
    const client = await clients.secretsManager(region);
    try {
      await client.cancelRotateSecret({ SecretId: id });
    } catch (error) {
      const gone =
        hasCode(error, "InvalidRequestException") && /deletion|deleted/.test((error as Error).message);
      if (!gone && !hasCode(error, "ResourceNotFoundException")) {
        throw error;
      }
    }
  },
};

async function rotate(
  secretId: string,
  inputs: Properties,
  { clients, region }: ResourceContext,
): Promise<void> {
  const client = await clients.secretsManager(region);
  const rules = inputs["rotationRules"] as Properties | undefined;
  await retryWhile(
    (error) => hasCode(error, "AccessDeniedException") && /Lambda/.test((error as Error).message),
    () =>
      client.rotateSecret({
        SecretId: secretId,
        RotationLambdaARN: inputs["rotationLambdaArn"],
        RotateImmediately: inputs["rotateImmediately"],
        RotationRules: rules && {
          AutomaticallyAfterDays: rules["automaticallyAfterDays"],
          Duration: rules["duration"],
          ScheduleExpression: rules["scheduleExpression"],
        },
      }),
  );
}

function checkRules(rules: Properties): InputProblem[] {
  const given = ["automaticallyAfterDays", "scheduleExpression"].filter((name) => rules[name] !== undefined);
  const known: Properties = Object.fromEntries(
    Object.entries(rules).filter(([, value]) => !isUnknown(value)),
  );
  const problems = [
    ...outOfRange(known, "automaticallyAfterDays", 1, 1000),
    ...notMatching(known, "duration", /^[0-9]{1,2}h$/, "a number of hours such as 3h"),
    ...notMatching(known, "scheduleExpression", /^(rate|cron)\(.+\)$/, "rate(...) or cron(...)"),
    ...(given.length === 1
      ? []
      : [
          {
            property: "automaticallyAfterDays",
            reason: 'exactly one of "automaticallyAfterDays" and "scheduleExpression" must be given',
          },
        ]),
  ];
  return problems.map(({ property, reason }) => ({ property: `rotationRules.${property}`, reason }));
}
