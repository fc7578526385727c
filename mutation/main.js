const { spawnSync } = require("node:child_process");
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const parts = require("./parts");
const scoreOf = require("./score");

const root = join(__dirname, "..");
const results = join(root, ".strongroom/mutation");
const settings = require("./stryker.config.json");
const GOAL = settings.thresholds.low;

/** `npm run mutation -- [PART ...]`: each part whose name begins with one of the words, or all. */
function main(words) {
  const all = parts();
  const chosen = all.filter(({ name }) => words.length === 0 || words.some((word) => name.startsWith(word)));
  if (chosen.length === 0) fail(`No such part. The parts are: ${all.map(({ name }) => name).join(", ")}.`);
  mkdirSync(results, { recursive: true });
  const reports = chosen.map((part, index) => {
    console.log(`\n[${index + 1}/${chosen.length}] ${part.name}`);
    return run(part);
  });
  console.log(
    `\n${"Part".padEnd(32)} ${"Score".padStart(8)} ${"Noticed".padStart(8)} ${"Tried".padStart(8)}`,
  );
  chosen.forEach(({ name }, index) => print(name, scoreOf([reports[index]])));
  const total = scoreOf(reports);
  print("All of these", total);
  console.log(`${total.left} more only run as a module loads, or could not be tried.`);
  if (total.percent < GOAL) fail(`Below the goal of ${GOAL} %.`);
}

function run({ name, mutate, spec }) {
  const file = (ending) => join(results, `${name.replaceAll("/", "-")}.${ending}`);
  const mochaOptions = { ...settings.mochaOptions, spec };
  const config = {
    ...settings,
    mochaOptions,
    mutate,
    incrementalFile: file("incremental.json"),
    jsonReporter: { fileName: file("report.json") },
    tempDirName: file("sandbox"),
    thresholds: { ...settings.thresholds, break: null },
  };
  writeFileSync(file("config.json"), JSON.stringify(config, null, 2));
  const stryker = join(__dirname, "node_modules/.bin/stryker");
  const { status } = spawnSync(stryker, ["run", file("config.json")], { cwd: root, stdio: "inherit" });
  if (status !== 0 || !existsSync(file("report.json"))) fail(`${name} could not be tried: see above.`);
  return JSON.parse(readFileSync(file("report.json"), "utf8"));
}

function print(name, { percent, detected, tried }) {
  const score = `${percent.toFixed(2)} %`;
  console.log(
    `${name.padEnd(32)} ${score.padStart(8)} ${String(detected).padStart(8)} ${String(tried).padStart(8)}`,
  );
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

main(process.argv.slice(2));
