import { existsSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, fingerprint, SetupFailure, root, runTool, say, unlessDone } from "./step.mjs";

const WORDS = /^src\/[^/]+\/words\/[a-z]+\.json$/;
/** What ends up in the pages: see "A page imports" in ARCHITECTURE.md. */
const PAGES = /^src\/(?:web\/.*|[^/]+\/(?:.*\/)?(?:pages|script)\/.*|(?:.*\/)?model\.ts|base\/[^/]+\.ts|events\.ts)$/;
const BUILD = [
  "package-lock.json",
  "vite.config.ts",
  "scripts/hub-script.ts",
  "react-router.config.ts",
  "postcss.config.cjs",
  "tsconfig.json",
];

/** Compiles the sentences when one changed. A faulty one is reported and left out; that must not stop the program. */
export function compileWords() {
  const program = filesBelow("scripts", (path) => path.startsWith("scripts/words"));
  const mark = fingerprint([...program, ...filesBelow("src", (path) => WORDS.test(path))]);
  try {
    unlessDone({ stamp: ".generated/words.stamp", result: ".generated/words/messages.ts", mark }, () =>
      runTool(process.execPath, ["scripts/words.ts"], { sentence: "Some sentences could not be compiled." }),
    );
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    say(`${error.output.trim()}\n${error.message}`);
  }
}

/** Builds the pages when something that ends up in them changed. */
export function buildPages() {
  const own = filesBelow("src", (path) => (PAGES.test(path) || WORDS.test(path)) && !path.includes(".test."));
  const rest = [...BUILD.filter((path) => existsSync(join(root, path))), ...filesBelow("public", () => true)];
  unlessDone(
    { stamp: "build/pages.stamp", result: "build/server/index.js", mark: fingerprint([...own, ...rest]) },
    () => {
      say("Building the pages (half a minute, after each change of them)…");
      runTool(process.execPath, [join("node_modules", "@react-router", "dev", "bin.cjs"), "build"], {
        sentence: "The pages could not be built.",
        env: { NODE_ENV: "production" },
      });
      runTool(process.execPath, [join("scripts", "hub-script.ts")], {
        sentence: "The script of the hub could not be bundled.",
        env: { NODE_ENV: "production" },
      });
    },
  );
}
