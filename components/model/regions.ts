import { Problem, shown } from "./problem";
import { isRegion, partitionOf } from "./region";

/** The Region where secrets and keys are made, and those they are replicated to. */
export interface Regions {
  readonly primary: string;
  /** Without the primary; may be empty. */
  readonly replicas: readonly string[];
}

/** The primary first, then the replicas in the order given. */
export const allRegions = ({ primary, replicas }: Regions): readonly string[] => [primary, ...replicas];

/** Unknown Regions, Regions given twice, a replica in the primary Region, Regions of two partitions. */
export function regionsProblems({ primary, replicas }: Regions, path = "regions"): readonly Problem[] {
  const problems = isRegion(primary) ? [] : [unknown(`${path}.primary`, primary)];
  replicas.forEach((region, index) => {
    const here = `${path}.replicas[${index}]`;
    if (!isRegion(region)) problems.push(unknown(here, region));
    else if (region === primary)
      problems.push({ path: here, expected: "a Region other than the primary", got: shown(region) });
    else if (replicas.indexOf(region) < index)
      problems.push({ path: here, expected: "a Region that is not listed before", got: shown(region) });
    else if (isRegion(primary) && partitionOf(region) !== partitionOf(primary))
      problems.push({
        path: here,
        expected: `a Region of partition ${partitionOf(primary)}`,
        got: shown(region),
      });
  });
  return problems;
}

function unknown(path: string, region: string): Problem {
  return { path, expected: "a Region of AWS, such as eu-west-1", got: shown(region) };
}
