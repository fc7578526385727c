/** A way to have a service run what the caller wrote as a role that the caller passes. */
export interface PassedRole {
  /** Who assumes the role: `iam:PassedToService`, and whom the role's trust policy must let in. */
  readonly service: string;
  /**
   * What has to be allowed besides `iam:PassRole`: each action with the kind of thing that it is about, as the ARN has
   * it after the account. `*`: the action is about no thing in particular; images may be of no account.
   */
  readonly needs: readonly (readonly [action: string, kind: string])[];
}

const INSTANCE = ["instance/", "image/", "network-interface/", "security-group/", "subnet/", "volume/"];

/**
 * Services that run code, or call the API of Secrets Manager and give its answers back, for whoever starts them.
 * Services that use a role for what they do themselves only are left out: their caller does not see the value.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const PASSED_ROLES: readonly PassedRole[] = [
  { service: "lambda.amazonaws.com", needs: [["lambda:CreateFunction", "function:"]] },
  { service: "ec2.amazonaws.com", needs: INSTANCE.map((kind) => ["ec2:RunInstances", kind]) },
  // With a launch template, Auto Scaling asks for ec2:RunInstances of its caller; with a launch configuration it does not.
  {
    service: "ec2.amazonaws.com",
    needs: [
      ["autoscaling:CreateLaunchConfiguration", "launchConfiguration:"],
      ["autoscaling:CreateAutoScalingGroup", "autoScalingGroup:"],
    ],
  },
  {
    service: "ecs-tasks.amazonaws.com",
    needs: [
      ["ecs:RegisterTaskDefinition", "task-definition/"],
      ["ecs:RunTask", "task-definition/"],
    ],
  },
  {
    service: "ecs-tasks.amazonaws.com",
    needs: [
      ["ecs:RegisterTaskDefinition", "task-definition/"],
      ["ecs:CreateService", "service/"],
    ],
  },
  {
    service: "ecs-tasks.amazonaws.com",
    needs: [
      ["batch:RegisterJobDefinition", "job-definition/"],
      ["batch:SubmitJob", "job-definition/"],
    ],
  },
  {
    service: "glue.amazonaws.com",
    needs: [
      ["glue:CreateJob", "job/"],
      ["glue:StartJobRun", "job/"],
    ],
  },
  { service: "glue.amazonaws.com", needs: [["glue:CreateDevEndpoint", "devEndpoint/"]] },
  {
    service: "glue.amazonaws.com",
    needs: [
      ["glue:CreateSession", "session/"],
      ["glue:RunStatement", "session/"],
    ],
  },
  {
    service: "codebuild.amazonaws.com",
    needs: [
      ["codebuild:CreateProject", "project/"],
      ["codebuild:StartBuild", "project/"],
    ],
  },
  { service: "cloudformation.amazonaws.com", needs: [["cloudformation:CreateStack", "stack/"]] },
  {
    service: "sagemaker.amazonaws.com",
    needs: [
      ["sagemaker:CreateNotebookInstance", "notebook-instance/"],
      ["sagemaker:CreatePresignedNotebookInstanceUrl", "notebook-instance/"],
    ],
  },
  { service: "sagemaker.amazonaws.com", needs: [["sagemaker:CreateTrainingJob", "training-job/"]] },
  { service: "sagemaker.amazonaws.com", needs: [["sagemaker:CreateProcessingJob", "processing-job/"]] },
  {
    service: "datapipeline.amazonaws.com",
    needs: [
      ["datapipeline:CreatePipeline", "*"],
      ["datapipeline:PutPipelineDefinition", "pipeline/"],
      ["datapipeline:ActivatePipeline", "pipeline/"],
    ],
  },
  {
    service: "states.amazonaws.com",
    needs: [
      ["states:CreateStateMachine", "stateMachine:"],
      ["states:StartExecution", "stateMachine:"],
    ],
  },
  { service: "ssm.amazonaws.com", needs: [["ssm:StartAutomationExecution", "automation-definition/"]] },
  { service: "tasks.apprunner.amazonaws.com", needs: [["apprunner:CreateService", "service/"]] },
  {
    service: "bedrock-agentcore.amazonaws.com",
    needs: [
      ["bedrock-agentcore:CreateCodeInterpreter", "code-interpreter/"],
      ["bedrock-agentcore:StartCodeInterpreterSession", "code-interpreter/"],
      ["bedrock-agentcore:InvokeCodeInterpreter", "code-interpreter/"],
    ],
  },
];
