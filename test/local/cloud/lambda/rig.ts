import { CreateFunctionCommandInput, InvokeCommandOutput, Lambda } from "@aws-sdk/client-lambda";
import { strToU8, zipSync } from "fflate";
import { RoleRecord, roles } from "../../../../local/cloud/iam/records";
import { SECRETS, startCloud, TestCloud } from "../../../support/local-cloud";

/** A cloud with a role for functions in the secrets account, and a client there. */
export interface LambdaRig {
  readonly cloud: TestCloud;
  readonly lambda: Lambda;
  readonly role: string;
  /** Makes a function of one file. */
  create(source: string, settings?: Partial<CreateFunctionCommandInput>): Promise<string>;
  /** Invokes it and reads the answer. */
  invoke(name: string, event?: unknown): Promise<{ answer: any; output: InvokeCommandOutput; log: string }>;
}

export async function lambdaRig(): Promise<LambdaRig> {
  const cloud = await startCloud();
  const role = addRole(cloud, "function-role", "lambda.amazonaws.com");
  const lambda = new Lambda(cloud.clientConfig(SECRETS));
  let count = 0;
  return {
    cloud,
    lambda,
    role,
    async create(source, settings = {}) {
      const name = `function-${++count}`;
      const code = { ZipFile: zip({ "index.js": source }) };
      await lambda.createFunction({
        ...{ FunctionName: name, Role: role, Code: code, Handler: "index.handler", Runtime: "nodejs22.x" },
        ...settings,
      });
      return settings.FunctionName ?? name;
    },
    async invoke(name, event) {
      const payload = event === undefined ? undefined : JSON.stringify(event);
      const output = await lambda.invoke({ FunctionName: name, Payload: payload, LogType: "Tail" });
      const text = Buffer.from(output.Payload!).toString();
      const log = Buffer.from(output.LogResult!, "base64").toString();
      return { answer: JSON.parse(text), output, log };
    },
  };
}

/** A role that the service may assume, allowed everything in its account. @returns its ARN */
export function addRole({ cloud }: TestCloud, name: string, service: string): string {
  const arn = `arn:aws:iam::${SECRETS}:role/${name}`;
  const statement = { Effect: "Allow", Action: "*", Resource: "*" };
  const trust = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
  const record: RoleRecord = {
    ...{
      accountId: SECRETS,
      name,
      path: "/",
      uniqueId: `AROA${name.toUpperCase()}`,
      arn,
      createdAt: 0,
      tags: {},
    },
    inlinePolicies: { all: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) },
    attachedPolicyArns: [],
    trustPolicy: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
    maxSessionSeconds: 3600,
  };
  cloud.store.transaction(() => roles(cloud.store).put(`${SECRETS}/${name}`, record));
  return arn;
}

export function zip(files: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}
