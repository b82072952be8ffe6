import { runSuite } from "./frame.ts";

process.exitCode = await runSuite(
  { folder: new URL("suites/", import.meta.url), command: "npm run bench --" },
  process.argv[2],
);
