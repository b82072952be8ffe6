import { createServer, type AddressInfo } from "node:net";

function listens(port: number): Promise<number | undefined> {
  const probe = createServer();
  return new Promise((done) => {
    probe.once("error", () => done(undefined));
    probe.listen(port, "127.0.0.1", () => {
      // A TCP server's address is always an object.
      const { port: taken } = probe.address() as AddressInfo;
      probe.close(() => done(taken));
    });
  });
}

/** A port of the loopback that nobody listens on: `wanted` if it is free, else one that the system picks. */
export async function freePort(wanted = 0): Promise<number> {
  const port = (await listens(wanted)) ?? (await listens(0));
  if (port === undefined) throw new Error("no free port on 127.0.0.1");
  return port;
}
