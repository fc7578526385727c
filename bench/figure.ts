/** One measured figure with its goal. Ratios are measured in one run, so that the machine cancels out. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Absent for a figure that is only listed. */
  readonly goal?: { readonly relation: "<=" | ">="; readonly value: number };
  /** What was measured against what, with the raw figures. */
  readonly detail: string;
}

/** True when the figure has no goal or meets it. */
export function holds({ value, goal }: Figure): boolean {
  if (goal === undefined) return true;
  return goal.relation === "<=" ? value <= goal.value : value >= goal.value;
}

/** The middle value; of an even number the lower middle one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}
