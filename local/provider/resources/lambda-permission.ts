import type { FunctionUrlAuthType } from "@aws-sdk/client-lambda";
import { hasCode } from "../aws";
import { ResourceType } from "../resource-type";
import { Properties } from "../values";
import { notMatching } from "./constraints";

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const lambdaPermission: ResourceType = {
  token: "aws:lambda/permission:Permission",
  inputs: {
    action: { kind: "string", required: true, replaces: true },
    eventSourceToken: { kind: "string", replaces: true },
    function: { kind: "string", required: true, replaces: true },
    functionUrlAuthType: { kind: "string", replaces: true },
    principal: { kind: "string", required: true, replaces: true },
    principalOrgId: { kind: "string", replaces: true },
    qualifier: { kind: "string", replaces: true },
    sourceAccount: { kind: "string", replaces: true },
    sourceArn: { kind: "string", replaces: true },
    statementId: { kind: "string", replaces: true, computed: true },
    statementIdPrefix: { kind: "string", replaces: true },
  },
  outputs: [],
  autoName: { property: "statementId", maxLength: 100 },
  check: (inputs) => [
    ...notMatching(inputs, "sourceAccount", /^\d{12}$/, "an account id of 12 digits"),
    ...notMatching(
      inputs,
      "statementId",
      /^[A-Za-z0-9_-]{1,100}$/,
      "only letters, digits, hyphens and underscores",
    ),
  ],

  async create(inputs, { clients, region }) {
    const lambda = await clients.lambda(region);
    const statementId: string = inputs["statementId"] ?? `${inputs["statementIdPrefix"]}${Date.now()}`;
    await lambda.addPermission({
      FunctionName: inputs["function"],
      StatementId: statementId,
      Action: inputs["action"],
      Principal: inputs["principal"],
      SourceAccount: inputs["sourceAccount"],
      SourceArn: inputs["sourceArn"],
      PrincipalOrgID: inputs["principalOrgId"],
      EventSourceToken: inputs["eventSourceToken"],
      FunctionUrlAuthType: inputs["functionUrlAuthType"] as FunctionUrlAuthType,
      Qualifier: inputs["qualifier"],
    });
    return statementId;
  },

  /** An import's id is `function/statement`, since a statement's id says nothing of its function. */
  async read(id, state, { clients, region }) {
    const lambda = await clients.lambda(region);
    const [statementId, name] = id.includes("/")
      ? (id.split("/").reverse() as [string, string])
      : [id, state["function"]];
    try {
      const { Policy } = await lambda.getPolicy({ FunctionName: name, Qualifier: state["qualifier"] });
      const statements = (JSON.parse(Policy!) as { Statement: Properties[] }).Statement;
      const statement = statements.find((entry) => entry["Sid"] === statementId);
      return statement && { statementId, function: name, ...attributesOf(statement) };
    } catch (error) {
      if (hasCode(error, "ResourceNotFoundException")) {
        return undefined;
      }
      throw error;
    }
  },

  async delete(id, state, { clients, region }) {
    const lambda = await clients.lambda(region);
    try {
      await lambda.removePermission({
        FunctionName: state["function"],
        StatementId: id.split("/").pop(),
        Qualifier: state["qualifier"],
      });
    } catch (error) {
      if (!hasCode(error, "ResourceNotFoundException")) {
        throw error;
      }
    }
  },
};

function attributesOf(statement: Properties): Properties {
  const principal = statement["Principal"];
  const conditions: Record<string, string> = Object.assign(
    {},
    ...Object.values(statement["Condition"] ?? {}),
  );
  const condition = (key: string): string | undefined =>
    Object.entries(conditions).find(([name]) => name.toLowerCase() === key)?.[1];
  const account = /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(principal?.AWS ?? "");
  return {
    action: statement["Action"],
    principal:
      typeof principal === "string" ? principal : (principal?.Service ?? account?.[1] ?? principal?.AWS),
    sourceAccount: condition("aws:sourceaccount"),
    sourceArn: condition("aws:sourcearn"),
    principalOrgId: condition("aws:principalorgid"),
  };
}
