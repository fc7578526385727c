import { decoded } from "./decoded";
import { NamedText } from "./judgement";

const quotedOrWord = String.raw`("[^"\n]*"|'[^'\n]*'|[^\s;&|"',}]+)`;
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
