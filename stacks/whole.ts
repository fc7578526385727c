/** A draft in which nothing was refused: everything required is there. */
export type Whole<T> = T extends readonly (infer E)[]
  ? readonly Whole<NonNullable<E>>[]
  : T extends object
    ? { readonly [K in keyof T]-?: Whole<NonNullable<T[K]>> }
    : T;
