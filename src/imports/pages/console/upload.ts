import type { Upload } from "../../model.ts";

/** How much is sent at once. A broken line costs at most this much; smaller pieces cost a round trip each. */
const PIECE_BYTES = 8 * 1024 * 1024;

/** How often a piece is tried before the person is asked to look at their connection. */
const TRIES = 6;

/** The pause before the second try; it doubles each time, so six tries take about a minute. In milliseconds. */
const FIRST_PAUSE_MS = 2000;

/** Speed is told over this much of the past, so that it neither jumps nor lags. In milliseconds. */
const SPEED_WINDOW_MS = 5000;

/** How far a file is on its way. */
export interface UploadProgress {
  sent: number;
  bytes: number;
  /** Undefined until it can be told honestly. */
  remainingMs: number | undefined;
}

/** What stopped an upload, in words for the person. */
export class UploadFault extends Error {
  /** Whether the same file may go through when tried again. */
  readonly again: boolean;

  constructor(message: string, again: boolean) {
    super(message);
    this.again = again;
  }
}

interface Journey {
  community: string;
  file: File;
  signal: AbortSignal;
  onProgress: (progress: UploadProgress) => void;
}

/**
 * Brings a file to the server piece by piece and answers with its id there. A file that was on its way before (a lost
 * line, a closed page) goes on where it stopped. Rejects with the signal's reason when cancelled, with an
 * {@link UploadFault} when it cannot be done.
 */
export async function bringFile(journey: Journey): Promise<string> {
  const { community, file, signal, onProgress } = journey;
  const { name, size: bytes, lastModified: modifiedAt } = file;
  const base = `/api/v1/communities/${encodeURIComponent(community)}/uploads`;
  const upload = await beginUpload(base, { body: JSON.stringify({ name, bytes, modifiedAt }), signal });
  const speed = speedometer();
  let sent = upload.received;
  while (sent < bytes) {
    const from = sent;
    const tell = (now: number) => onProgress({ sent: now, bytes, remainingMs: speed(now, bytes - now) });
    tell(from);
    const piece = { url: `${base}/${upload.id}?from=${from}`, body: file.slice(from, from + PIECE_BYTES), signal };
    sent = await patiently(() => sendPiece({ ...piece, onSent: (part) => tell(from + part) }), signal);
  }
  return upload.id;
}

async function beginUpload(url: string, { body, signal }: { body: string; signal: AbortSignal }): Promise<Upload> {
  return patiently(async () => {
    const answer = await fetch(url, { method: "POST", body, signal, headers: { "Content-Type": "application/json" } });
    if (!answer.ok) throw faultOf(answer.status, await answer.text());
    // The server's own answer, described by `uploadSchema`.
    return (await answer.json()) as Upload;
  }, signal);
}

interface Piece {
  url: string;
  body: Blob;
  signal: AbortSignal;
  onSent: (bytes: number) => void;
}

/** One piece by XMLHttpRequest, since `fetch` cannot tell how much has been sent. Answers how much the server has by now. */
function sendPiece({ url, body, signal, onSent }: Piece): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener("abort", stop, { once: true });
    request.upload.addEventListener("progress", (event) => onSent(event.loaded));
    request.addEventListener("abort", () => reject(signal.reason));
    request.addEventListener("error", () => reject(new UploadFault("", true)));
    request.addEventListener("load", () => {
      const place = receivedOf(request.responseText);
      // Two pages may send the same file: whoever is behind goes on from where the server is.
      if (place !== undefined && (request.status === 409 || request.status < 300)) resolve(place);
      else reject(faultOf(request.status, request.responseText));
    });
    request.addEventListener("loadend", () => signal.removeEventListener("abort", stop));
    request.open("PUT", url);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.send(body);
  });
}

/** Tries again after a pause when the line or the server failed; what the server refuses is refused at once. */
async function patiently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let turn = 1; ; turn++) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      const final = error instanceof UploadFault && !error.again;
      if (final || turn === TRIES) throw error;
      await pause(FIRST_PAUSE_MS * 2 ** (turn - 1), signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    // A proxy's page instead of an answer: nothing in it is for us.
    return {};
  }
}

function receivedOf(text: string): number | undefined {
  const answer = parsed(text);
  const details = typeof answer["details"] === "object" ? { ...answer["details"] } : {};
  const received = answer["received"] ?? ("received" in details ? details.received : undefined);
  return typeof received === "number" ? received : undefined;
}

function faultOf(status: number, text: string): UploadFault {
  const detail = parsed(text)["detail"];
  return new UploadFault(typeof detail === "string" ? detail : "", status >= 500 || status === 429 || status === 408);
}

/** Tells how long the rest will take, from the last seconds; undefined for the first second. */
function speedometer(): (sent: number, left: number) => number | undefined {
  const marks: { at: number; sent: number }[] = [];
  return (sent, left) => {
    const at = performance.now();
    marks.push({ at, sent });
    while (marks.length > 2 && at - (marks[0]?.at ?? at) > SPEED_WINDOW_MS) marks.shift();
    const first = marks[0] ?? { at, sent };
    const took = at - first.at;
    return took < 1000 || sent <= first.sent ? undefined : (left * took) / (sent - first.sent);
  };
}
