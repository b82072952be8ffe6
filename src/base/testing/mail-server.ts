import { SMTPServer } from "smtp-server";
import { afterAll } from "vitest";

/** A letter as it arrived at a test's mail server: to whom, and the whole of it as SMTP carried it. */
export interface Arrived {
  readonly to: readonly string[];
  readonly raw: string;
}

/** A mail server of a test on a free port of this machine; it ends with the file's tests. */
export interface TestMailServer {
  readonly url: string;
  readonly arrived: Arrived[];
  /** Refuses the next letters with these answers, one each. */
  readonly refusals: { code: number; text: string }[];
}

/** Opens a mail server that takes every letter unless told otherwise. */
export async function testMailServer(): Promise<TestMailServer> {
  const arrived: Arrived[] = [];
  const refusals: { code: number; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo: (_, __, done) => {
      const refusal = refusals.shift();
      if (refusal === undefined) return done();
      return done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
    },
    onData: (stream, { envelope }, done) => {
      const to = envelope.rcptTo.map(({ address }) => address);
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        arrived.push({ to, raw: Buffer.concat(pieces).toString("utf8") });
        done();
      });
    },
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
  afterAll(() => new Promise<void>((closed) => server.close(() => closed())));
  const address = server.server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `smtp://127.0.0.1:${port}`, arrived, refusals };
}
/** The first link of a letter's plain text, with the line breaks of its encoding taken out. */
export function linkIn({ raw }: Arrived): string {
  const plain = raw.replaceAll(/=\r?\n/g, "").replaceAll("=3D", "=");
  return /https?:\/\/[^\s"<]+/.exec(plain)?.[0] ?? "";
}
