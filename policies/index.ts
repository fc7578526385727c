import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "./pack";
import { rules } from "./rules";
import { rememberWireForm } from "./taint/wire-secrets";

rememberWireForm();

new PolicyPack("strongroom", {
  displayName: "Strongroom",
  description: "Rotation, encryption and least privilege for AWS Secrets Manager and KMS.",
  provider: "aws",
  policies: policiesOf(rules),
});
