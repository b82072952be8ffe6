/** Checks who imports whom and what a feature's folder may hold: the rules of ARCHITECTURE.md, told to whoever breaks one. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { boundaryRules } from "./boundary-rules.ts";

/** A source file: its path from `src/`, and its text. */
export type Sources = ReadonlyMap<string, string>;

interface Import {
  readonly from: string;
  /** A path from `src/`, or the package's name as written. */
  readonly to: string;
  readonly written: string;
  readonly typeOnly: boolean;
}

const { levels, vocabulary, families, extras, doors, browserSafe, pageKit, wiring, badNames } = boundaryRules;
const IMPORT =
  /^(?:import|export)\s+(type\s)?(?:[^;"']*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;

function topOf(path: string): string {
  return path.split("/")[0] ?? path;
}

function levelOf(path: string): number {
  const top = topOf(path).replace(/\.tsx?$/, "");
  return levels.findIndex((level) => level.includes(top));
}

function importsOf(from: string, text: string): Import[] {
  return [...text.matchAll(IMPORT)].map(([, type, fixed, lazy]) => {
    const written = fixed ?? lazy ?? "";
    const inside = written.startsWith("#src/") ? written.slice(5) : written;
    const to = written.startsWith(".") ? posix.join(dirname(from), written) : inside;
    return { from, to, written, typeOnly: type !== undefined };
  });
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.includes("/testing/");
}

function isPage(path: string): boolean {
  return (
    (path.endsWith(".tsx") && !path.endsWith(".server.tsx")) || /^[^/]+\/(?:pages|script)\/|^web\/kit\//.test(path)
  );
}

function isDoor(to: string): boolean {
  const [top = "", ...rest] = to.split("/");
  return (
    rest.length === 0 ||
    levelOf(to) <= levelOf("log") ||
    (rest.length === 1 && vocabulary.doors.includes(rest[0] ?? "")) ||
    doors.some((door) => to.startsWith(door)) ||
    ["web", "cli"].includes(top)
  );
}

/** Faults of one import between two files of ours. */
function faultsOfImport({ from, to, written, typeOnly }: Import): string[] {
  if (topOf(from) === topOf(to)) return [];
  const found = written.startsWith(".") ? [`imports ${written}: across folders it is #src/${to}`] : [];
  const kit = isPage(from) && pageKit.test(to);
  const [mine, theirs] = [levelOf(from), levelOf(to)];
  const wired = wiring[from]?.test(to) === true;
  if (!kit && theirs > mine) found.push(`imports ${to}, which is above it; only lower levels may be imported`);
  if (!kit && theirs === mine)
    found.push(`imports ${to}, which is beside it; siblings hear of each other through facts in events.ts`);
  if (!isTest(from) && !kit && !wired && !typeOnly && !isDoor(to)) {
    found.push(
      `imports ${to}, which is private; of another feature only ${vocabulary.doors.join(", ")} may be imported`,
    );
  }
  return found;
}

/** What a page may bring into the browser. */
function faultsOfPageImport({ from, to, written, typeOnly }: Import, ours: boolean): string[] {
  if (!isPage(from) || isTest(from) || typeOnly || written.includes("+types/")) return [];
  if (!ours) return written.startsWith("node:") ? [`imports ${written}, which no browser has`] : [];
  const own = topOf(from) === topOf(to) && (isPage(to) || topOf(to) === "web");
  if (own || to.endsWith("/model.ts") || pageKit.test(to) || browserSafe.includes(to)) return [];
  return [
    `imports ${to}; a page takes only types, models, words and web/kit, so that no server code reaches the browser`,
  ];
}

function faultsOfPlace(path: string): string[] {
  const parts = path.split("/");
  const [top = "", second = ""] = parts;
  const found = parts
    .filter((part) => badNames.test(part.replace(/\.(?:test\.)?tsx?$/, "")))
    .map((part) => `"${part}" says nothing; name the thing`);
  if (levelOf(path) < 0)
    return [...found, `lies in no known folder; add "${top}" to its level in scripts/boundary-rules.ts`];
  const isFeature = parts.length > 1 && levelOf(path) > levelOf("platforms") && levelOf(path) < levelOf("web");
  if (!isFeature || isTest(path)) return found;
  const known =
    parts.length === 2
      ? [...vocabulary.files, ...(extras[top] ?? [])]
      : [...vocabulary.folders, ...(families[top] ?? [])];
  if (!known.includes(second)) found.push(`${top}/ has no place for "${second}"; known are ${known.join(", ")}`);
  return found;
}

function findCircles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) circles.push(`${path}: imports itself in a circle: ${[...trail.slice(start), path].join(" → ")}`);
    if (start >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return circles;
}

/** Everything these sources do against the rules, one line each. */
export function boundaryFaults(sources: Sources): string[] {
  const faults: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [path, text] of sources) {
    const imports = importsOf(path, text);
    const ours = imports.filter(({ written }) => written.startsWith("#src/") || written.startsWith("."));
    graph.set(
      path,
      ours.filter(({ typeOnly }) => !typeOnly).map(({ to }) => to),
    );
    const found = [
      ...faultsOfPlace(path),
      ...ours.flatMap(faultsOfImport),
      ...imports.flatMap((each) => faultsOfPageImport(each, ours.includes(each))),
    ];
    faults.push(...found.map((fault) => `${path} ${fault}`));
  }
  return [...faults, ...findCircles(graph)];
}

/** Every TypeScript file below a folder, by its path from there. */
export function readSources(folder: string): Sources {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));
  return new Map(paths.toSorted().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

if (import.meta.main) {
  const faults = boundaryFaults(readSources(join(import.meta.dirname, "..", "src")));
  for (const fault of faults) console.error(`src/${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
