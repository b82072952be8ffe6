/** Bundles the small scripts of the hub's pages into `build/hub`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const root = join(import.meta.dirname, "..");

/** The script of every page, and the one of the few pages that have to do with passkeys. */
const scripts = { script: "main.ts", passkeys: "passkeys.ts" } as const;

/** A script as browsers get it, without the sentences that the server puts before it. */
export async function bundleHubScript(name: keyof typeof scripts = "script"): Promise<string> {
  const made = await build({
    configFile: false,
    root,
    logLevel: "error",
    publicDir: false,
    build: {
      write: false,
      target: "es2023",
      modulePreload: { polyfill: false },
      rolldownOptions: { input: join(root, "src/hub/script", scripts[name]) },
    },
  });
  const [output] = "output" in made ? made.output : [];
  if (output === undefined) throw new Error("The script of the hub was not bundled.");
  return output.code;
}

if (import.meta.main) {
  const folder = join(root, "build", "hub");
  mkdirSync(folder, { recursive: true });
  for (const name of ["script", "passkeys"] as const)
    writeFileSync(join(folder, `${name}.js`), await bundleHubScript(name));
}
