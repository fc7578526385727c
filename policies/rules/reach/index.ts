import { Rule } from "../../rule";
import { secretDeclaredReadersCanRead } from "./secret-declared-readers-can-read";
import { secretNoIndirectReaders } from "./secret-no-indirect-readers";
import { secretNoNewReaders } from "./secret-no-new-readers";
import { secretReadersDeclared } from "./secret-readers-declared";

/** Rules about who can read each secret, by proof: REACH-01 to REACH-04. */
export const reachRules: readonly Rule[] = [
  secretReadersDeclared,
  secretNoIndirectReaders,
  secretDeclaredReadersCanRead,
  secretNoNewReaders,
];
