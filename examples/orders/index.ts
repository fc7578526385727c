import * as pulumi from "@pulumi/pulumi";
import { consume } from "../../stacks/contract";
import { reported } from "../../stacks/reported";
import { deployOrders } from "./deploy-orders";

/** The program: what the environment exports, by stack reference, and what the application makes of it. */
export = () =>
  reported(async () => {
    const config = new pulumi.Config("orders");
    const contract = await consume(new pulumi.StackReference(config.require("environment")));
    return deployOrders(contract, config.require("deployRole"));
  });
