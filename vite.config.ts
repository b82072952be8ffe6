import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { reactRouter } from "@react-router/dev/vite";
import { defineConfig, type Plugin } from "vite";

/** Compiles the sentences before pages are built, and again whenever one of their files changes while developing. */
function words(): Plugin {
  const compile = () =>
    spawnSync(process.execPath, [join(import.meta.dirname, "scripts", "words.ts")], { stdio: "inherit" });
  let compiled = false;
  return {
    name: "veche-words",
    configResolved({ command }) {
      // Pages are resolved several times over, for the browser and the server.
      if (compiled) return;
      compiled = true;
      const { status } = compile();
      // While developing a faulty sentence is only reported; a build with one is no build.
      if (status !== 0 && command === "build") throw new Error("The words have faults");
    },
    watchChange(path) {
      if (/\/words\/(en|ru)\.json$/.test(path)) compile();
    },
  };
}

export default defineConfig({
  plugins: [words(), reactRouter()],
  // Bundled, the server loads the few icons and parts that pages use: 78 MB and half a second less at every start.
  ssr: { noExternal: [/^@mantine\//, "@tabler/icons-react"] },
  // Named here, they are prepared at the start; found one by one, each would reload the page.
  optimizeDeps: { include: ["@mantine/core", "@mantine/notifications", "@mantine/spotlight", "@tabler/icons-react"] },
  build: { target: "es2023", reportCompressedSize: false },
});
