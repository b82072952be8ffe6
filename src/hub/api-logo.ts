import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { takeLogo, takeLogoAway } from "./faces/logo.ts";
import { LOGO_BYTES } from "./theme/model.ts";
import { bytesOfFile } from "./store/files.ts";
import { hubOf } from "./store/hubs.ts";

const tags: readonly [string] = ["Hub set-up"];

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
      logo: z
        .object({
          picture: z.string().describe("As it stands on pages: a PNG in base64"),
          width: z.number().int().describe("In pixels"),
          height: z.number().int().describe("In pixels"),
        })
        .nullable()
        .describe("Null while there is none"),
    }),
    handler: async ({ context: { community, run } }) =>
      run(async (tx) => {
        const found = (await hubOf(tx, community))?.logo ?? null;
        const bytes = found === null ? undefined : await bytesOfFile(tx, community, found.id);
        if (found === null || bytes === undefined) return { logo: null };
        return { logo: { picture: bytes.toString("base64"), width: found.width, height: found.height } };
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
  dropLogo: procedure({
    method: "DELETE",
    path: "/communities/{community}/hub/settings/logo",
    operationId: "dropHubLogo",
    permission: "hub.manage",
    summary: "Take the logo off the hub",
    tags,
    output: z.object({ isRemoved: z.literal(true) }),
    handler: async ({ context }) => {
      await takeLogoAway(context);
      return { isRemoved: true as const };
    },
  }),
};
