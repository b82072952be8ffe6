/** One thing that `npm test` makes sure of. */
export interface Check {
  readonly name: string;
  /** Programs and their arguments, one after the other; a name without a slash is a tool of node_modules, "node" this Node. */
  readonly steps: readonly (readonly [program: string, ...args: string[]])[];
  /** A test run that writes its counts; the others count as one test each. */
  readonly vitest?: true;
  /** Takes the whole machine. */
  readonly alone?: true;
}

/** In the order in which they run: what fails fastest first. */
export const checks: readonly Check[] = [
  { name: "format", steps: [["oxfmt", "--check"]] },
  { name: "words", steps: [["node", "scripts/words.ts"]] },
  { name: "boundaries", steps: [["node", "scripts/boundaries.ts"]] },
  {
    name: "types",
    steps: [
      ["react-router", "typegen"],
      ["tsc", "--noEmit"],
    ],
  },
  { name: "lint", steps: [["oxlint", "--deny-warnings"]] },
  { name: "pages", steps: [["node", "scripts/pages.mjs"]] },
  { name: "unused", steps: [["knip", "--no-progress", "--no-config-hints"]] },
  { name: "unit", steps: [["vitest", "run", "--project", "unit"]], vitest: true, alone: true },
  { name: "browser", steps: [["vitest", "run", "--project", "browser"]], vitest: true, alone: true },
];
