/** A way to come to a secret's value that the proof does not look for, and why. */
export interface WayNotFollowed {
  /** Permissions, such as `ssm:StartSession`, or what somebody does. */
  readonly by: string;
  readonly reason: string;
}

const NOT_IN_WORLD = "the world does not say what runs as which role there";

/**
 * What "nobody else can bring it about" does not cover. Whoever has one of these permissions has to be judged without
 * the proof.
 */
export const WAYS_NOT_FOLLOWED: readonly WayNotFollowed[] = [
  { by: "ssm:SendCommand or ssm:StartSession on an instance with a role", reason: NOT_IN_WORLD },
  { by: "ecs:ExecuteCommand on a task with a role", reason: NOT_IN_WORLD },
  { by: "codebuild:StartBuild or codebuild:UpdateProject on a project with a role", reason: NOT_IN_WORLD },
  { by: "glue:UpdateJob or glue:StartJobRun on a job with a role", reason: NOT_IN_WORLD },
  { by: "cloudformation:UpdateStack on a stack with a role", reason: NOT_IN_WORLD },
  { by: "states:UpdateStateMachine on a state machine with a role", reason: NOT_IN_WORLD },
  { by: "sagemaker:CreatePresignedNotebookInstanceUrl on a notebook with a role", reason: NOT_IN_WORLD },
  {
    by: "elasticmapreduce:RunJobFlow with iam:PassRole",
    reason: "it takes a second role, of the service's own, and whether there is one is not known",
  },
  {
    by: "cognito-identity:SetIdentityPoolRoles",
    reason:
      "who gets an identity from a pool is not in the world; roles that trust a pool are followed by its claims",
  },
  {
    by: "permissions given to a principal that reads nothing itself, for it to act as a reader",
    reason: "only principals that read themselves once they are given any policies are looked at",
  },
  {
    by: "secretsmanager:UpdateSecret to a key that is not in the world",
    reason: "who may use such a key is not known",
  },
  {
    by: "iam:PassRole or iam:CreateRole with what a policy names by variables, such as ${aws:username}, and in no other way",
    reason: "names for what a caller makes are taken from patterns without variables",
  },
];
