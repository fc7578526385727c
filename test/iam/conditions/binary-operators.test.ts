import { itCompares } from "./condition-cases";

describe("BinaryEquals", () => {
  itCompares("BinaryEquals", [
    ["QmluYXJ5VmFsdWU=", "QmluYXJ5VmFsdWU=", true],
    ["QmluYXJ5VmFsdWU=", "QmluYXJ5VmFsdWU", true],
    ["QmluYXJ5VmFsdWU=", "qmluYXJ5VmFsdWU=", false],
    ["QUI=", "Q=UI=", false],
    ["QQ==", "QQ", true],
    ["QQ==", "QQ=", true],
    ["QmluYXJ5VmFsdWU=", undefined, false],
  ]);
});
