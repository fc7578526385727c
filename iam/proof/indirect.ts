import { compilePolicy } from "../compiled-policy";
import { AttachedPolicy } from "../decision";
import { Access, CopyAnswer, IndirectAccess, PathStep, Who } from "./answer";
import { Becoming, stepOf } from "./becoming";
import { nameOf } from "./class-names";
import { OperationFrames } from "./frame";
import { operationsOf } from "./operations";
import { accessesOf } from "./prove-operation";
import { Prover } from "./prover";
import { NamedPrincipal, SecretCopy } from "./world";

const OPEN: AttachedPolicy = {
  source: "a policy that lets everyone in",
  policy: compilePolicy({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
  }),
};

/** How what an operation changes can look afterwards, in the frames of reading. */
const CHANGES: Readonly<Record<string, (reading: OperationFrames) => OperationFrames>> = {
  PutResourcePolicy: (reading) => withPolicy(reading, "secretsmanager:", OPEN),
  DeleteResourcePolicy: (reading) => withPolicy(reading, "secretsmanager:", undefined),
  PutKeyPolicy: (reading) => withPolicy(reading, "kms:", OPEN),
  CreateGrant: (reading) => withPolicy(reading, "kms:", OPEN),
  // The copy has a key of the caller's choice.
  ReplicateSecretToRegions: (reading) => withPolicy(reading, "kms:", OPEN),
};

function withPolicy(
  reading: OperationFrames,
  prefix: string,
  policy: AttachedPolicy | undefined,
): OperationFrames {
  return {
    ...reading,
    frames: reading.frames.map((frame) => {
      if (!frame.action.startsWith(prefix)) return frame;
      const { policy: _, ...rest } = frame;
      return policy === undefined ? rest : { ...rest, policy };
    }),
  };
}

interface Path {
  readonly steps: readonly PathStep[];
  readonly reader: Who;
}

/** Those who cannot read a copy of a secret and can bring it about, with the shortest path of each. */
export function indirectAccesses(
  copy: SecretCopy,
  answer: CopyAnswer,
  prover: Prover,
  becoming: Becoming,
): readonly IndirectAccess[] {
  const [reading] = operationsOf("read", copy, prover.index);
  if (reading === undefined) return [];
  const readers = new Map(answer.accesses.read.map((access) => [nameOf(access.who), access.who]));
  const paths = new Map<string, { readonly who: Who; readonly path: Path }>();
  const queue: { readonly who: Who; readonly path: Path }[] = [];
  const add = (who: Who, path: Path) => {
    const name = nameOf(who);
    if (readers.has(name) || paths.has(name)) return;
    const found = { who, path };
    paths.set(name, found);
    queue.push(found);
  };
  for (const { who, step, reader } of changes(copy, reading, answer, readers, prover))
    add(who, { steps: [step], reader });
  for (const { step, reader } of widenings(reading, readers, prover, becoming))
    add(step.who, { steps: [step], reader });
  for (const who of readers.values()) {
    for (const step of waysToBe(who, prover, becoming)) add(step.who, { steps: [step], reader: who });
  }
  for (let next = 0; next < queue.length; next++) {
    const { who, path } = queue[next]!;
    for (const step of waysToBe(who, prover, becoming)) {
      add(step.who, { steps: [step, ...path.steps], reader: path.reader });
    }
  }
  return [...paths.values()].map(({ who, path }) => ({
    who,
    path: path.steps,
    reader: path.reader,
    region: copy.region,
  }));
}

function waysToBe(who: Who, prover: Prover, becoming: Becoming): readonly PathStep[] {
  const principal = who.kind === "principal" ? prover.index.principal(who.arn) : undefined;
  return principal === undefined ? [] : becoming.of(principal);
}

/** Those who can change a policy so that they, or else someone else, read. */
function changes(
  copy: SecretCopy,
  reading: OperationFrames,
  answer: CopyAnswer,
  readers: ReadonlyMap<string, Who>,
  prover: Prover,
): readonly { readonly who: Who; readonly step: PathStep; readonly reader: Who }[] {
  const newReaders = new Map<string, readonly Access[]>();
  return answer.accesses["change-policy"].flatMap((access) => {
    const change = CHANGES[access.operation];
    if (change === undefined || readers.has(nameOf(access.who))) return [];
    let found = newReaders.get(access.operation);
    if (found === undefined) {
      found = accessesOf(change(reading), prover).filter(({ who }) => !readers.has(nameOf(who)));
      newReaders.set(access.operation, found);
    }
    const own = found.find(({ who }) => nameOf(who) === nameOf(access.who)) ?? found[0];
    if (own === undefined) return [];
    const isOfKey = access.operation === "PutKeyPolicy" || access.operation === "CreateGrant";
    const by = `${isOfKey ? "kms" : "secretsmanager"}:${access.operation}`;
    return [{ who: access.who, step: stepOf(access, by, isOfKey ? copy.key : copy.arn), reader: own.who }];
  });
}

/** Those who can give a principal the permissions that it lacks to be a reader. */
function widenings(
  reading: OperationFrames,
  readers: ReadonlyMap<string, Who>,
  prover: Prover,
  becoming: Becoming,
): readonly { readonly step: PathStep; readonly reader: Who }[] {
  return prover.principalsWithin(reading).flatMap((principal) => {
    const { arn, accountId } = principal;
    const reader: Who = { kind: "principal", arn, accountId };
    if (readers.has(nameOf(reader))) return [];
    return becoming
      .widenings(principal)
      .filter(({ changed }) => reads(changed, reading, prover))
      .flatMap(({ steps }) => steps().map((step) => ({ step, reader })));
  });
}

function reads(principal: NamedPrincipal, reading: OperationFrames, prover: Prover): boolean {
  return prover
    .appearancesOf(principal, reading)
    .some((subject) => prover.solution(reading, subject).under.length > 0);
}
