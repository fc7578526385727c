import { attachedText } from "../core/compiled-policies";
import { Authorization, Call } from "../core/operation";
import { findFunction, FunctionReference, functions, parseReference, placeOf } from "./function-record";

/** What a caller needs for an action on a function, with the function's own policy. */
export function onFunction(
  call: Call,
  action: string,
  input: { readonly FunctionName: string; readonly Qualifier?: string },
): Authorization {
  return onReference(call, action, parseReference(input.FunctionName, input.Qualifier, call));
}

export function onReference(call: Call, action: string, reference: FunctionReference): Authorization {
  const { accountId, name, qualifier } = reference;
  const arn = qualifier === undefined ? reference.arn : `${reference.arn}:${qualifier}`;
  const statements = functions(call.store).get(placeOf(reference))?.statements ?? [];
  const policy = JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements });
  const tags = Object.entries(findFunction(call.store, reference)?.tags ?? {});
  return {
    action: `lambda:${action}`,
    resource: { arn, accountId },
    ...(statements.length > 0 && { resourcePolicy: attachedText(`policy of function ${name}`, policy) }),
    context: {
      "lambda:functionarn": arn,
      ...Object.fromEntries(tags.map(([key, value]) => [`aws:resourcetag/${key.toLowerCase()}`, value])),
    },
  };
}

/** A role is handed to Lambda: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
export function passRole(role: string): Authorization {
  return {
    action: "iam:PassRole",
    resource: { arn: role, accountId: role.split(":")[4] ?? "" },
    context: { "iam:passedtoservice": "lambda.amazonaws.com" },
  };
}
