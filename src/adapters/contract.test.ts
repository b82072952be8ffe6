import { afterAll, expect, test } from "vitest";
import { adapters } from "./all.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { testSecrets } from "#src/base/testing/jobs.ts";
import { hubGround } from "#src/hub/testing/ground.ts";
import type { AdapterPlace } from "#src/platforms/adapter.ts";
import { ensureConnection } from "#src/platforms/connections.ts";
import { type Ground, tryAdapter } from "#src/platforms/testing/contract.ts";
import { openPostOffice, postGround } from "#src/platforms/testing/post-office.ts";

const databases = await testDatabase();
const office = await openPostOffice();
afterAll(() => office.stop());

async function placeOn(community: CommunityId, platform: string): Promise<AdapterPlace> {
  const wish = { platform, externalId: platform, name: platform, now: Date.now() };
  const connectionId = await databases.asOwner((tx) => ensureConnection(tx, community, wish));
  const { signal } = new AbortController();
  return { databases, secrets: testSecrets, now: Date.now, community, connectionId, externalId: platform, signal };
}

/** A ground for each adapter, by its platform; `post` is a platform of this test, unlike the hub in everything. */
const grounds: Readonly<Record<string, () => Promise<Ground>>> = {
  hub: () => hubGround(({ community }) => placeOn(community, "hub"), databases),
  post: async () => postGround(office, await placeOn(await emptyCommunity(databases), "post")),
};

test("every adapter has a ground on which it is tried", () => {
  expect(adapters.map(({ platform }) => platform.name).filter((name) => grounds[name] === undefined)).toEqual([]);
});

for (const adapter of [...adapters, office.adapter]) {
  const open = grounds[adapter.platform.name];
  if (open !== undefined) tryAdapter(adapter, open);
}
