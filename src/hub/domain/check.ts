import { openOutside, OutsideFailure, publicPages } from "#src/base/outside/outside.ts";
import { type AskDomain, domainJob } from "./look.ts";

const MOST_MS = 10_000;
/** A proof is 43 letters long. */
const MOST_BYTES = 1024;

function portOf({ port, protocol }: URL): number {
  if (port !== "") return Number(port);
  return protocol === "https:" ? 443 : 80;
}

/** Asks a domain on the public internet, at the port of the install's own address, and follows it nowhere. */
const askDomain: AskDomain = async (address, signal) => {
  const outside = openOutside({ ...publicPages, ports: [portOf(new URL(address))] });
  try {
    const { status, body } = await outside.ask(address, { mostMs: MOST_MS, mostBytes: MOST_BYTES, signal });
    return { text: status === 200 ? body.toString() : "" };
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    return { trouble: error.reason === "closed" || error.reason === "slow" ? error.reason : "unreachable" };
  }
};

/** The job that looks after domains. */
export const checkDomains = domainJob(askDomain);
