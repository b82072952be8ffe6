import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";

/** What a browser answers about a passkey. */
type Response = Record<string, unknown>;

/** A device of a test that keeps one passkey and agrees to everything. */
export interface Authenticator {
  /** How often it says it was used; tests turn it back to play a copy. */
  counter: number;
  /** Makes its passkey. */
  make(options: Record<string, unknown>): Response;
  /** Signs what it is asked to. */
  sign(options: Record<string, unknown>): Response;
}

const text = (bytes: Buffer): string => bytes.toString("base64url");
const hash = (bytes: string | Buffer): Buffer => createHash("sha256").update(bytes).digest();

/** A public key of P-256 as COSE has it: kind 2, algorithm -7, curve 1, x and y (RFC 9052, 7; RFC 9053, 7.1.1). */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const [front, middle] = [Buffer.from("a5010203262001215820", "hex"), Buffer.from("225820", "hex")];
  return Buffer.concat([front, Buffer.from(x, "base64url"), middle, Buffer.from(y, "base64url")]);
}

function clientData(type: "webauthn.create" | "webauthn.get", challenge: unknown, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

/** A device before a browser that shows this origin. */
export function openAuthenticator(origin: string): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(16);
  /** Bits 0 and 2: somebody was there, and it was them (WebAuthn Level 3, 6.1). */
  const headOf = (flags: number, counter: number): Buffer => {
    const rest = Buffer.alloc(5);
    rest.writeUInt8(flags, 0);
    rest.writeUInt32BE(counter, 1);
    return Buffer.concat([hash(new URL(origin).hostname), rest]);
  };
  const device: Authenticator = {
    counter: 0,
    make: ({ challenge }) => {
      const length = Buffer.from([0, id.length]);
      const authData = Buffer.concat([headOf(0x45, device.counter), Buffer.alloc(16), length, id, coseKey(publicKey)]);
      const size = Buffer.alloc(2);
      size.writeUInt16BE(authData.length);
      // In CBOR: { fmt: "none", attStmt: {}, authData }.
      const front = Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746159", "hex");
      const response = {
        clientDataJSON: text(clientData("webauthn.create", challenge, origin)),
        attestationObject: text(Buffer.concat([front, size, authData])),
        transports: ["internal"],
      };
      return { id: text(id), rawId: text(id), type: "public-key", clientExtensionResults: {}, response };
    },
    sign: ({ challenge }) => {
      device.counter += 1;
      const said = clientData("webauthn.get", challenge, origin);
      const authenticatorData = headOf(0x05, device.counter);
      const signature = createSign("sha256")
        .update(Buffer.concat([authenticatorData, hash(said)]))
        .sign(privateKey);
      const response = {
        clientDataJSON: text(said),
        authenticatorData: text(authenticatorData),
        signature: text(signature),
      };
      return { id: text(id), rawId: text(id), type: "public-key", clientExtensionResults: {}, response };
    },
  };
  return device;
}
