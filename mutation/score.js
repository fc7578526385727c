const DETECTED = ["Killed", "Timeout"];
const UNDETECTED = ["Survived", "NoCoverage"];

/**
 * Counts of the mutants of reports in the format mutation-testing-elements 2.
 *
 * @param {readonly { files: Record<string, { mutants: readonly { status: string }[] }> }[]} reports
 * @returns {{ detected: number, tried: number, left: number, percent: number }} `left`: neither noticed nor missed, such
 *   as code that only runs as a module loads, or an error of the run itself
 */
module.exports = function scoreOf(reports) {
  const statuses = reports.flatMap(({ files }) =>
    Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status)),
  );
  const count = (names) => statuses.filter((status) => names.includes(status)).length;
  const detected = count(DETECTED);
  const tried = detected + count(UNDETECTED);
  return {
    detected,
    tried,
    left: statuses.length - tried,
    percent: tried === 0 ? 100 : (100 * detected) / tried,
  };
};
