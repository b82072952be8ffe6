import { memberAccountsApi, ownAddressApi } from "./api-accounts.ts";
import { arrangingApi } from "./api-arranging.ts";
import { setUpApi } from "./api-boards.ts";
import { deskApi } from "./api-desk.ts";
import { hubDoorApi } from "./api-door.ts";
import { groupsApi } from "./api-groups.ts";
import { launchApi } from "./api-launch.ts";
import { noticesApi } from "./api-notices.ts";
import { movesApi } from "./api-moves.ts";
import { passkeysApi } from "./api-passkeys.ts";
import { ownGroupsApi } from "./api-own-groups.ts";
import { hubPeopleApi } from "./api-people.ts";
import { domainApi } from "./api-domain.ts";
import { leavingApi } from "./api-leaving.ts";
import { lookApi } from "./api-look.ts";
import { logoApi } from "./api-logo.ts";
import { hubPostsApi } from "./api-posts.ts";
import { hubTopicsApi } from "./api-topics.ts";
import { ownWaysApi, waysApi } from "./api-ways.ts";
import { searchApi } from "./search/api.ts";

/** The hub: setting it up, keeping order in it, and everything members do. */
export const hubApi = {
  setUp: { ...setUpApi, ...waysApi, ...memberAccountsApi, ...lookApi, ...logoApi, ...domainApi },
  moderation: { ...arrangingApi, ...movesApi },
  people: { ...hubDoorApi, ...leavingApi, ...ownWaysApi, ...passkeysApi, ...ownAddressApi, ...hubPeopleApi },
  topics: hubTopicsApi,
  posts: hubPostsApi,
  notices: noticesApi,
  groups: groupsApi,
  launch: launchApi,
  ownGroups: ownGroupsApi,
  desk: deskApi,
  search: searchApi,
};
