import { refuse } from "#src/base/refusal.ts";

/** How often something may be done: `burst` at once, and `burst` again over each `windowMs`, flowing in evenly. */
interface Limit {
  readonly burst: number;
  readonly windowMs: number;
}

const MINUTE = 60_000;

/**
 * Every limit there is, each kept by this process in memory: several processes allow so many times more.
 * Ten tries at one account's password in a quarter of an hour stop guessing and leave room for a forgetful owner; the
 * limit by address stops spraying one password over many accounts.
 */
export const limits = {
  "sign-in.account": { burst: 10, windowMs: 15 * MINUTE },
  "sign-in.address": { burst: 50, windowMs: 15 * MINUTE },
  // Reading a shared audit costs as much as making one. Ten guesses at its password by one reader, a hundred by all.
  "shared.address": { burst: 60, windowMs: MINUTE },
  "shared.password": { burst: 10, windowMs: 15 * MINUTE },
  "shared.letter": { burst: 5, windowMs: 15 * MINUTE },
  "shared.link": { burst: 100, windowMs: 15 * MINUTE },
  /** Letters asked for: enough for somebody who looks in the wrong box, too few to flood a stranger's. */
  "reset.account": { burst: 3, windowMs: 60 * MINUTE },
  "reset.address": { burst: 20, windowMs: 60 * MINUTE },
  "email.change": { burst: 5, windowMs: 60 * MINUTE },
  /** Knocks with one-time links, which have 256 bits: this only keeps knocking cheap for us. */
  "link.address": { burst: 60, windowMs: 15 * MINUTE },
  "link.join": { burst: 5, windowMs: 15 * MINUTE },
  /** A guess at six digits is right with three of a million: five tries leave no hope and room for slips. */
  "second-factor.account": { burst: 5, windowMs: 15 * MINUTE },
  "passkey.address": { burst: 60, windowMs: 15 * MINUTE },
  // Until here nobody who joins is asked anything: a family, an office, a talk at which a hub was named.
  "hub.join.calm-address": { burst: 20, windowMs: 60 * MINUTE },
  "hub.join.calm-network": { burst: 30, windowMs: 60 * MINUTE },
  "hub.join.calm": { burst: 20, windowMs: MINUTE },
  // And until here nobody is refused. Behind one address of a mobile operator there may be thousands of people. Each
  // account costs a tenth of a second of hashing, so a flood that answers questions takes a tenth of one core.
  "hub.join.address": { burst: 60, windowMs: 60 * MINUTE },
  "hub.join.network": { burst: 200, windowMs: 60 * MINUTE },
  "hub.join.community": { burst: 60, windowMs: MINUTE },
  /** Faster than anybody writes; slower than a script that means harm. */
  "hub.write": { burst: 20, windowMs: MINUTE },
  /** Four photographs in each of twenty posts. */
  "hub.upload": { burst: 80, windowMs: 60 * MINUTE },
  /** Enough to try a few pictures; each makes every kept page of the hub old. */
  "hub.face": { burst: 10, windowMs: 60 * MINUTE },
  /** Pictures for links that nobody has asked for before: each takes a tenth of a second. */
  "hub.card": { burst: 60, windowMs: MINUTE },
  /** Calls of whole groups: each may ring on hundreds of devices. */
  "hub.call-group": { burst: 10, windowMs: 60 * MINUTE },
  /** Names looked for behind an @: one look at each pause of somebody who types all the time. */
  "hub.names": { burst: 120, windowMs: MINUTE },
  "hub.mark": { burst: 120, windowMs: MINUTE },
  "hub.report": { burst: 20, windowMs: 60 * MINUTE },
  /** Looks through every message of the community. */
  "hub.archive": { burst: 4, windowMs: 24 * 60 * MINUTE },
  /** What members write to the team: enough for a long day of trouble, too little to bury the team. */
  "hub.team-message": { burst: 5, windowMs: 60 * MINUTE },
  "invitation.make": { burst: 50, windowMs: 60 * MINUTE },
  "api.caller": { burst: 1200, windowMs: MINUTE },
  "api.address": { burst: 300, windowMs: MINUTE },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

/** Counts and refuses. */
export interface Limits {
  /** Takes one from what `who` has left; refuses with the seconds to wait when nothing is left. */
  take(name: LimitName, who: string): void;
}

interface Bucket {
  left: number;
  at: number;
}

/** Above this many callers the oldest are forgotten: a flood of addresses must not fill the memory. */
const MAX_BUCKETS = 50_000;

/** @param now milliseconds since 1970 UTC */
export function openLimits(now: () => number): Limits {
  const buckets = new Map<string, Bucket>();
  return {
    take: (name, who) => {
      const { burst, windowMs } = limits[name];
      const key = `${name} ${who}`;
      const at = now();
      const before = buckets.get(key) ?? { left: burst, at };
      const left = Math.min(burst, before.left + ((at - before.at) * burst) / windowMs);
      buckets.delete(key);
      buckets.set(key, { left: left < 1 ? left : left - 1, at });
      if (buckets.size > MAX_BUCKETS) buckets.delete(buckets.keys().next().value ?? "");
      if (left < 1)
        refuse("too-many", "request.too-many", { seconds: Math.ceil(((1 - left) * windowMs) / burst / 1000) });
    },
  };
}
