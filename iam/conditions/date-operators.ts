import { ValueMatcher, ConditionOperator } from "./operator-family";

/**
 * ISO 8601 as the W3C profile has it (`2026`, `2026-07`, `2026-07-01`, with a time, with an offset) or seconds since
 * 1970. Text that is neither matches nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export const dateOperators: readonly ConditionOperator[] = [
  { name: "DateEquals", compileValue: comparing((request, policy) => request === policy) },
  { name: "DateNotEquals", negated: true, compileValue: comparing((request, policy) => request === policy) },
  { name: "DateLessThan", compileValue: comparing((request, policy) => request < policy) },
  { name: "DateLessThanEquals", compileValue: comparing((request, policy) => request <= policy) },
  { name: "DateGreaterThan", compileValue: comparing((request, policy) => request > policy) },
  { name: "DateGreaterThanEquals", compileValue: comparing((request, policy) => request >= policy) },
];

/** Four digits are a year; longer runs of digits are seconds. */
const EPOCH_SECONDS = /^\d{5,}(\.\d+)?$/;
const ISO_8601 = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

function comparing(compare: (request: number, policy: number) => boolean) {
  return (policyValue: string): ValueMatcher => {
    const policy = toMilliseconds(policyValue);
    return (value) => compare(toMilliseconds(value), policy);
  };
}

/** NaN compares as false with everything. A time without an offset is UTC. */
function toMilliseconds(text: string): number {
  if (EPOCH_SECONDS.test(text)) return Number(text) * 1000;
  const time = ISO_8601.exec(text);
  if (time === null) return Number.NaN;
  return Date.parse(time[3] !== undefined && time[6] === undefined ? `${text}Z` : text);
}
