import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { bringLogoBack, takeLogo, takeLogoAway } from "./faces/logo.ts";
import { LOGO_BYTES } from "./theme/model.ts";
import { bytesOfFile } from "./store/files.ts";
import type { StandingLogo } from "./store/hubs.ts";
import { logosOf } from "./store/logos.ts";

const tags: readonly [string] = ["Hub set-up"];

const shownSchema = z.object({
  picture: z.string().describe("As it stands on pages: a PNG in base64"),
  width: z.number().int().describe("In pixels"),
  height: z.number().int().describe("In pixels"),
});

/** The community's logo, for the team. */
export const logoApi = {
  logo: procedure({
    method: "GET",
    path: "/communities/{community}/hub/settings/logo",
    operationId: "getHubLogo",
    permission: "hub.manage",
    summary: "The community's logo on the hub",
    tags,
    output: z.object({
      logo: shownSchema.nullable().describe("Null while there is none"),
      before: shownSchema
        .nullable()
        .describe("The one that can be brought back, for a month after it stood; null: none"),
    }),
    handler: async ({ context: { community, run, now } }) =>
      run(async (tx) => {
        const found = await logosOf(tx, community, now());
        const shown = async (logo: StandingLogo | null | undefined) => {
          const bytes = logo ? await bytesOfFile(tx, community, logo.id) : undefined;
          if (!logo || bytes === undefined) return null;
          return { picture: bytes.toString("base64"), width: logo.width, height: logo.height };
        };
        return { logo: await shown(found?.logo), before: await shown(found?.before) };
      }),
  }),
  setLogo: procedure({
    method: "PUT",
    path: "/communities/{community}/hub/settings/logo",
    operationId: "setHubLogo",
    permission: "hub.manage",
    summary: "Give the hub the community's logo",
    description:
      "Stands above every page, in the browser's tab, on phones and on pictures of links. Everybody sees it, of a closed hub too.",
    tags,
    input: z.object({
      name: z.string().trim().min(1).max(300).describe("What the file is called, with its ending"),
      picture: z.base64().describe(`A PNG, JPEG or GIF in base64; the file has at most ${LOGO_BYTES / 1024} kB`),
    }),
    output: z.object({ isSet: z.literal(true) }),
    handler: async ({ input: { name, picture }, context }) => {
      await takeLogo(context, { bytes: Buffer.from(picture, "base64"), name });
      return { isSet: true as const };
    },
  }),
  restoreLogo: procedure({
    method: "POST",
    path: "/communities/{community}/hub/settings/logo/restoration",
    operationId: "restoreHubLogo",
    permission: "hub.manage",
    summary: "Bring back the logo that stood before, within a month",
    tags,
    output: z.object({ isSet: z.literal(true) }),
    handler: async ({ context }) => {
      await bringLogoBack(context);
      return { isSet: true as const };
    },
  }),
  dropLogo: procedure({
    method: "DELETE",
    path: "/communities/{community}/hub/settings/logo",
    operationId: "dropHubLogo",
    permission: "hub.manage",
    summary: "Take the logo off the hub; it can be brought back for a month",
    tags,
    output: z.object({ isRemoved: z.literal(true) }),
    handler: async ({ context }) => {
      await takeLogoAway(context);
      return { isRemoved: true as const };
    },
  }),
};
