import { createServer, Server, Socket } from "net";
import { AddressInfo } from "net";
import { BSON } from "mongodb";

export type MongoDocument = Record<string, any>;

/** Answers the commands of one connection. */
export type MongoConnection = (command: MongoDocument) => MongoDocument;

const [opReply, opQuery, opMessage] = [1, 2004, 2013];

/**
 * A server of MongoDB's wire protocol: OP_MSG with one body, and OP_QUERY for the first hello.
 *
 * @see https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
 */
export async function serveMongo(
  connected: () => MongoConnection,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket)).on("error", () => undefined);
    converse(socket, connected());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function converse(socket: Socket, answer: MongoConnection): void {
  let received = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 16 && received.length >= received.readInt32LE(0)) {
      const message = received.subarray(0, received.readInt32LE(0));
      received = received.subarray(message.length);
      const reply = replyTo(message, answer);
      if (reply) socket.write(reply);
      else socket.destroy();
    }
  });
}

function replyTo(message: Buffer, answer: MongoConnection): Buffer | undefined {
  const [id, code] = [message.readInt32LE(4), message.readInt32LE(12)];
  if (code === opMessage && message[20] === 0) {
    const body = BSON.deserialize(message.subarray(21));
    return frame(id, opMessage, Buffer.alloc(5), BSON.serialize(answer(body)));
  }
  if (code !== opQuery) return undefined;
  const body = BSON.deserialize(message.subarray(message.indexOf(0, 20) + 9));
  const head = Buffer.alloc(20);
  head.writeInt32LE(8, 0);
  head.writeInt32LE(1, 16);
  return frame(id, opReply, head, BSON.serialize(answer(body)));
}

function frame(responseTo: number, code: number, head: Buffer, body: Uint8Array): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + head.length + body.length, 0);
  header.writeInt32LE(responseTo, 8);
  header.writeInt32LE(code, 12);
  return Buffer.concat([header, head, body]);
}
