import type { Config } from "@react-router/dev/config";

export default {
  appDirectory: "src/web",
  ssr: true,
  // Some thirty routes: telling the browser all of them at once is cheaper than asking the server at every link.
  routeDiscovery: { mode: "initial" },
} satisfies Config;
