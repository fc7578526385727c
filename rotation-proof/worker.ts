import { Answer, Order } from "./proof-process";
import { proveSubject } from "./prove";
import { nameOf } from "./subject";
import { subjects } from "./subjects";

/** Proves what it is told to over the channel to the process that started it, and ends with that. */
async function work({ subject: name, every, loopRotations, only }: Order): Promise<void> {
  const subject = subjects.find((candidate) => nameOf(candidate) === name)!;
  const report = await proveSubject(subject, {
    ...{ sampling: { every }, loopRotations, ...(only === undefined ? {} : { only }) },
    onCell: (_subject, cell) => answer({ kind: "cell", cell }),
    onCall: (cell, call, of) => answer({ kind: "at", cell, call, of }),
  });
  answer({ kind: "report", report });
}

function answer(message: Answer): void {
  process.send!(message);
}

process.on("message", (order: Order) => {
  work(order).catch((error: Error) => {
    console.error(error);
    process.exit(1);
  });
});
// The servers that it started end by its exit; Ctrl-C reaches the process that gave the orders, too.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => process.exit(1));
process.on("disconnect", () => process.exit(0));
