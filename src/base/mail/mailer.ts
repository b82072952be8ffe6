import { type Letter, writeLetter } from "./letter.ts";

/** How letters leave this install. */
export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://...`; undefined where there is no mail. */
  readonly smtpUrl: string | undefined;
  /** The sender as people see it: an address, or a name with one: `Camp <team@camp.example>`. */
  readonly from: string;
}

/** A letter did not get out. `code` is the mail server's or the system's word for it and holds nothing of the letter. */
export class MailFailure extends Error {
  readonly code: string;
  /** Whether trying again is useless: the server refused the address or the letter for good. */
  readonly isFinal: boolean;

  constructor(code: string, isFinal: boolean) {
    super(code);
    this.name = "MailFailure";
    this.code = code;
    this.isFinal = isFinal;
  }
}

/** The way out for letters. */
export interface Mailer {
  /** Whether there is a mail server. Without one nothing is ever sent, and links have to be passed on by hand. */
  readonly works: boolean;
  /** Hands one letter to the mail server; throws `MailFailure`. `id` lets mail programs show a letter sent twice once. */
  send(letter: Letter, id: string): Promise<void>;
  /** Signs in at the mail server and leaves again; throws `MailFailure`. */
  check(): Promise<void>;
}

/** A mail server that says nothing for this long is given up, and the letter is tried again later. */
const PATIENCE_MS = 15_000;

function failureOf(error: unknown): MailFailure {
  if (error instanceof MailFailure) return error;
  const told = error instanceof Error ? error : new Error();
  const status = "responseCode" in told && typeof told.responseCode === "number" ? told.responseCode : undefined;
  const code = "code" in told && typeof told.code === "string" ? told.code : "EUNKNOWN";
  // 5xx says "never"; a refused sign-in is mended in the settings and the letter may wait for that (RFC 5321, 4.2.1).
  const isFinal = status !== undefined && status >= 500 && code !== "EAUTH";
  return new MailFailure(status === undefined ? code : `${code} ${status}`, isFinal);
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failureOf(error);
  }
}

const nowhere: Mailer = {
  works: false,
  send: async () => {
    throw new MailFailure("ENOSERVER", true);
  },
  check: async () => {
    throw new MailFailure("ENOSERVER", true);
  },
};

/** Loaded with the first letter: the library would cost every start a fifth of a second and 30 MB. */
function transportTo(url: string) {
  const open = async () => {
    const { createTransport } = await import("nodemailer");
    return createTransport({
      url,
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      // A letter is made of words alone: nothing in it may name a file or an address to be fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  };
  let opened: ReturnType<typeof open> | undefined;
  return () => (opened ??= open());
}

/** Lets mail programs stop the letters themselves by one POST without cookies; RFC 8058 wants https for it. */
function oneClick(unsubscribe: string | undefined): Record<string, string> {
  return unsubscribe?.startsWith("https:") === true ? { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } : {};
}

/** Opens the way to the mail server. Nothing is connected until the first letter. */
export function openMailer({ smtpUrl, from }: MailSettings): Mailer {
  if (smtpUrl === undefined) return nowhere;
  const transport = transportTo(smtpUrl);
  const host = /@([^@<>\s]+)>?$/.exec(from)?.[1] ?? "localhost";
  return {
    works: true,
    send: (letter, id) =>
      explained(async () => {
        const { text, html } = writeLetter(letter);
        const { to, subject, unsubscribe } = letter;
        await (
          await transport()
        ).sendMail({
          from,
          // As an object the address stands for itself and is never read as a list of several.
          to: { name: "", address: to },
          subject,
          text,
          html,
          textEncoding: "quoted-printable",
          messageId: `<${id}@${host}>`,
          headers: { "Auto-Submitted": "auto-generated", ...oneClick(unsubscribe) },
          ...(unsubscribe === undefined ? {} : { list: { unsubscribe: { url: unsubscribe, comment: "" } } }),
        });
      }),
    check: () =>
      explained(async () => {
        await (await transport()).verify();
      }),
  };
}
