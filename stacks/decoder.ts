import { Problem, shown } from "../components/model";

/** A place in a configuration, and the list that problems found there go to. */
export class Place {
  constructor(
    readonly path: string,
    private readonly problems: Problem[],
  ) {}

  /** Reports that the value here is wrong; returns undefined, the mark of a value that cannot be used. */
  refuse(expected: string, value: unknown): undefined {
    this.problems.push({ path: this.path === "" ? "(top)" : this.path, expected, got: shown(value) });
    return undefined;
  }

  key(name: string): Place {
    return new Place(this.path === "" ? name : `${this.path}.${name}`, this.problems);
  }

  item(index: number): Place {
    return new Place(`${this.path}[${index}]`, this.problems);
  }
}

/**
 * Reads a value of unknown origin. What it cannot use it reports, and leaves `undefined` in its place, so that
 * reading goes on and finds every problem.
 */
export type Decoder<T> = (value: unknown, place: Place) => T | undefined;

type Decoded<D> = D extends Decoder<infer T> ? T : never;
type Fields = Readonly<Record<string, Decoder<unknown>>>;
type DraftOf<F extends Fields> = { readonly [K in keyof F]?: Decoded<F[K]> };

/** @param expected what the text is, such as "twelve digits in quotes" */
export function text(
  expected: string,
  isSound: (text: string) => boolean = (it) => it !== "",
): Decoder<string> {
  return (value, place) =>
    typeof value === "string" && isSound(value) ? value : place.refuse(expected, value);
}

/** A whole number from `low` to `high`, both included. */
export function whole(low: number, high: number): Decoder<number> {
  return (value, place) =>
    typeof value === "number" && Number.isInteger(value) && value >= low && value <= high
      ? value
      : place.refuse(`a whole number from ${low} to ${high}`, value);
}

export const flag: Decoder<boolean> = (value, place) =>
  typeof value === "boolean" ? value : place.refuse("true or false", value);

export function oneOf<const V extends string>(values: readonly V[]): Decoder<V> {
  return (value, place) =>
    values.includes(value as V) ? (value as V) : place.refuse(`one of ${values.join(", ")}`, value);
}

/** @param fewest number of entries that there have to be */
export function list<T>(entry: Decoder<T>, fewest = 0): Decoder<readonly (T | undefined)[]> {
  return (value, place) => {
    if (!Array.isArray(value) || value.length < fewest)
      return place.refuse(fewest === 0 ? "a list" : `a list of at least ${fewest}`, value);
    return value.map((item, index) => entry(item, place.item(index)));
  };
}

/** Entries under names of the user's own choice. */
export function named<T>(
  entry: Decoder<T>,
  name: Decoder<string> = text("a name"),
): Decoder<Readonly<Record<string, T | undefined>>> {
  return (value, place) => {
    if (!isObject(value)) return place.refuse("entries by name", value);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        name(key, place.key(key));
        return [key, entry(item, place.key(key))];
      }),
    );
  };
}

export interface ObjectOptions {
  /** Whether keys that are not named are passed over; otherwise they are problems. @default false */
  readonly open?: boolean;
}

/** An object with these keys; those of `optional` may be missing. */
export function object<R extends Fields, O extends Fields>(
  required: R,
  optional: O,
  { open = false }: ObjectOptions = {},
): Decoder<DraftOf<R> & DraftOf<O>> {
  const fields: Fields = { ...required, ...optional };
  return (value, place) => {
    if (!isObject(value)) return place.refuse(`an object with ${Object.keys(required).join(", ")}`, value);
    const unknownKeys = open ? [] : Object.keys(value).filter((key) => !(key in fields));
    for (const key of unknownKeys)
      place.key(key).refuse(`no such key (known: ${Object.keys(fields).join(", ")})`, value[key]);
    const present = Object.keys(fields).filter((key) => key in required || value[key] !== undefined);
    return Object.fromEntries(
      present.map((key) => [key, fields[key]!(value[key], place.key(key))]),
    ) as DraftOf<R> & DraftOf<O>;
  };
}

/** One of several kinds of object, told apart by its key `kind`. */
export function variant<V extends Readonly<Record<string, Decoder<object>>>>(
  kinds: V,
): Decoder<{ [K in keyof V]: { readonly kind: K } & Decoded<V[K]> }[keyof V]> {
  return (value, place) => {
    if (!isObject(value)) return place.refuse("an object with kind", value);
    const { kind, ...rest } = value;
    const decode = typeof kind === "string" && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (decode === undefined)
      return place.key("kind").refuse(`one of ${Object.keys(kinds).join(", ")}`, kind);
    return { kind, ...decode(rest, place) } as never;
  };
}

/** An object that is no list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
