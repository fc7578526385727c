import { decoded } from "./decoded";
import { NamedText } from "./members";

const quotedOrWord = String.raw`("[^"\n]*"|\$\{[^}\n]*\}|'[^'\n]*'|[^\s;&|"',}]+)`;
/** `NAME=value`, `name: value`, `"name": "value"`, `--name=value`. */
const pair = new RegExp(
  String.raw`(?<![\w.-])-{0,2}([A-Za-z_][\w.-]*)["']?[ \t]*[=:][ \t]*${quotedOrWord}`,
  "g",
);
/** `--name value`. */
const option = new RegExp(String.raw`(?<!\S)--([A-Za-z][\w-]*)[ \t]+(?!-)${quotedOrWord}`, "g");

/** What a script or a configuration file sets, in base64 and gzip or not: each name with its value. */
export function assignmentsIn(text: string): readonly NamedText[] {
  const script = decoded(text);
  return [...script.matchAll(pair), ...script.matchAll(option)].map(([, name = "", value = ""]) => ({
    name,
    text: value.replace(/^(["'])(.*)\1$/, "$2"),
  }));
}

/** Blocks of a buildspec that name where values are, with all lines that stand further in. */
const namedElsewhere = /^([ \t]*)(?:secrets-manager|parameter-store):[ \t]*\n(?:\1[ \t]+.*\n?|[ \t]*\n)*/gm;

/**
 * What a buildspec of CodeBuild sets itself.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function buildspecAssignments(text: string): readonly NamedText[] {
  return assignmentsIn(text.replace(namedElsewhere, ""));
}
