/** A way for an identity to get permissions that it was not given; all of its actions are needed. */
export interface EscalationMethod {
  readonly actions: readonly string[];
  /** What it gains, for the message. */
  readonly gain: string;
}

const whatever = "give itself whatever it wants";
const otherUser = "act as another user";
const passedRole = "act with any role that it passes";

/** Services that run something with a role they are passed, and the actions that start it. */
const startedWithRole: readonly (readonly string[])[] = [
  ["ec2:RunInstances"],
  ["lambda:CreateFunction", "lambda:InvokeFunction"],
  ["lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
  ["lambda:CreateFunction", "lambda:AddPermission"],
  ["cloudformation:CreateStack"],
  ["ecs:RegisterTaskDefinition", "ecs:RunTask"],
  ["codebuild:CreateProject", "codebuild:StartBuild"],
  ["glue:CreateDevEndpoint"],
  ["glue:CreateJob", "glue:StartJobRun"],
  ["sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"],
  ["datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"],
  ["ssm:StartAutomationExecution"],
  ["states:CreateStateMachine", "states:StartExecution"],
];

/**
 * The ways that are looked for. Each action is tried on things that no policy is about: an identity that may do it to
 * named ones only may have been given them on purpose.
 */
export const escalationMethods: readonly EscalationMethod[] = [
  ...[
    "iam:CreatePolicyVersion",
    "iam:SetDefaultPolicyVersion",
    "iam:AttachUserPolicy",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:PutUserPolicy",
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
    "iam:AddUserToGroup",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteUserPermissionsBoundary",
  ].map((action) => ({ actions: [action], gain: whatever })),
  ...["iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile"].map((action) => ({
    actions: [action],
    gain: otherUser,
  })),
  { actions: ["iam:UpdateAssumeRolePolicy"], gain: "act as any role" },
  { actions: ["lambda:UpdateFunctionCode"], gain: "act with the role of any function" },
  { actions: ["lambda:UpdateFunctionConfiguration"], gain: "act with the role of any function, by a layer" },
  { actions: ["glue:UpdateDevEndpoint"], gain: "act with the role of any development endpoint" },
  { actions: ["ssm:SendCommand"], gain: "act with the role of any instance" },
  { actions: ["ssm:StartSession"], gain: "act with the role of any instance" },
  ...startedWithRole.map((actions) => ({ actions: ["iam:PassRole", ...actions], gain: passedRole })),
];
