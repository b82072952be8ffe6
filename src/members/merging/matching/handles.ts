import { skeletonOf } from "./name-forms.ts";

/** A user name taken apart. */
export interface Handle {
  /** As written, without @. */
  readonly text: string;
  /** Letters and digits alone, in lower case. */
  readonly plain: string;
  /** Its letters alone. */
  readonly stem: string;
  /** How many digits it has. */
  readonly digits: number;
  /** How its letters sound, to be compared with names. */
  readonly sound: string;
}

/** Takes a user name apart; undefined for one that has not three letters or digits. */
export function handleOf(username: string | null): Handle | undefined {
  if (username === null) return undefined;
  const text = username.replace(/^@/, "").replace(/#\d{4}$/, "");
  const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  if (plain.length < 3) return undefined;
  const stem = plain.replace(/\p{N}+/gu, "");
  return { text, plain, stem, digits: plain.length - stem.length, sound: skeletonOf(stem) };
}

/** Whether two words differ by one letter put in, left out, changed, or two exchanged. */
export function isOneSlip(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let [endOne, endOther] = [one.length, other.length];
  while (endOne > start && endOther > start && one[endOne - 1] === other[endOther - 1]) {
    endOne -= 1;
    endOther -= 1;
  }
  const [gone, come] = [one.slice(start, endOne), other.slice(start, endOther)];
  return (
    (gone.length <= 1 && come.length <= 1) ||
    (gone.length === 2 && come.length === 2 && gone[0] === come[1] && gone[1] === come[0])
  );
}
