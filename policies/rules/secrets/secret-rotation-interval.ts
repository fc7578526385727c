import { undecided, violation } from "../../findings";
import { input, label, Resource, types } from "../../stack/resource";
import { Finding, resourceRule } from "../../rule";
import { ConfigOf } from "../../setting";
import { Cadence, cadence } from "../../facts/rotation/schedule";
import { read, readNumber, readString } from "../../stack/tri-state";

const minutesPerDay = 24 * 60;

const settings = {
  maximumDays: {
    type: "integer",
    minimum: 1,
    maximum: 1000,
    default: 90,
    description: "Longest time between two rotations, with the rotation window.",
  },
  countDefaultWindow: {
    type: "boolean",
    default: false,
    description:
      "Also count the window that AWS applies where the schedule names none: to the end of the UTC day, or one " +
      "hour for a schedule in hours.",
  },
} as const;

const remediation =
  "Rotate more often: set rotationRules so that the longest gap and the window fit in the limit";

const cadences = new Map<string, Cadence>();

/** SM-03. */
export const secretRotationInterval = resourceRule({
  id: "secret-rotation-interval",
  code: "SM-03",
  title: "The longest time between two rotations is within the limit",
  severity: "medium",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "8.6.3" },
    { name: "NIST SP 800-53", version: "5", reference: "AC-2(1)" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_304"],
    securityHub: ["SecretsManager.4"],
    awsConfig: ["secretsmanager-secret-periodic-rotation"],
  },
  remediation,
  settings,
  appliesTo: types.secretRotation,
  check: (rotation, config) => {
    const where = label(rotation);
    if (input(rotation, read, "rotationRules").state === "unknown") return [notKnown(rotation)];
    const days = readNumber(rotation.props, "rotationRules", "automaticallyAfterDays");
    const expression = readString(rotation.props, "rotationRules", "scheduleExpression");
    const duration = readString(rotation.props, "rotationRules", "duration");
    if ([days, expression, duration].some((value) => value.state === "unknown")) return [notKnown(rotation)];
    const named = duration.state === "known" ? duration.value : undefined;
    if (expression.state === "known" && expression.value !== "") {
      return judge(rotation, lookUp(expression.value), expression.value, named, config);
    }
    if (days.state === "known" && days.value > 0) {
      const every: Cadence = { kind: "fires", worstGapMinutes: days.value * minutesPerDay };
      return judge(rotation, every, `rate(${days.value} days)`, named, config);
    }
    const managed = input(rotation, readString, "rotationLambdaArn").state === "absent";
    return managed ? [] : [violation(rotation, `${where} has no schedule`, remediation)];
  },
});

function notKnown(rotation: Resource): Finding {
  return undecided(
    rotation,
    `the schedule of ${label(rotation)} is not known`,
    "the value of `rotationRules`",
  );
}

function judge(
  rotation: Resource,
  found: Cadence,
  expression: string,
  duration: string | undefined,
  config: ConfigOf<typeof settings>,
): readonly Finding[] {
  const where = label(rotation);
  switch (found.kind) {
    case "invalid":
      return [violation(rotation, `the schedule of ${where} cannot be read: ${found.reason}`, remediation)];
    case "never":
      return [violation(rotation, `the schedule of ${where} never comes due`, remediation)];
    case "ends":
      return [
        violation(rotation, `the schedule of ${where} ends with the year ${found.lastYear}`, remediation),
      ];
    case "fires": {
      const window = windowMinutes(expression, duration, config.countDefaultWindow);
      const worst = found.worstGapMinutes + window;
      if (worst <= config.maximumDays * minutesPerDay) return [];
      const parts =
        window === 0 ? "" : ` (${inDays(found.worstGapMinutes)} and a window of ${window / 60} hours)`;
      const fact = `${where} can leave ${inDays(worst)} days between two rotations${parts}, more than ${config.maximumDays}`;
      return [violation(rotation, fact, remediation)];
    }
  }
}

/** The rotation starts anywhere in its window: early once and late the next time. */
function windowMinutes(expression: string, duration: string | undefined, countDefault: boolean): number {
  const hours = /^(\d+)h$/.exec(duration ?? "");
  if (hours !== null) return Number(hours[1]) * 60;
  if (!countDefault) return 0;
  return /^rate\(\d+ hours?\)$/.test(expression) ? 60 : minutesPerDay;
}

/** Rounded up, so that 90 days and a minute does not read as 90. */
function inDays(minutes: number): string {
  return String(Math.ceil((minutes / minutesPerDay) * 100) / 100);
}

function lookUp(expression: string): Cadence {
  const found = cadences.get(expression) ?? cadence(expression);
  cadences.set(expression, found);
  return found;
}
