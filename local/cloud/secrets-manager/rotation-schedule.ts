import { Call } from "../core/operation";
import { invalidParameter } from "./errors";
import { nextWindow, readSchedule, Window } from "./schedule";
import { RotationRules, SecretRecord, versionWithStage } from "./secret";
import { CURRENT } from "./stages";

/** The next window of rules that were checked when they were set. */
export function windowAfter(rules: RotationRules | undefined, after: number): Window | undefined {
  const schedule = rules && readSchedule(rules, after);
  return schedule && !("problem" in schedule) ? nextWindow(schedule, after) : undefined;
}

/**
 * Rules as AWS keeps them: for a rate in days it adds the number of days.
 *
 * @throws ApiError InvalidParameterException
 */
export function checkedRules(rules: RotationRules, now: number): RotationRules {
  const schedule = readSchedule(rules, now);
  if (schedule && "problem" in schedule) throw invalidParameter(schedule.problem);
  const addsDays = schedule?.kind === "days" && rules.ScheduleExpression !== undefined;
  return addsDays ? { AutomaticallyAfterDays: schedule.days, ...rules } : rules;
}

/** Rules as they were asked for, without what AWS added. */
export function requestedRules(rules: RotationRules): RotationRules {
  if (rules.ScheduleExpression === undefined) return rules;
  const { AutomaticallyAfterDays: _added, ...asked } = rules;
  return asked;
}

/** A value that becomes current counts as a rotation, whoever put it: the next one is due an interval later. */
export function noteManualRotation(call: Call, before: SecretRecord, after: SecretRecord): SecretRecord {
  const { rotation } = after;
  const hasMoved = versionWithStage(before, CURRENT) !== versionWithStage(after, CURRENT);
  return hasMoved && rotation?.isEnabled
    ? { ...after, rotation: rotated(rotation, call.clock.now()) }
    : after;
}

/** A rotation after it took place. */
export function rotated(rotation: NonNullable<SecretRecord["rotation"]>, now: number) {
  const { next: _past, ...rest } = rotation;
  return { ...rest, lastRotatedAt: now, ...nextOf(rotation, now) };
}

/** The member `next` for a rotation, when it has a schedule. */
export function nextOf(rotation: NonNullable<SecretRecord["rotation"]>, now: number) {
  const next = rotation.rules && windowAfter(requestedRules(rotation.rules), now);
  return next ? { next } : {};
}
