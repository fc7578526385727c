import { LambdaFunction } from "../../iam/proof";
import { Graph } from "../stack/graph";
import { parseArn } from "../stack/location";
import { Lookup } from "../stack/join";
import { types } from "../stack/resource";
import { functionArn, principalArn } from "./addresses";

/** Lambda functions and the roles they act as; those whose account or role is not known are left out. */
export function functionsOf(graph: Graph): readonly LambdaFunction[] {
  const roles = new Lookup(graph.of(types.role), ["arn"]);
  return graph.of(types.function).flatMap((resource) => {
    const arn = functionArn(resource);
    const link = roles.follow(resource, "role");
    const [inside] = link.kind === "inside" ? link.resources : [];
    const roleArn = link.kind === "outside" ? link.reference : inside && principalArn(inside);
    const accountId = arn === undefined ? undefined : parseArn(arn)?.account;
    return arn === undefined || roleArn === undefined || !accountId ? [] : [{ arn, accountId, roleArn }];
  });
}
