import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll } from "vitest";

/** Somebody at a platform of a test. */
export interface DoublePerson {
  readonly id: string;
  readonly name: string;
}

/** A platform of a test on a free port: it asks nobody for leave, and gives one code for each visit. */
export interface PlatformDouble {
  readonly origin: string;
  /** What the authorization page would do: checks the address a browser was sent to, and says where it is sent back. */
  visit(address: string, person: DoublePerson): string;
  /** Changes the next ID token before it is sent. */
  spoil: Record<string, unknown> | undefined;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const pieces: Buffer[] = [];
  // A server's request gives buffers.
  for await (const piece of request) pieces.push(piece as Buffer);
  return new URLSearchParams(Buffer.concat(pieces).toString("utf8"));
}

interface Code {
  readonly person: DoublePerson;
  readonly asked: URLSearchParams;
}

/** Answers as the endpoints of Telegram, Discord, VK, Reddit and Facebook do; `null` is a refusal. */
type Answer = object | null;

/** What Discord's own description requires of a user; compared with it where it lies beside the checkout. */
export const discordUser = ({ id, name }: DoublePerson) => ({
  id,
  username: name.toLowerCase(),
  avatar: null,
  discriminator: "0",
  public_flags: 0,
  flags: 0,
  global_name: name,
  mfa_enabled: false,
  locale: "en-US",
});

/** Reddit answers no program that does not say who it is. */
function isNamed({ headers }: IncomingMessage): boolean {
  return headers["user-agent"]?.includes("veche") === true;
}

interface Client {
  readonly id: string;
  readonly secret: string;
}

/** Where Reddit and Facebook ask people, without PKCE. */
const PLAIN = /^\/(?:api\/v1\/authorize|v\d+\.0\/dialog\/oauth)$/;

class Platform implements PlatformDouble {
  origin = "";
  spoil: Record<string, unknown> | undefined;
  readonly #client: Client;
  readonly #codes = new Map<string, Code>();
  readonly #tokens = new Map<string, DoublePerson>();

  constructor(client: Client) {
    this.#client = client;
  }

  visit(sentTo: string, person: DoublePerson): string {
    const asked = new URL(sentTo).searchParams;
    const isPlain = PLAIN.test(new URL(sentTo).pathname);
    const isProof = asked.get("code_challenge_method") === "S256" || isPlain;
    const isRight = asked.get("client_id") === this.#client.id && isProof;
    if (!isRight || asked.get("response_type") !== "code") throw new Error("the platform does not know this client");
    const code = `code-${this.#codes.size}-${Math.random()}`;
    this.#codes.set(code, { person, asked });
    const back = new URL(asked.get("redirect_uri") ?? "");
    back.search = new URLSearchParams({ code, state: asked.get("state") ?? "", device_id: "device-7" }).toString();
    return back.toString();
  }

  async answer(request: IncomingMessage): Promise<Answer> {
    const { pathname } = new URL(request.url ?? "/", this.origin);
    const proof = request.headers.authorization;
    if (pathname === "/api/v10/users/@me") {
      const person = this.#tokens.get(proof?.replace("Bearer ", "") ?? "");
      return person === undefined ? null : discordUser(person);
    }
    const bearer = this.#tokens.get(proof?.replace("Bearer ", "") ?? "");
    if (pathname === "/api/v1/me")
      return bearer === undefined || !isNamed(request) ? null : { id: bearer.id, name: bearer.name, icon_img: "" };
    if (pathname === "/v24.0/me") return bearer === undefined ? null : this.#atFacebook(request, bearer);
    if (pathname === "/api/v1/access_token" && !isNamed(request)) return null;
    const form = await readForm(request);
    if (pathname === "/oauth2/user_info") {
      const person = this.#tokens.get(form.get("access_token") ?? "");
      return person === undefined ? null : { user: { user_id: person.id, first_name: person.name, last_name: "" } };
    }
    const person = this.#redeem(form, pathname, proof);
    if (person === undefined) return null;
    const token = `token-${this.#tokens.size}`;
    this.#tokens.set(token, person);
    return pathname === "/token"
      ? { id_token: this.#idToken(person), access_token: token }
      : { access_token: token, token_type: "Bearer" };
  }

  /** Uses a code up: for this client, this way back and whoever holds the verifier. */
  #redeem(form: URLSearchParams, pathname: string, proof: string | undefined): DoublePerson | undefined {
    const code = form.get("code") ?? "";
    const kept = this.#codes.get(code);
    this.#codes.delete(code);
    const isFacebook = pathname.endsWith("/oauth/access_token");
    // Facebook has one kind of grant, and does not ask which.
    if (kept === undefined || (!isFacebook && form.get("grant_type") !== "authorization_code")) return undefined;
    const { id, secret } = this.#client;
    const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
    const isSecret = form.get("client_id") === id && form.get("client_secret") === secret;
    const isState = form.get("state") === kept.asked.get("state");
    const isDevice = form.get("client_id") === id && form.get("device_id") === "device-7" && isState;
    const isOurs = isFacebook ? isSecret : pathname === "/oauth2/auth" ? isDevice : proof === basic;
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const isSame = kept.asked.get("redirect_uri") === form.get("redirect_uri");
    const isChallenged = kept.asked.get("code_challenge") === challenge || !kept.asked.has("code_challenge");
    return isOurs && isSame && isChallenged ? kept.person : undefined;
  }

  /** Facebook tells an app about people when it proves that it has the app's secret. */
  #atFacebook(request: IncomingMessage, { id, name }: DoublePerson): Answer {
    const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
    const asked = new URL(request.url ?? "/", this.origin).searchParams;
    const proof = createHmac("sha256", this.#client.secret).update(token).digest("hex");
    return asked.get("appsecret_proof") === proof && asked.get("fields") === "id,name" ? { id, name } : null;
  }

  #idToken({ id, name }: DoublePerson): string {
    const exp = Math.floor(Date.now() / 1000) + 600;
    const claims = { iss: this.origin, aud: this.#client.id, exp, sub: `own-${id}`, id: Number(id), name };
    const said = Buffer.from(JSON.stringify({ ...claims, ...this.spoil })).toString("base64url");
    this.spoil = undefined;
    return `e30.${said}.sign`;
  }
}

/** Opens a platform that knows this client and no other. */
export async function openPlatformDouble(client: Client): Promise<PlatformDouble> {
  const platform = new Platform(client);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const said = await platform.answer(request);
    response.writeHead(said === null ? 400 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(said ?? { error: "invalid_grant" }));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
  afterAll(() => new Promise<void>((closed) => void server.close(() => closed())));
  const address = server.address();
  platform.origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return platform;
}
