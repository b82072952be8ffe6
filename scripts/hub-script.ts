/** Bundles the one small script of the hub's pages into `build/hub/script.js`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const root = join(import.meta.dirname, "..");

/** The script as browsers get it, without the sentences that the server puts before it. */
export async function bundleHubScript(): Promise<string> {
  const made = await build({
    configFile: false,
    root,
    logLevel: "error",
    publicDir: false,
    build: {
      write: false,
      target: "es2023",
      modulePreload: { polyfill: false },
      rolldownOptions: { input: join(root, "src/hub/script/main.ts") },
    },
  });
  const [output] = "output" in made ? made.output : [];
  if (output === undefined) throw new Error("The script of the hub was not bundled.");
  return output.code;
}

if (import.meta.main) {
  const folder = join(root, "build", "hub");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "script.js"), await bundleHubScript());
}
