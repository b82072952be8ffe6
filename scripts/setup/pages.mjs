import { existsSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, fingerprint, root, runTool, say, unlessDone } from "./step.mjs";

const WORDS = /^src\/[^/]+\/words\/[a-z]+\.json$/;
/** What ends up in the pages: see "A page imports" in ARCHITECTURE.md. */
const PAGES = /^src\/(?:web\/.*|[^/]+\/(?:.*\/)?pages\/.*|(?:.*\/)?model\.ts|base\/[^/]+\.ts|events\.ts)$/;
const BUILD = ["package-lock.json", "vite.config.ts", "react-router.config.ts", "postcss.config.cjs", "tsconfig.json"];

/** Compiles the sentences when one changed. */
export function compileWords() {
  const sources = [
    ...filesBelow("scripts", (path) => path.startsWith("scripts/words")),
    ...filesBelow("src", (path) => WORDS.test(path)),
  ];
  unlessDone(
    { stamp: ".generated/words.stamp", result: ".generated/words/messages.ts", mark: fingerprint(sources) },
    () => runTool(process.execPath, ["scripts/words.ts"], { sentence: "The sentences could not be compiled." }),
  );
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
    },
  );
}
