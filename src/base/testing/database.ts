import { afterAll, inject } from "vitest";
import { openDatabases, type Databases } from "#src/base/database.ts";
import { appUrl } from "#src/base/roles.ts";
import { createTestDatabase, databaseAddress, dropTestDatabase } from "./databases.ts";

/**
 * A migrated, empty database for this test file alone, in both roles; it is gone when the file's tests are over.
 * Call it once at the top of the file: `const databases = await testDatabase();`
 */
export async function testDatabase(): Promise<Databases> {
  const server = inject("testServer");
  if (server.problem !== undefined) throw new Error(`The migrations fail, so no test database: ${server.problem}`);
  const name = await createTestDatabase(server.url, server.template);
  const ownerUrl = databaseAddress(server.url, name);
  const databases = openDatabases({
    ownerUrl,
    appUrl: appUrl(ownerUrl, server.appRole, server.appPassword),
    name: "veche test",
    ownerConnections: 5,
    appConnections: 5,
  });
  afterAll(async () => {
    await databases.close();
    await dropTestDatabase(server.url, name);
  });
  return databases;
}
