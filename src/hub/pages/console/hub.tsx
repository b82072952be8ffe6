import { Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, useFetcher, useLoaderData } from "react-router";
import { m } from "#words";
import { type PageApi, visitContext } from "#src/web/context.ts";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { CopyButton } from "#src/web/kit/copy-button.tsx";
import { formSecret, formText } from "#src/web/kit/form-text.ts";
import { PageHeader, SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { boardAccesses, directories, hubPath, joinings, readings, signInWays } from "../../model.ts";
import { BoardsPart } from "./boards-part.tsx";
import { InvitationsPart } from "./invitations-part.tsx";
import { DomainPart } from "./domain-part.tsx";
import { LogoPart } from "./logo-part.tsx";
import { LookPart } from "./look-part.tsx";
import { SignInPart } from "./sign-in-part.tsx";
import { SettingsPart } from "./settings-part.tsx";

export const meta = () => [{ title: `${m.hub_page_title()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;
/** As many as there may be. */
const MAX_PAGE = 100;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { hub } = context.get(visitContext).api;
  const community = params["community"] ?? "";
  const after = new URL(request.url).searchParams.get("after");
  const [settings, boards, invitations, groups, ways, look, logo, domain] = await Promise.all([
    hub.setUp.settings({ community }),
    hub.setUp.allBoards({ community }),
    hub.setUp.invitations({ community, limit: PAGE_SIZE, ...(after !== null && { after }) }),
    hub.groups.list({ community, limit: MAX_PAGE }),
    hub.setUp.ways({ community }),
    hub.setUp.look({ community }),
    hub.setUp.logo({ community }),
    hub.setUp.domain({ community }),
  ]);
  return {
    settings,
    boards: boards.items,
    invitations,
    ways: ways.items,
    look,
    logo,
    domain,
    path: hubPath(community),
    groups: groups.items.map(({ id, name }) => ({ id, name })),
  };
}

interface Deed {
  readonly setUp: PageApi["hub"]["setUp"];
  readonly community: string;
  readonly form: FormData;
}

function boardFields(form: FormData) {
  return {
    name: formText(form, "name"),
    about: formText(form, "about"),
    access: boardAccesses.find((each) => each === formText(form, "access")) ?? ("everyone" as const),
    groupIds: formText(form, "groups")
      .split(",")
      .filter((id) => id !== ""),
  };
}

function settingsFields(form: FormData) {
  return {
    reading: readings.find((each) => each === formText(form, "reading")) ?? ("everyone" as const),
    joining: joinings.find((each) => each === formText(form, "joining")) ?? ("everyone" as const),
    directory: directories.find((each) => each === formText(form, "directory")) ?? ("nobody" as const),
    about: formText(form, "about"),
    rules: formText(form, "rules"),
    showsLinks: formText(form, "showsLinks") === "yes",
  };
}

function colourFields(form: FormData) {
  const [brand, second] = [formText(form, "brand"), formText(form, "second")];
  return { brand: brand === "" ? null : brand, second: second === "" ? null : second };
}

const wayIn = (form: FormData) => signInWays.find((each) => each === formText(form, "way")) ?? "telegram";

/** What can be done on this page, by the name its forms give it. */
async function doIt(deed: string, { setUp, community, form }: Deed) {
  const boardId = formText(form, "board");
  switch (deed) {
    case "on":
    case "off":
      return setUp.change({ community, isOpen: deed === "on" });
    case "settings":
      return setUp.change({ community, ...settingsFields(form) });
    case "archive":
    case "restore":
      return setUp.changeBoard({ community, boardId, isArchived: deed === "archive" });
    case "order":
      return setUp.orderBoards({ community, boards: formText(form, "order").split(",") });
    case "invite": {
      const [uses, days] = [Number(formText(form, "uses")), Number(formText(form, "days"))];
      return setUp.invite({ community, note: formText(form, "note"), uses, days });
    }
    case "look":
      return setUp.setLook({ community, ...colourFields(form) });
    case "logo":
      return setUp.setLogo({ community, name: formText(form, "name"), picture: formText(form, "picture") });
    case "restore-logo":
      return setUp.restoreLogo({ community });
    case "drop-logo":
      return setUp.dropLogo({ community });
    case "domain":
      return setUp.setDomain({ community, domain: formText(form, "domain") });
    case "check-domain":
      return setUp.checkDomain({ community });
    case "drop-domain":
      return setUp.dropDomain({ community });
    case "way": {
      const [clientId, secret] = [formText(form, "clientId"), formSecret(form, "secret")];
      return setUp.setWay({ community, way: wayIn(form), clientId, secret });
    }
    case "drop-way":
      return setUp.dropWay({ community, way: wayIn(form) });
    case "revoke":
      return setUp.revokeInvitation({ community, invitationId: formText(form, "invitation") });
    default:
      return boardId === ""
        ? setUp.makeBoard({ community, ...boardFields(form) })
        : setUp.changeBoard({ community, boardId, ...boardFields(form) });
  }
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { hub } = context.get(visitContext).api;
  const form = await request.formData();
  const community = params["community"] ?? "";
  return attempt(() => doIt(formText(form, "deed"), { setUp: hub.setUp, community, form }));
}

/** The community's own site: switched on or off, who comes, its boards and invitations. */
export default function HubPage() {
  const { settings, boards, invitations, groups, ways, look, logo, domain, path } = useLoaderData<typeof loader>();
  if (!settings.isOpen && boards.length === 0) {
    return (
      <>
        <PageHeader title={m.hub_page_title()} lead={m.hub_page_lead()} />
        <EmptyState title={m.hub_page_off()} text={m.hub_page_off_text()} action={<SwitchOn />} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={m.hub_page_title()}
        lead={settings.isOpen ? m.hub_page_lead() : m.hub_page_off()}
        action={settings.isOpen ? <Open path={path} /> : <SwitchOn />}
      />
      <Part narrow>
        <p>
          {m.hub_page_address()}: <b style={{ overflowWrap: "anywhere" }}>{settings.address}</b>
        </p>
        <CopyButton text={settings.address} />
      </Part>
      <BoardsPart boards={boards} groups={groups} />
      <SettingsPart settings={settings} />
      <LogoPart logo={logo.logo} before={logo.before} look={look} />
      <LookPart look={look} />
      <DomainPart {...domain} />
      <SignInPart ways={ways} />
      <InvitationsPart invitations={invitations} />
      {settings.isOpen && <SwitchOff />}
    </>
  );
}

function Open({ path }: { path: string }) {
  return (
    <Button
      component="a"
      href={path}
      variant="default"
      leftSection={<IconExternalLink size={18} stroke={1.7} aria-hidden />}
    >
      {m.hub_page_open()}
    </Button>
  );
}

function SwitchOn() {
  const fetcher = useFetcher();
  return (
    <fetcher.Form method="post">
      <input type="hidden" name="deed" value="on" />
      <Button type="submit" loading={fetcher.state !== "idle"}>
        {m.hub_page_switch_on()}
      </Button>
    </fetcher.Form>
  );
}

function SwitchOff() {
  const fetcher = useFetcher();
  return (
    <Part narrow>
      <SectionHeader title={m.hub_page_switch_off_part()} />
      <p style={{ marginTop: 0 }}>{m.hub_page_switch_off_text()}</p>
      <Confirm
        title={m.hub_page_switch_off_title()}
        text={m.hub_page_switch_off_text()}
        confirm={m.hub_page_switch_off()}
        danger
        onConfirm={() => void fetcher.submit({ deed: "off" }, { method: "post" })}
      >
        {(ask) => (
          <Button variant="default" loading={fetcher.state !== "idle"} onClick={ask}>
            {m.hub_page_switch_off()}
          </Button>
        )}
      </Confirm>
    </Part>
  );
}
