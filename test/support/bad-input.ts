import { strict as assert } from "assert";
import { RotationSettings } from "../../components/model/rotation-settings";
import { Strategy } from "../../rotation-lambdas/strategy";
import { rotationHandler } from "../../rotation-lambdas/handler";
import { RotationError } from "../../rotation-lambdas/rotation-error";
import { TimeBudget } from "../../rotation-lambdas/time-budget";
import { FakeSecrets } from "./fake-secrets";

const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"];

export interface BadRotation {
  readonly settings: RotationSettings;
  readonly strategy: Strategy<any>;
  readonly secrets: FakeSecrets;
  readonly secretArn: string;
  /** Texts that must be seen nowhere. */
  readonly hidden: readonly string[];
  /** Done before a step, such as an edit of the secret by somebody else. */
  readonly before?: Readonly<Record<string, () => void | Promise<void>>>;
  /** Milliseconds that Lambda leaves. @default 20000 */
  readonly remainingMs?: number;
}

/** Whether the function may do its work, as `strongroom rotation check` asks. @returns `passed`, or the error's code */
export async function preflightOf({ settings, strategy, secrets, secretArn }: BadRotation): Promise<string> {
  const current = strategy.parse(JSON.stringify(secrets.value(secretArn, "AWSCURRENT")));
  const absent = async () => undefined;
  const surroundings = { settings, secretArn, versionId: "", budget: TimeBudget.within(10000) };
  const from = {
    ...surroundings,
    previous: absent,
    stored: absent,
    readSecret: async () => "absent" as const,
  };
  try {
    await strategy.preflight!({ ...from, current: current.ok ? current.value : undefined });
    return "passed";
  } catch (error) {
    return (error as RotationError).code;
  }
}

/**
 * Rotates until a step fails.
 *
 * @returns `<step>: <code>`, or `promoted`; fails when a log line or the error shows a secret
 */
export async function failureOfRotation(rotation: BadRotation): Promise<string> {
  const { settings, strategy, secrets, secretArn, before = {}, remainingMs = 20000 } = rotation;
  const lines: string[] = [];
  const versions = () => secrets.client();
  const handler = rotationHandler({ settings, strategy, versions, writeLine: (line) => lines.push(line) });
  const token = secrets.startRotation(secretArn);
  const shown: string[] = [];
  let outcome = "promoted";
  for (const Step of steps) {
    await before[Step]?.();
    const event = { Step, SecretId: secretArn, ClientRequestToken: token };
    try {
      await handler(event, { getRemainingTimeInMillis: () => remainingMs });
    } catch (error) {
      shown.push(`${(error as Error).message} ${(error as Error).stack}`);
      outcome = `${Step}: ${JSON.parse(lines.at(-1)!).code}`;
      break;
    }
  }
  if (outcome === "promoted") secrets.endRotation(secretArn, token);
  const made = secrets.puts.flatMap(({ text }) => strategy.secretTexts(JSON.parse(text)));
  const written = [...lines, ...shown].join("\n");
  assert.deepEqual(
    [...rotation.hidden, ...made].filter((secret) => written.includes(secret)),
    [],
    "nothing leaks",
  );
  return outcome;
}
