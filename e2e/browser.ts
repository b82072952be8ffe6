import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

/** A Chromium that can be started: the program, and where its libraries and fonts are if it brought its own. */
export interface Chromium {
  readonly path: string;
  readonly libraries?: string;
  readonly fonts?: string;
}

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** No traffic but the pages under test, no first-run questions, and room for its shared memory in a container. */
const FLAGS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--no-pings",
  "--font-render-hinting=none",
  // No other machine has a name here: what a page would ask of one fails at once.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

/** A machine without a user for each program (a container, continuous integration) cannot give Chromium its sandbox. */
const WITHOUT_SANDBOX = ["--no-sandbox", "--no-zygote"];

/** A Chromium that somebody installed: `CHROMIUM_PATH`, else one in the usual places. */
export function installedChromium(): Chromium | undefined {
  const path = [process.env["CHROMIUM_PATH"], ...INSTALLED].find((each) => each !== undefined && existsSync(each));
  return path === undefined ? undefined : { path };
}

/**
 * The Chromium that comes with the development dependencies, unpacked once into `.tools`. It is made for Linux on x64;
 * elsewhere this is undefined. It unpacks into the folder for temporary files and changes its process's environment,
 * therefore in a process of its own.
 */
export function packedChromium(): Chromium | undefined {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const manifest = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "..", "package.json");
  // A package's own manifest always has a version.
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const folder = join(import.meta.dirname, "..", ".tools", `chromium-${version}`);
  if (!existsSync(join(folder, "chromium"))) unpack(folder);
  return { path: join(folder, "chromium"), libraries: join(folder, "al2023", "lib"), fonts: join(folder, "fonts") };
}

function unpack(folder: string): void {
  const draft = `${folder}-${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const code = `const { default: chromium } = await import("@sparticuz/chromium"); await chromium.executablePath();`;
  const env = { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" };
  const cwd = join(import.meta.dirname, "..");
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    env,
    cwd,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`Chromium could not be unpacked: ${stderr}`);
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another test run was faster, and its folder is as good as ours.
    if (!existsSync(join(folder, "chromium"))) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Starts this Chromium without a window. Close it when the tests are over. */
export function launch({ path, libraries, fonts }: Chromium): Promise<Browser> {
  const env = { ...process.env, ...(fonts === undefined ? {} : { FONTCONFIG_PATH: fonts }) };
  const withLibraries = libraries === undefined ? env : { ...env, LD_LIBRARY_PATH: libraries };
  return chromium.launch({
    executablePath: path,
    headless: true,
    args: [...FLAGS, ...WITHOUT_SANDBOX],
    env: withLibraries,
  });
}

/** Whether this machine has a Chromium for tests; where it has none, browser tests are skipped and say so. */
export function hasBrowser(): boolean {
  return (installedChromium() ?? packedChromium()) !== undefined;
}

/** The browser for tests: an installed Chromium if there is one, else the one from npm. */
export async function openBrowser(): Promise<Browser> {
  const found = installedChromium() ?? packedChromium();
  if (found === undefined) throw new Error("No Chromium here: install one or set CHROMIUM_PATH.");
  return launch(found);
}
