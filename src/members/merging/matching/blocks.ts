import type { Corpus, Prepared } from "./corpus.ts";
import { givenNames } from "./given-names.ts";
import { skeletonsOf } from "./name-forms.ts";

/** A block with more accounts than this says too little to be worth comparing everybody in it with everybody. */
const LARGEST_BLOCK = 60;

const fullNames = givenNames.map((forms) => skeletonsOf(forms[0] ?? "")[0] ?? "");

/**
 * What accounts are brought together by, one kind after another so that the groups of one lie in memory: the user name,
 * its stem, how it sounds beside names, words of names, whole names, initials, and surnames with a slip in the middle.
 */
export const blockKinds = ["username", "stem", "sound", "word", "name", "initial", "slip"] as const;
export type BlockKind = (typeof blockKinds)[number];

const keys: Readonly<Record<BlockKind, (account: Prepared) => readonly string[]>> = {
  username: ({ handle }) => (handle === undefined ? [] : [handle.plain]),
  stem: ({ handle }) => (handle === undefined || handle.stem.length < 4 ? [] : [handle.stem]),
  sound: ({ handle, form: { given, rest } }) => {
    const own = handle === undefined || handle.sound.length < 5 ? [] : [handle.sound];
    const [surname] = rest;
    if (surname === undefined) return own;
    if (given === undefined) return [...own, surname];
    const initial = given.word.charAt(0);
    return [...own, given.word + surname, surname + given.word, initial + surname, surname + initial];
  },
  word: ({ form }) => form.rest.filter((word) => word.length > 3),
  name: ({ form: { given, rest } }) =>
    given === undefined || rest[0] === undefined ? [] : given.lines.map((line) => `${fullNames[line]} ${rest[0]}`),
  initial: ({ form: { given, rest, initial } }) => {
    if (rest[0] === undefined) return [];
    const letters = [initial, given?.word.charAt(0)].filter((letter) => letter !== undefined);
    return letters.map((letter) => `${letter} ${rest[0]}`);
  },
  slip: ({ form: { given, rest } }) => {
    const [surname] = rest;
    if (given === undefined || surname === undefined || surname.length < 7) return [];
    return given.lines.map((line) => `${line} ${surname.slice(0, 3)} ${surname.slice(-3)}`);
  },
};

/** Groups of accounts that share something rare enough to be compared, by their places in the corpus. */
export function blocksOf({ accounts }: Corpus, kind: BlockKind): number[][] {
  const blocks = new Map<string, number[]>();
  const keysOf = keys[kind];
  for (const [place, account] of accounts.entries())
    for (const key of new Set(keysOf(account))) {
      const block = blocks.get(key);
      if (block === undefined) blocks.set(key, [place]);
      else if (block.length <= LARGEST_BLOCK) block.push(place);
    }
  return [...blocks.values()].filter((block) => block.length > 1 && block.length <= LARGEST_BLOCK);
}
