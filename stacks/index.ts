import * as pulumi from "@pulumi/pulumi";
import { deploy } from "./deploy";
import { requireEnvironment } from "./parse-environment";
import { reported } from "./reported";

/** The program; its exports are the contract, one stack output a field. */
export = () =>
  reported(() => {
    const configuration = new pulumi.Config("strongroom").getObject<unknown>("environment");
    return deploy(requireEnvironment(pulumi.getStack(), configuration));
  });
