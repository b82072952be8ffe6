import { readdir } from "node:fs/promises";
import type { Figure } from "./figure.ts";

/** Something long that is run by name: it prepares what it needs, measures, tidies up and returns its figures. */
export interface Suite {
  measure(say: (line: string) => void): Promise<Figure[]>;
}

/** The folder of suites, one file each, and the command that runs them. */
export interface Frame {
  readonly folder: URL;
  readonly command: string;
}

function table(figures: readonly Figure[]): string {
  return figures
    .map(
      ({ name, value, unit, goal, holds }) =>
        `${holds ? " " : "!"} ${name.padEnd(52)} ${String(value).padStart(10)} ${unit.padEnd(10)} ${goal}`,
    )
    .join("\n");
}

async function namesIn(folder: URL): Promise<string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => file.slice(0, -3))
    .toSorted();
}

/**
 * Runs the suite of that name. Prints a table for people and, last, one line of JSON for machines. Returns the exit
 * code: 0 when every goal holds, 1 when one does not, 2 when there is no such suite.
 */
export async function runSuite({ folder, command }: Frame, name: string | undefined): Promise<number> {
  const known = await namesIn(folder);
  if (name === undefined || !known.includes(name)) {
    console.error(`Say which: ${command} ${known.join(" | ")}`);
    return 2;
  }
  const started = performance.now();
  const say = (line: string): void =>
    console.error(`${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s  ${line}`);
  // A suite is chosen by its file's name; that it exports a Suite is checked where it is written.
  const { suite } = (await import(new URL(`${name}.ts`, folder).href)) as { suite: Suite };
  const figures = await suite.measure(say);
  console.log(table(figures));
  console.log(JSON.stringify({ bench: name, figures }));
  return figures.every((figure) => figure.holds) ? 0 : 1;
}
