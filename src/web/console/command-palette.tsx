import { Spotlight, spotlight } from "@mantine/spotlight";
import {
  IconFileImport,
  IconKeyboard,
  IconLanguage,
  IconMoon,
  IconPlus,
  IconSearch,
  IconSettings,
  IconUser,
  IconUsersGroup,
} from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { useFetcher, useNavigate } from "react-router";
import { m } from "#words";
import { currentLocale } from "#words/runtime";
import { useThemeTurn } from "../kit/use-theme-turn.ts";
import { currentOf, type FrameData, shownSections, useFrame } from "./frame-data.ts";
import type { FoundMember } from "./find.ts";
import { openShortcuts } from "./shortcuts.tsx";

interface Entry {
  id: string;
  group: string;
  label: string;
  icon: ReactNode;
  run: () => void;
}

const sign = { size: 20, stroke: 1.6, "aria-hidden": true } as const;
const overlay = { backgroundOpacity: 0.4, blur: 0 };
const SHOWN_IN_A_GROUP = 10;
const TYPING_PAUSE_MS = 200;

/** Search and jump from anywhere: pages, communities, members and actions, under Ctrl or Cmd with K. */
export function CommandPalette() {
  const [query, setQuery] = useState("");
  const found = useMembers(query);
  const entries = useEntries();
  const sought = query.trim().toLowerCase();
  const fitting = [...entries.filter((entry) => entry.label.toLowerCase().includes(sought)), ...found];
  const groups = [...new Set(fitting.map((entry) => entry.group))];
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={["mod + K"]}
      tagsToIgnore={[]}
      maxHeight={480}
      scrollable
      centered={false}
      yOffset="12vh"
      overlayProps={overlay}
      attributes={{ content: { "aria-label": m.web_search() } }}
    >
      <Spotlight.Search
        placeholder={m.web_search_label()}
        aria-label={m.web_search_label()}
        leftSection={<IconSearch {...sign} />}
      />
      <Spotlight.ActionsList>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {fitting
              .filter((entry) => entry.group === group)
              .slice(0, SHOWN_IN_A_GROUP)
              .map((entry) => (
                <Spotlight.Action key={entry.id} label={entry.label} leftSection={entry.icon} onClick={entry.run} />
              ))}
          </Spotlight.ActionsGroup>
        ))}
        {fitting.length === 0 && <Spotlight.Empty>{m.web_search_nothing()}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function useEntries(): Entry[] {
  const frame = useFrame();
  const navigate = useNavigate();
  const turnTheme = useThemeTurn();
  const group = m.web_search_actions();
  const go = (path: string) => () => {
    spotlight.close();
    void navigate(path);
  };
  return [
    ...pagesOf(frame, go),
    ...deedsOf(frame, go),
    { id: "theme", group, label: m.web_action_theme(), icon: <IconMoon {...sign} />, run: turnTheme },
    { id: "language", group, label: m.web_action_language(), icon: <IconLanguage {...sign} />, run: turnLanguage },
    { id: "shortcuts", group, label: m.web_action_shortcuts(), icon: <IconKeyboard {...sign} />, run: openShortcuts },
  ];
}

function turnLanguage(): void {
  const choice = new URLSearchParams({ language: currentLocale() === "en" ? "ru" : "en" });
  // The whole page speaks the language, so it is loaded anew.
  void fetch("/taste", { method: "POST", body: choice, keepalive: true }).then(
    () => window.location.reload(),
    () => undefined,
  );
}

type Go = (path: string) => () => void;

function pagesOf(frame: FrameData, go: Go): Entry[] {
  const community = currentOf(frame);
  const pages = shownSections(community).flatMap((section) =>
    section.pages.map((page) => ({
      id: page.path,
      group: m.web_search_pages(),
      label: page.name(),
      icon: <section.icon {...sign} />,
      run: go(`/console/${community?.slug}/${page.path}`),
    })),
  );
  const mine = {
    id: "me",
    group: m.web_search_pages(),
    label: m.web_me_settings(),
    icon: <IconSettings {...sign} />,
    run: go("/console/settings"),
  };
  const communities = frame.communities.map(({ slug, name }) => ({
    id: `community ${slug}`,
    group: m.web_search_communities(),
    label: name,
    icon: <IconUsersGroup {...sign} />,
    run: go(`/console/${slug}`),
  }));
  return [...pages, mine, ...communities];
}

function deedsOf(frame: FrameData, go: Go): Entry[] {
  const group = m.web_search_actions();
  const community = currentOf(frame);
  const entries: Entry[] = [];
  if (community?.pages.includes("imports") === true) {
    entries.push({
      id: "import",
      group,
      label: m.web_action_import(),
      icon: <IconFileImport {...sign} />,
      run: go(`/console/${community.slug}/imports/new`),
    });
  }
  if (frame.mayCreate)
    entries.push({
      id: "create",
      group,
      label: m.web_action_new_community(),
      icon: <IconPlus {...sign} />,
      run: go("/console/communities/new"),
    });
  return entries;
}

/** Members whose names fit, asked of the server when the typing pauses. */
function useMembers(query: string): Entry[] {
  const community = currentOf(useFrame());
  const navigate = useNavigate();
  const { load, data } = useFetcher<{ members: FoundMember[] }>();
  const may = community?.pages.includes("members") === true;
  const sought = query.trim();
  useEffect(() => {
    if (!may || sought.length < 2) return undefined;
    const timer = setTimeout(
      () => void load(`/console/${community?.slug}/find?search=${encodeURIComponent(sought)}`),
      TYPING_PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [may, sought, community?.slug, load]);
  if (!may || sought.length < 2) return [];
  return (data?.members ?? []).map((member) => ({
    id: `member ${member.id}`,
    group: m.web_search_members(),
    label: member.detail === "" ? member.name : `${member.name} · ${member.detail}`,
    icon: <IconUser {...sign} />,
    run: () => {
      spotlight.close();
      void navigate(`/console/${community?.slug}/members/${member.id}`);
    },
  }));
}
