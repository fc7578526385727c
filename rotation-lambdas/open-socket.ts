import { connect, isIP, Socket } from "net";
import { connect as connectTls } from "tls";
import { TlsTrust } from "./tls-options";

/**
 * Opens one connection, secured as `trust` says; `false` is plain text. Fails with Node's error, whose `code` is
 * `ETIMEDOUT` when nothing answers, and begins with `ERR_TLS` when something answers that does not speak TLS.
 *
 * @param timeoutMs until the handshake is done
 */
export function openSocket(
  server: { readonly host: string; readonly port: number },
  trust: TlsTrust | false,
  timeoutMs: number,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const { host, port } = server;
    const named = isIP(host) ? {} : { servername: host };
    const socket = trust ? connectTls({ host, port, ...trust, ...named }) : connect({ host, port });
    let isConnected = false;
    const fail = (error: Error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const failWith = (code: string) => fail(Object.assign(new Error(code), { code }));
    const timer = setTimeout(() => failWith(isConnected ? "ERR_TLS_NO_ANSWER" : "ETIMEDOUT"), timeoutMs);
    const refused = (error: NodeJS.ErrnoException) =>
      isConnected && error.code === "ECONNRESET" ? failWith("ERR_TLS_REFUSED") : fail(error);
    const closed = () => failWith(isConnected ? "ERR_TLS_REFUSED" : "ECONNRESET");
    socket.once("error", refused).once("close", closed);
    if (trust) socket.once("connect", () => (isConnected = true));
    socket.once(trust ? "secureConnect" : "connect", () => {
      clearTimeout(timer);
      socket.removeListener("error", refused).removeListener("close", closed);
      resolve(socket);
    });
  });
}
