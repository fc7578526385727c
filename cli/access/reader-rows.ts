import { Who } from "../../iam/proof";
import {
  cannotTellTexts,
  conditionsText,
  FoundSecret,
  ReaderFacts,
  readersOf,
  scenarioText,
  Standing,
  whoKey,
  whoText,
} from "../../policies/world";
import { Estate } from "./estate";

/** One reader of one secret, in words. */
export interface ReaderRow {
  readonly secret: string;
  readonly who: Who;
  /** Stays the same from run to run: an ARN, or the name of a class. */
  readonly key: string;
  readonly reader: string;
  readonly regions: readonly string[];
  /** Under which conditions in each Region; the same text once. */
  readonly when: readonly { readonly regions: readonly string[]; readonly conditions: string }[];
  readonly standing: Standing;
  /** Its own policies are not at hand and taken to allow. */
  readonly isAssumed: boolean;
  /** A call that succeeds; undefined when it cannot be told whether there is one. */
  readonly call?: string;
  readonly cannotTell: readonly string[];
}

/** Readers of some secrets in the order of their names, declared ones first. */
export function readerRows(estate: Estate, secrets: readonly FoundSecret[]): readonly ReaderRow[] {
  const byName = [...secrets].sort((a, b) => a.secret.name.localeCompare(b.secret.name));
  return byName.flatMap((secret) => {
    const readers = readersOf(secret, estate.world, estate.proof);
    const rows = readers.map((reader) => rowOf(secret, reader, estate));
    return rows.sort((a, b) => rank(a) - rank(b) || a.reader.localeCompare(b.reader));
  });
}

const order: readonly Standing[] = ["undeclared", "declared", "nothing-declared", "owner"];
const rank = ({ standing }: ReaderRow): number => order.indexOf(standing);

function rowOf({ secret }: FoundSecret, reader: ReaderFacts, { world }: Estate): ReaderRow {
  const { who, access } = reader;
  return {
    secret: secret.name,
    who,
    key: whoKey(who),
    reader: whoText(who),
    regions: reader.regions,
    when: whenOf(reader),
    standing: reader.standing,
    isAssumed: who.kind === "others-of-account" || (who.kind === "principal" && world.assumed.has(who.arn)),
    ...(access.witness === undefined ? {} : { call: scenarioText(access.witness, access.under) }),
    cannotTell: [...new Set(reader.all.flatMap(({ access: one }) => cannotTellTexts(one)))],
  };
}

function whenOf(reader: ReaderFacts): ReaderRow["when"] {
  const byText = new Map<string, Set<string>>();
  for (const { region, access } of reader.all) {
    const text = conditionsText(access.under);
    byText.set(text, (byText.get(text) ?? new Set()).add(region));
  }
  return [...byText].map(([conditions, regions]) => ({ conditions, regions: [...regions] }));
}

/** One line for what stands in the way of an answer, or for the conditions. */
export function whenText({ when, cannotTell, call }: ReaderRow): string {
  const conditions = when.map(({ conditions: text, regions }) =>
    when.length === 1 ? text : `${regions.join(" and ")}: ${text}`,
  );
  const open =
    cannotTell.length === 0
      ? []
      : [`cannot tell${call === undefined ? "" : " exactly"}: ${cannotTell.join("; ")}`];
  return [...conditions, ...open].join("; ");
}

/** How a reader stands to what was declared, in words. */
export function standingText({ standing, isAssumed }: ReaderRow): string {
  switch (standing) {
    case "declared":
      return isAssumed ? "declared, if its own policies allow" : "declared";
    case "owner":
      return "account of the secret, if its own policies allow";
    case "undeclared":
      return "NOT DECLARED";
    case "nothing-declared":
      return isAssumed ? "if its own policies allow" : "";
  }
}
