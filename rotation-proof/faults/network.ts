import { AddressInfo, createServer, Server, Socket } from "net";
import { CrashRecorder } from "../crash-recorder";
import { Proof } from "../enumerate";
import { Violation } from "../invariants";
import { expectCode, expectNoServerCall, Fault, newTrial, recover } from "./fault";

/** Milliseconds of Lambda that a step has against a port that never answers. */
const shortMs = 3000;

const blackHole: Fault = {
  id: "F25",
  title: "the server's port takes connections and never answers: `timeout` (or `tls`), within Lambda's time",
  async run(proof) {
    const hole = await listen((socket) => void socket.on("error", () => undefined));
    try {
      return await against(proof, hole, ["timeout", "tls"], "a black hole");
    } finally {
      await close(hole);
    }
  },
};

const hangUp: Fault = {
  id: "F25b",
  title: "the server's port hangs up at once: an error that is not `authentication`",
  async run(proof) {
    const hole = await listen((socket) => void socket.destroy());
    try {
      return await against(proof, hole, ["unreachable", "tls"], "a port that hangs up");
    } finally {
      await close(hole);
    }
  },
};

/** Rotates a secret whose port is another one, then mends the secret and rotates again. */
async function against(proof: Proof, { server, sockets }: Hole, codes: readonly string[], where: string) {
  const trial = await newTrial(proof);
  const right = JSON.parse((await trial.value("AWSCURRENT"))!);
  if (typeof right.port !== "number") return undefined;
  const { secretArn } = trial.subject;
  await proof.cloud.put(secretArn, { ...right, port: (server.address() as AddressInfo).port });
  const started = Date.now();
  const { attempt } = await proof.cloud.rotate(
    secretArn,
    trial.code(new CrashRecorder(), { remainingMs: shortMs }),
  );
  const tookMs = Date.now() - started;
  const violations: Violation[] = [
    ...expectCode(trial, codes, where),
    ...(attempt === "failed" ? [] : [{ invariant: "ends", where, what: `the rotation ${attempt}` } as const]),
    ...(tookMs < shortMs * 2 ? [] : [{ invariant: "ends", where, what: `it took ${tookMs} ms` } as const]),
    ...(sockets.size > 0 || codes.includes("unreachable")
      ? []
      : [{ invariant: "ends", where, what: "the port was not tried" } as const]),
    ...((await trial.subject.logIn(JSON.stringify(right)))
      ? []
      : [{ invariant: "agreement", where, what: "the server was changed" } as const]),
  ];
  return { points: 1, violations };
}

const noEndpoint: Fault = {
  id: "F26",
  title: "Secrets Manager cannot be reached: `unreachable` or `timeout`, and the server is not called",
  async run(proof) {
    const trial = await newTrial(proof);
    const recorder = new CrashRecorder();
    const environment = { ...proof.cloud.environment, AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
    const lost = trial.code(recorder, { remainingMs: shortMs, environment });
    const { token, attempt } = await proof.cloud.rotate(trial.subject.secretArn, lost);
    const where = "no endpoint";
    return {
      points: 1,
      violations: [
        ...expectCode(trial, ["unreachable", "timeout"], where),
        ...expectNoServerCall(recorder, where),
        ...(await recover(proof, trial, token, attempt, where)),
      ],
    };
  },
};

interface Hole {
  readonly server: Server;
  readonly sockets: Set<Socket>;
}

function listen(onConnection: (socket: Socket) => void): Promise<Hole> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    onConnection(socket);
  });
  return new Promise((resolve) => server.listen(0, "localhost", () => resolve({ server, sockets })));
}

function close({ server, sockets }: Hole): Promise<void> {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Faults of the network. */
export const networkFaults: readonly Fault[] = [blackHole, hangUp, noEndpoint];
