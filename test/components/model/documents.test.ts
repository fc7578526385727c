import { parsePolicy, renderPolicy } from "../../../iam";
import { strict as assert } from "assert";
import {
  endpointPolicy,
  keyPolicy,
  readerPolicy,
  rotationRolePolicy,
  secretPolicy,
  trustPolicy,
} from "../../../components/model";
import { grantedArns, readerAccess } from "../../../stacks/environment-documents";
import { assertGolden } from "../../support/golden";
import { localEnvironment } from "../../support/local-environment";

const { organizationId, centralAccountId, secrets, workloads, readers } = localEnvironment();
const primary = { accountId: centralAccountId, region: "eu-west-1" };
const replica = { accountId: centralAccountId, region: "eu-central-1" };
const grantsOf = (name: string) => secrets.find((secret) => secret.name === name)!.grants;
const orders = workloads.find(({ name }) => name === "orders")!;
const environment = localEnvironment();

const documents = {
  "secret-policy.orders-database": [
    "resource",
    secretPolicy({ organizationId, grants: grantsOf("orders/database") }),
  ],
  "secret-policy.orders-database-admin": ["resource", secretPolicy({ organizationId, grants: [] })],
  "key-policy.eu-west-1": ["key", keyPolicy({ location: primary, organizationId, secrets })],
  "key-policy.eu-central-1": ["key", keyPolicy({ location: replica, organizationId, secrets })],
  "endpoint-policy.orders-eu-central-1": [
    "endpoint",
    endpointPolicy({ organizationId, secretArns: grantedArns(environment, orders, "eu-central-1") }),
  ],
  "reader-policy.billing-service": [
    "identity",
    readerPolicy(
      readerAccess(
        environment,
        readers.find(({ roleName }) => roleName === "billing-service")!,
      ),
    ),
  ],
  "rotation-role-policy.orders-database": [
    "identity",
    rotationRolePolicy({
      location: primary,
      secretName: "orders/database",
      adminSecretName: "orders/database-admin",
      functionName: "strongroom-rotate-orders_database",
      replicaRegions: ["eu-central-1"],
      inVpc: true,
    }),
  ],
  "rotation-role-policy.orders-database-admin": [
    "identity",
    rotationRolePolicy({
      location: primary,
      secretName: "orders/database-admin",
      functionName: "strongroom-rotate-orders_database-admin",
      replicaRegions: [],
      inVpc: false,
    }),
  ],
  "trust-policy.billing-service": ["trust", trustPolicy(readers[1]!.trust)],
} as const;

describe("rendered documents of the environment local", () => {
  for (const [name, [kind, document]] of Object.entries(documents)) {
    it(name, () => assertGolden(name, document));

    it(`${name} is in AWS's grammar`, () => {
      const parsed = parsePolicy(renderPolicy(document), kind);
      assert.ok(parsed.ok, JSON.stringify(parsed));
    });
  }
});
