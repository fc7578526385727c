import { strict as assert } from "assert";
import { CrashRecorder, Stopped } from "../../rotation-proof/crash-recorder";
import { Interruption } from "../../rotation-proof/interruption";

/** A server that keeps what was said to it, with connections that can be closed. */
function fakeServer() {
  const said: string[] = [];
  let closed = 0;
  const connect = async (user: string) => ({
    say: async (text: string) => void said.push(`${user}: ${text}`),
    name: () => user,
    end: async () => void closed++,
  });
  return { said, connect, closed: () => closed };
}

const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: Error & { code?: string }) => error.code ?? error.name,
  );

describe("the crash recorder", () => {
  it("counts the asynchronous calls and no other, and lets them through", async () => {
    const server = fakeServer();
    const recorder = new CrashRecorder();
    const session = await recorder.wrap("connect", server.connect)("a");
    assert.equal(session.name(), "a");
    await session.say("SELECT NOW() 'secret'");
    await session.end();
    assert.deepEqual(recorder.calls, ["connect", "connect.say SELECT NOW"]);
    assert.deepEqual(server.said, ["a: SELECT NOW() 'secret'"]);
    assert.deepEqual([server.closed(), recorder.interrupted, recorder.stopped], [1, false, false]);
  });

  it("lets a call take effect after the process has stopped", async () => {
    const server = fakeServer();
    const asyncNames = new Set(["connect"]);
    const seen: string[] = [];
    const recorder = new CrashRecorder({ plan: { at: 1, interruption: "stop-late" }, asyncNames });
    const connect = async (user: string) => (seen.push(user), server.connect(user));
    assert.equal(await outcomeOf(recorder.wrap("connect", connect)("a")), "Stopped");
    assert.deepEqual(seen, []);
    await recorder.late;
    assert.deepEqual([seen, server.closed()], [["a"], 1]);
  });

  const cases: Record<
    Exclude<Interruption, "stop-late">,
    { took: boolean; first: string; second: string; newCall: string }
  > = {
    "stop-before": { took: false, first: "Stopped", second: "Stopped", newCall: "Stopped" },
    "stop-after": { took: true, first: "Stopped", second: "Stopped", newCall: "Stopped" },
    "break-before": { took: false, first: "ECONNRESET", second: "ECONNRESET", newCall: "done" },
    "break-after": { took: true, first: "ECONNRESET", second: "ECONNRESET", newCall: "done" },
  };
  for (const [interruption, expected] of Object.entries(cases)) {
    it(`interrupts one call: ${interruption}`, async () => {
      const server = fakeServer();
      const asyncNames = new Set<string>();
      const clean = await new CrashRecorder({ asyncNames }).wrap("connect", server.connect)("clean");
      await clean.say("one");
      server.said.length = 0;
      const plan = { at: 2, interruption: interruption as Interruption };
      const recorder = new CrashRecorder({ plan, asyncNames });
      const connect = recorder.wrap("connect", server.connect);
      const session = await connect("a");
      assert.deepEqual(
        {
          first: await outcomeOf(session.say("one")),
          second: await outcomeOf(session.say("two")),
          newCall: await outcomeOf(connect("b")),
          took: server.said.includes("a: one"),
        },
        expected,
      );
      assert.deepEqual([server.said.includes("a: two"), server.closed()], [false, 1]);
      assert.equal(recorder.interrupted, true);
    });
  }

  it("closes a connection whose opening was not seen", async () => {
    const server = fakeServer();
    const recorder = new CrashRecorder({ plan: { at: 1, interruption: "break-after" } });
    assert.equal(await outcomeOf(recorder.wrap("connect", server.connect)("a")), "ECONNRESET");
    assert.equal(server.closed(), 1);
  });

  it("runs the observer after a call took effect and before its answer is seen", async () => {
    const server = fakeServer();
    const seen: string[] = [];
    const afterCall = async (label: string, index: number) =>
      void seen.push(`${index} ${label} ${server.said.length}`);
    const session = await new CrashRecorder({ afterCall }).wrap("connect", server.connect)("a");
    await session.say("one");
    assert.deepEqual(seen, ["1 connect 0", "2 connect.say 1"]);
  });

  it("refuses every call after the stop by an error of its own", async () => {
    const recorder = new CrashRecorder({ plan: { at: 1, interruption: "stop-after" } });
    await assert.rejects(recorder.wrap("connect", fakeServer().connect)("a"), Stopped);
  });
});
