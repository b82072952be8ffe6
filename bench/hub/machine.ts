import { once } from "node:events";
import { createServer } from "node:http";
import { sql } from "kysely";
import type { Db } from "#src/base/database.ts";
import { openLine, pour, type Poured } from "./load.ts";

const SECONDS = 3;
const AT_ONCE = 10;

/**
 * What this machine does at this hour without the product: a bare server of Node that answers each request with one
 * `select`, asked as hubs are. Figures of two runs can be compared in as far as these are alike.
 */
export async function measureMachine(db: Db): Promise<Poured> {
  const server = createServer((_, answer) => {
    sql<{ one: number }>`select 1 as one`.execute(db).then(
      ({ rows }) => answer.end(JSON.stringify(rows)),
      () => answer.writeHead(500).end(),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const line = openLine(`http://127.0.0.1:${address.port}`, AT_ONCE);
  try {
    const asked = { atOnce: AT_ONCE, next: () => ({ path: "/" }), status: 200 };
    await pour(line, { ...asked, seconds: 1 });
    return await pour(line, { ...asked, seconds: SECONDS });
  } finally {
    line.close();
    server.close();
    await once(server, "close");
  }
}
