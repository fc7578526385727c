import { isRegion, Problem, regionsProblems, shown } from "../components/model";
import { EnvironmentDraft, ReaderDraft } from "./environment-config";
import { rotationProblems, SecretAt, undeclared } from "./rotation-references";

/** Everything that only several values together show: names used twice or not declared, Regions and accounts that clash. */
export function referenceProblems(draft: EnvironmentDraft): readonly Problem[] {
  const secrets = (draft.secrets ?? []).flatMap((secret, index) =>
    secret === undefined ? [] : [{ secret, path: `secrets[${index}]` }],
  );
  return [
    ...regionProblems(draft),
    ...workloadProblems(draft),
    ...nameProblems(secrets),
    ...secrets.flatMap((at) => grantProblems(at, draft)),
    ...secrets.flatMap((at) => rotationProblems(at, secrets, draft)),
    ...managedProblems(draft),
    ...(draft.readers ?? []).flatMap((reader, index) =>
      reader === undefined ? [] : readerProblems(reader, `readers[${index}]`, secrets, draft),
    ),
  ];
}

function regionProblems({ regions }: EnvironmentDraft): readonly Problem[] {
  const { primary, replicas } = regions ?? {};
  if (primary === undefined || replicas === undefined || replicas.includes(undefined)) return [];
  return regionsProblems({ primary, replicas: replicas as readonly string[] });
}

function workloadProblems(draft: EnvironmentDraft): readonly Problem[] {
  const used = [draft.regions?.primary, ...(draft.regions?.replicas ?? [])];
  const regionsAreSound = draft.regions !== undefined && regionProblems(draft).length === 0;
  return Object.entries(draft.workloads ?? {}).flatMap(([name, workload]) => {
    if (workload === undefined) return [];
    const path = `workloads.${name}`;
    const networks = Object.keys(workload.networks ?? {});
    const foreign = networks.filter(
      (region) => regionsAreSound && isRegion(region) && !used.includes(region),
    );
    return [
      ...foreign.map((region) => ({
        path: `${path}.networks.${region}`,
        expected: `a Region of this environment (${used.join(", ")})`,
        got: shown(region),
      })),
      ...(workload.networks !== undefined && networks.length === 0
        ? [{ path: `${path}.networks`, expected: "a VPC in at least one Region", got: "none" }]
        : []),
    ];
  });
}

/** A provider is there for each account of the environment, and no other. */
function managedProblems({ central, workloads, managedRotations }: EnvironmentDraft): readonly Problem[] {
  const workloadIds = Object.values(workloads ?? {}).map((workload) => workload?.accountId);
  const accountIds = [central?.accountId, ...workloadIds];
  if (accountIds.includes(undefined)) return [];
  return Object.entries(managedRotations ?? {}).flatMap(([name, managed]) => {
    const accountId = managed?.secretArn?.split(":")[4];
    const expected = "a secret of the central account or of a workload's";
    return accountId === undefined || accountIds.includes(accountId)
      ? []
      : [{ path: `managedRotations.${name}.secretArn`, expected, got: shown(accountId) }];
  });
}

function nameProblems(secrets: readonly SecretAt[]): readonly Problem[] {
  const names = secrets.map(({ secret }) => secret.name);
  return secrets.flatMap(({ secret: { name }, path }, index) =>
    name === undefined || names.indexOf(name) === index
      ? []
      : [{ path: `${path}.name`, expected: "a name that no secret before has", got: shown(name) }],
  );
}

function grantProblems({ secret, path }: SecretAt, draft: EnvironmentDraft): readonly Problem[] {
  const workloads = (secret.grants ?? []).map((grant) => grant?.workload);
  return workloads.flatMap((name, index) => {
    const here = `${path}.grants[${index}].workload`;
    const unknown = undeclared(
      here,
      name,
      draft.workloads,
      "an account of this organisation, under workloads",
    );
    const twice = name !== undefined && workloads.indexOf(name) < index;
    return twice
      ? [...unknown, { path: here, expected: "one grant for each workload", got: `${shown(name)} again` }]
      : unknown;
  });
}

function readerProblems(
  reader: ReaderDraft,
  path: string,
  secrets: readonly SecretAt[],
  draft: EnvironmentDraft,
): readonly Problem[] {
  const { workload, role } = reader;
  const trusted = [...(reader.trust?.services ?? []), ...(reader.trust?.principals ?? [])];
  const ungranted = (reader.secrets ?? []).flatMap((name, index) => {
    const secret = secrets.find((other) => other.secret.name === name)?.secret;
    const grant = secret?.grants?.find((it) => it?.workload === workload);
    return name === undefined || role === undefined || grant?.roles?.includes(role) === true
      ? []
      : [
          {
            path: `${path}.secrets[${index}]`,
            expected: `a secret granted to ${role} of ${workload}`,
            got: shown(name),
          },
        ];
  });
  return [
    ...undeclared(`${path}.workload`, workload, draft.workloads, "the name of a workload"),
    ...(reader.trust !== undefined && trusted.length === 0
      ? [{ path: `${path}.trust`, expected: "at least one service or principal", got: "none" }]
      : []),
    ...ungranted,
  ];
}
