import { runSuite } from "../bench/frame.ts";

process.exitCode = await runSuite(
  { folder: new URL("suites/", import.meta.url), command: "npm run acceptance --" },
  process.argv[2],
);
