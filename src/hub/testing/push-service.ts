import { createDecipheriv, createECDH, createPublicKey, hash, hkdfSync, randomBytes, verify } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openOutside, type Outside } from "#src/base/outside/outside.ts";

/** A browser that subscribed: what it tells the hub, and what only it can read. */
export interface TestBrowser {
  readonly subscription: { endpoint: string; p256dh: string; auth: string };
  /** Messages that came, decrypted, the earliest first. */
  readonly shown: readonly Readonly<Record<string, string>>[];
}

/** A message as the service saw it. */
export interface Delivered {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** Whether it was signed with the key that it names, for this service (RFC 8292). */
  readonly isSigned: boolean;
}

/** A push service on this machine. */
export interface PushService {
  readonly delivered: Delivered[];
  /** What it answers. */
  status: number;
  browser(): TestBrowser;
  /** The way to it: what goes to an address of it over TLS arrives here without. */
  readonly outside: Outside;
  stop(): void;
}

const derive = (secret: Buffer, salt: Buffer, about: { info: Buffer; length: number }): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, salt, about.info, about.length));

/** Opens one message as a browser does: RFC 8291 over RFC 8188, one record. */
function decrypted(
  body: Buffer,
  keys: { receiver: ReturnType<typeof createECDH>; auth: Buffer },
): Record<string, string> {
  const { receiver, auth } = keys;
  const salt = body.subarray(0, 16);
  const sender = body.subarray(21, 21 + (body[20] ?? 0));
  const sealed = body.subarray(21 + sender.length);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), receiver.getPublicKey(), sender]);
  const shared = derive(receiver.computeSecret(sender), auth, { info, length: 32 });
  const key = derive(shared, salt, { info: Buffer.from("Content-Encoding: aes128gcm\0"), length: 16 });
  const nonce = derive(shared, salt, { info: Buffer.from("Content-Encoding: nonce\0"), length: 12 });
  const opener = createDecipheriv("aes-128-gcm", key, nonce).setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([opener.update(sealed.subarray(0, -16)), opener.final()]);
  // The last record ends with 2 and as many zeros as pad it.
  const text = plain.subarray(0, plain.lastIndexOf(2)).toString();
  // Every message of the hub is an object of texts.
  return JSON.parse(text) as Record<string, string>;
}

function isSigned(authorization: string, origin: string): boolean {
  const [, token = "", named = ""] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(named, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString("base64url"));
  const key = createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" } });
  const fits = verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    { key, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  // The claims of such a token are texts and numbers.
  const said = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<string, string | number>;
  return fits && said["aud"] === origin && Number(said["exp"]) > 0;
}

/** Opens a push service that keeps what comes. */
export async function openPushService(): Promise<PushService> {
  const delivered: Delivered[] = [];
  let origin = "";
  const service = { status: 201 };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const signed = isSigned(request.headers.authorization ?? "", origin);
      if (service.status < 300)
        delivered.push({
          path: request.url ?? "",
          headers: request.headers,
          body: Buffer.concat(pieces),
          isSigned: signed,
        });
      response.writeHead(service.status).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server on a port of the internet protocol has such an address.
  const { port } = server.address() as AddressInfo;
  origin = `https://127.0.0.1:${port}`;
  const near = openOutside({ protocols: ["http:"], ports: [port], permits: (address) => address === "127.0.0.1" });
  return Object.assign(service, {
    delivered,
    outside: { ask: (address, ask) => near.ask(address.replace(/^https:/, "http:"), ask) } satisfies Outside,
    browser: (): TestBrowser => {
      const receiver = createECDH("prime256v1");
      receiver.generateKeys();
      const auth = randomBytes(16);
      const path = `/push/${hash("sha256", receiver.getPublicKey(), "hex").slice(0, 12)}`;
      return {
        subscription: {
          endpoint: `${origin}${path}`,
          p256dh: receiver.getPublicKey().toString("base64url"),
          auth: auth.toString("base64url"),
        },
        get shown() {
          const own = delivered.filter((each) => each.path === path);
          return own.map(({ body }) => decrypted(body, { receiver, auth }));
        },
      };
    },
    stop: () => void server.close(),
  });
}
