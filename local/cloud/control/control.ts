import { Cloud } from "../core/cloud";
import { Fault, FAULT_KINDS } from "../core/faults";
import { HttpAnswer, HttpRequest } from "../protocols";

const PREFIX = "/_strongroom/";

/** One request to the control endpoint; its answer is sent as JSON. */
type Command = (cloud: Cloud, body: any) => unknown;

const COMMANDS: Readonly<Record<string, Command>> = {
  "POST clock": moveClock,
  "GET clock": (cloud) => ({ now: new Date(cloud.clock.now()).toISOString() }),
  "POST faults": addFault,
  "GET faults": (cloud) => ({ faults: cloud.faults.list() }),
  "DELETE faults": (cloud) => {
    cloud.faults.clear();
    return { faults: [] };
  },
  "GET calls": (cloud) => ({ calls: cloud.calls.all() }),
  "POST reset": (cloud) => {
    cloud.reset();
    return { reset: true };
  },
};

/**
 * Answers `/_strongroom/...`: clock, faults, calls, reset; undefined for any other path. Health is open to everyone,
 * the rest only when the cloud was started with its control endpoint.
 */
export async function controlAnswer(
  cloud: Cloud,
  request: HttpRequest,
  isOpen: boolean,
): Promise<HttpAnswer | undefined> {
  if (!request.target.startsWith(PREFIX)) return undefined;
  const name = `${request.method} ${request.target.slice(PREFIX.length).split("?")[0]}`;
  if (name === "GET health") {
    return json(200, { status: "ok", services: cloud.services.map(({ signingName }) => signingName) });
  }
  const command = COMMANDS[name];
  if (!isOpen || !command)
    return json(404, { message: isOpen ? `No such command: ${name}` : "Start with --control." });
  try {
    const text = request.body.toString("utf8");
    return json(200, await command(cloud, text === "" ? {} : JSON.parse(text)));
  } catch (error) {
    return json(400, { message: (error as Error).message });
  }
}

async function moveClock(
  cloud: Cloud,
  body: { advanceSeconds?: number; set?: string | number },
): Promise<unknown> {
  if (body.advanceSeconds !== undefined) cloud.clock.advance(body.advanceSeconds);
  else if (body.set !== undefined) cloud.clock.set(new Date(body.set).getTime());
  else throw new Error("Give advanceSeconds, or set as a time in ISO 8601 or milliseconds.");
  await cloud.tick();
  return { now: new Date(cloud.clock.now()).toISOString() };
}

function addFault(cloud: Cloud, fault: Fault): unknown {
  const isWhole = typeof fault.service === "string" && typeof fault.operation === "string";
  if (!isWhole || !FAULT_KINDS.includes(fault.kind)) {
    throw new Error(`A fault needs service, operation and kind, one of ${FAULT_KINDS.join(", ")}.`);
  }
  cloud.faults.add(fault);
  return { faults: cloud.faults.list() };
}

function json(status: number, body: unknown): HttpAnswer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
