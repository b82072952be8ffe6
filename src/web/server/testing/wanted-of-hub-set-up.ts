import type { Permission } from "#src/accounts/model.ts";

/** The part of `wanted` with which the team sets the hub up. */
export const wantedOfHubSetUp: Record<string, Permission> = {
  listAllHubBoards: "hub.manage",
  getHubSettings: "hub.manage",
  getHubLook: "hub.manage",
  setHubLook: "hub.manage",
  getHubLogo: "hub.manage",
  setHubLogo: "hub.manage",
  dropHubLogo: "hub.manage",
  restoreHubLogo: "hub.manage",
  getHubDomain: "hub.manage",
  setHubDomain: "hub.manage",
  checkHubDomain: "hub.manage",
  dropHubDomain: "hub.manage",
  listHubSignInWays: "hub.manage",
  setHubSignInWay: "hub.manage",
  dropHubSignInWay: "hub.manage",
};
