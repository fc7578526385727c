import { randomInt } from "crypto";
import { Operation } from "../core/operation";
import { boolean, Infer, integer, optional, string, structure } from "../core/shape";
import { onAnySecret } from "./authorization";
import { invalidParameter } from "./errors";

const DEFAULT_LENGTH = 32;

const input = structure({
  PasswordLength: optional(integer({ min: 1, max: 4096 })),
  ExcludeCharacters: optional(string({ min: 0, max: 4096 })),
  ExcludeNumbers: optional(boolean()),
  ExcludePunctuation: optional(boolean()),
  ExcludeUppercase: optional(boolean()),
  ExcludeLowercase: optional(boolean()),
  IncludeSpace: optional(boolean()),
  RequireEachIncludedType: optional(boolean()),
});

type Input = Infer<typeof input>;

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
export const getRandomPassword: Operation<Input> = {
  name: "GetRandomPassword",
  input,
  authorize: (_request, call) => [onAnySecret(call, "GetRandomPassword")],
  run: (request) => ({ RandomPassword: randomPassword(request) }),
  trail: { readOnly: true },
};

/** A password of characters drawn evenly, with one of each included type unless that is turned off. */
export function randomPassword(request: Input): string {
  const length = request.PasswordLength ?? DEFAULT_LENGTH;
  const types = includedTypes(request);
  const all = types.join("");
  if (all === "")
    throw invalidParameter("The password can't be generated because every character is excluded.");
  const required = request.RequireEachIncludedType === false ? [] : types;
  if (required.includes("")) {
    throw invalidParameter(
      "The password can't be generated because all characters of an included type are excluded.",
    );
  }
  if (required.length > length) {
    throw invalidParameter(
      `The password length must be at least ${required.length} to have each included type.`,
    );
  }
  const characters = [
    ...required.map(pick),
    ...Array.from({ length: length - required.length }, () => pick(all)),
  ];
  return shuffle(characters).join("");
}

function includedTypes(request: Input): string[] {
  const excluded = new Set(request.ExcludeCharacters ?? "");
  const types = [
    [!request.ExcludeLowercase, "abcdefghijklmnopqrstuvwxyz"],
    [!request.ExcludeUppercase, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
    [!request.ExcludeNumbers, "0123456789"],
    [!request.ExcludePunctuation, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"],
    [request.IncludeSpace === true, " "],
  ] as const;
  const included = types.filter(([isIncluded]) => isIncluded);
  return included.map(([, characters]) => [...characters].filter((one) => !excluded.has(one)).join(""));
}

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}

/** Fisher and Yates. */
function shuffle(characters: string[]): string[] {
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other]!, characters[last]!];
  }
  return characters;
}
