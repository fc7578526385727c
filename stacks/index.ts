import * as pulumi from "@pulumi/pulumi";
import { deploy } from "./deploy";
import { requireEnvironment } from "./parse-environment";

const configuration = new pulumi.Config("strongroom").getObject<unknown>("environment");

/** The contract, one stack output a field. */
export = deploy(requireEnvironment(pulumi.getStack(), configuration));
