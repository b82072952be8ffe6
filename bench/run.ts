import { readdir } from "node:fs/promises";
import type { Figure } from "./figure.ts";

/** A benchmark prepares everything it needs, measures, tidies up and returns its figures. */
export interface Bench {
  measure(say: (line: string) => void): Promise<Figure[]>;
}

/** Names are files of `suites/`. */
async function names(): Promise<string[]> {
  const files = await readdir(new URL("suites/", import.meta.url));
  return files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -3))
    .toSorted();
}

function table(figures: readonly Figure[]): string {
  return figures
    .map(
      ({ name, value, unit, goal, holds }) =>
        `${holds ? " " : "!"} ${name.padEnd(52)} ${String(value).padStart(10)} ${unit.padEnd(10)} ${goal}`,
    )
    .join("\n");
}

async function run(name: string | undefined): Promise<number> {
  const known = await names();
  if (name === undefined || !known.includes(name)) {
    console.error(`Say which: npm run bench -- ${known.join(" | ")}`);
    return 2;
  }
  const started = performance.now();
  const say = (line: string): void =>
    console.error(`${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s  ${line}`);
  // A suite is chosen by its file's name; its shape is what `Bench` says.
  const { bench } = (await import(`./suites/${name}.ts`)) as { bench: Bench };
  const figures = await bench.measure(say);
  console.log(table(figures));
  console.log(JSON.stringify({ bench: name, figures }));
  return figures.every((figure) => figure.holds) ? 0 : 1;
}

process.exitCode = await run(process.argv[2]);
