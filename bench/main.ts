import { Figure, holds } from "./figure";

/** Each script measures one subject; they run one after the other, so that they do not disturb each other. */
const SUBJECTS = [
  "iam",
  "proof",
  "pack",
  "cloud",
  "rotation",
  "rotation-fleet",
  "preview",
  "estate",
  "start",
] as const;

interface Subject {
  measure(): Promise<readonly Figure[]>;
}

/** Usage: `npm run bench [-- subject...]`. Prints a table, then one line of JSON; exit code 1 when a goal is missed. */
async function main(wanted: readonly string[]): Promise<number> {
  const unknown = wanted.filter((name) => !(SUBJECTS as readonly string[]).includes(name));
  if (unknown.length > 0) {
    console.error(`unknown subject ${unknown.join(", ")}; known: ${SUBJECTS.join(", ")}`);
    return 2;
  }
  const figures: Figure[] = [];
  for (const name of wanted.length > 0 ? wanted : SUBJECTS) {
    console.error(`measuring ${name} …`);
    const subject = (await import(`./subjects/${name}`)) as Subject;
    figures.push(...(await subject.measure()));
  }
  print(figures);
  return figures.every(holds) ? 0 : 1;
}

function print(figures: readonly Figure[]): void {
  const rows = figures.map((figure) => [
    figure.name,
    `${Number(figure.value.toPrecision(4))} ${figure.unit}`,
    figure.goal === undefined ? "" : `${figure.goal.relation} ${figure.goal.value}`,
    figure.goal === undefined ? "" : holds(figure) ? "met" : "MISSED",
    figure.detail,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) {
    console.log(row.map((cell, column) => (column < 4 ? cell.padEnd(widths[column]!) : cell)).join("  "));
  }
  console.log(JSON.stringify(figures));
}

// The engines field says which Node is supported; the SDK's reminder would stand among the figures.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
