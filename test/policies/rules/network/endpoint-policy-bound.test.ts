import { endpointPolicyBound } from "../../../../policies/rules/network/endpoint-policy-bound";
import { testRule, violates, waits } from "../../support/cases";
import { policy, resource, unknownText } from "../../support/stack";

const fix =
  "Set a policy that allows principals of your organisation only, with aws:PrincipalOrgID, or your secrets only.";
const endpoint = (document: string | undefined, service = "secretsmanager", extra = {}) =>
  resource("vpcEndpoint", "secrets", {
    props: {
      id: "vpce-1",
      vpcEndpointType: "Interface",
      serviceName: `com.amazonaws.eu-west-1.${service}`,
      ...(document === undefined ? {} : { policy: document }),
    },
    ...extra,
  });
const everything = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const organization = { "aws:PrincipalOrgID": "o-strongroom" };
const open = (who: string) => [
  violates(
    "secrets",
    `the policy of VpcEndpoint "secrets" lets through ${who}, to what belongs to others. ${fix}`,
  ),
];
const anybody = open("anybody, without credentials");
const none = [
  violates("secrets", `VpcEndpoint "secrets" has the policy of AWS, which allows everything. ${fix}`),
];

testRule(endpointPolicyBound, [
  { name: "no policy", stack: [endpoint(undefined)], says: none },
  { name: "an empty policy", stack: [endpoint("")], says: none },
  { name: "another service", stack: [endpoint(undefined, "s3")], says: [] },
  { name: "AWS's policy, written out", stack: [endpoint(policy(everything))], says: anybody },
  ...["kms", "ssm"].map((service) => ({
    name: `the same for ${service}`,
    stack: [endpoint(policy(everything), service)],
    says: anybody,
  })),
  {
    name: "principals of the organisation",
    stack: [endpoint(policy({ ...everything, Condition: { StringEquals: organization } }))],
    says: [],
  },
  ...["kms", "ssm"].map((service) => ({
    name: `principals of the organisation for ${service}`,
    stack: [endpoint(policy({ ...everything, Condition: { StringEquals: organization } }), service)],
    says: [],
  })),
  {
    name: "if there are any",
    stack: [endpoint(policy({ ...everything, Condition: { StringEqualsIfExists: organization } }))],
    says: anybody,
  },
  {
    name: "everybody of AWS",
    stack: [endpoint(policy({ ...everything, Condition: { StringLike: { "aws:PrincipalOrgID": "*" } } }))],
    says: open("any AWS account of another organisation"),
  },
  {
    name: "resources of the organisation",
    stack: [
      endpoint(
        policy({ ...everything, Condition: { StringEquals: { "aws:ResourceOrgID": "o-strongroom" } } }),
      ),
    ],
    says: [],
  },
  {
    name: "resources of an account",
    stack: [
      endpoint(
        policy({ ...everything, Condition: { StringEquals: { "aws:ResourceAccount": "111111111111" } } }),
      ),
    ],
    says: [],
  },
  {
    name: "secrets of an account",
    stack: [endpoint(policy({ ...everything, Resource: "arn:aws:secretsmanager:*:111111111111:secret:*" }))],
    says: [],
  },
  {
    name: "secrets of any account",
    stack: [endpoint(policy({ ...everything, Resource: "arn:aws:secretsmanager:*:*:secret:*" }))],
    says: anybody,
  },
  {
    name: "a principal of an account",
    stack: [endpoint(policy({ ...everything, Principal: { AWS: "111111111111" } }))],
    says: [],
  },
  {
    name: "writing is enough to carry data out",
    stack: [endpoint(policy({ ...everything, Action: "secretsmanager:PutSecretValue" }))],
    says: anybody,
  },
  ...[
    ["secretsmanager:GetSecretValue", "secretsmanager"],
    ["kms:Decrypt", "kms"],
    ["ssm:GetParameter", "ssm"],
  ].map(([Action, service]) => ({
    name: `so is ${Action}`,
    stack: [endpoint(policy({ ...everything, Action }), service)],
    says: anybody,
  })),
  ...[
    ["kms", "key"],
    ["ssm", "parameter"],
  ].flatMap(([service, kind]) => [
    {
      name: `a ${kind} of any account`,
      stack: [endpoint(policy({ ...everything, Resource: `arn:aws:${service}:*:*:${kind}/*` }), service)],
      says: anybody,
    },
    {
      name: `a ${kind} of an account`,
      stack: [
        endpoint(policy({ ...everything, Resource: `arn:aws:${service}:*:111111111111:${kind}/*` }), service),
      ],
      says: [],
    },
  ]),
  {
    name: "resources of any organisation",
    stack: [endpoint(policy({ ...everything, Condition: { StringLike: { "aws:ResourceOrgID": "o-*" } } }))],
    says: anybody,
  },
  {
    name: "more conditions than can be tried",
    stack: [
      endpoint(
        policy({
          ...everything,
          Condition: {
            StringEquals: {
              ...Object.fromEntries([...Array(10).keys()].map((key) => [`aws:RequestTag/${key}`, "x"])),
              "aws:PrincipalOrgID": "o-strongroom",
            },
          },
        }),
      ),
    ],
    says: [
      waits(
        "secrets",
        'the policy of VpcEndpoint "secrets" has too many combinations of conditions to try / a simpler policy',
      ),
    ],
  },
  {
    name: "listing is not",
    stack: [endpoint(policy({ ...everything, Action: "secretsmanager:ListSecrets" }))],
    says: [],
  },
  {
    name: "encrypting is",
    stack: [endpoint(policy({ ...everything, Action: "kms:Encrypt" }), "kms")],
    says: anybody,
  },
  {
    name: "putting a parameter is",
    stack: [endpoint(policy({ ...everything, Action: "ssm:PutParameter" }), "ssm")],
    says: anybody,
  },
  {
    name: "a policy in a resource of its own",
    stack: [
      endpoint(undefined),
      resource("vpcEndpointPolicy", "open", {
        props: { vpcEndpointId: "vpce-1", policy: policy(everything) },
      }),
    ],
    says: [
      violates(
        "open",
        `the policy of VpcEndpointPolicy "open" lets through anybody, without credentials, to what belongs to others. ${fix}`,
      ),
    ],
  },
  {
    name: "a sound one in a resource of its own",
    stack: [
      endpoint(undefined),
      resource("vpcEndpointPolicy", "bound", {
        props: {
          vpcEndpointId: "vpce-1",
          policy: policy({ ...everything, Condition: { StringEquals: organization } }),
        },
      }),
    ],
    says: [],
  },
  {
    name: "an unknown policy",
    stack: [endpoint(unknownText, "secretsmanager", { from: { policy: [resource("secret", "orders")] } })],
    says: [
      waits("secrets", 'the policy of VpcEndpoint "secrets" is not known / the outputs of Secret "orders"'),
    ],
  },
  {
    name: "no JSON",
    stack: [endpoint("{")],
    says: [
      violates(
        "secrets",
        'the policy of VpcEndpoint "secrets" cannot be read: it is not JSON. Correct the document.',
      ),
    ],
  },
]);
