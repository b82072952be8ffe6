import { Tooltip, UnstyledButton } from "@mantine/core";
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from "@tabler/icons-react";
import { Link, useLocation } from "react-router";
import { m } from "#words";
import { Initial } from "../kit/initial.tsx";
import { CommunitySwitcher } from "./community-switcher.tsx";
import { currentOf, type FrameCommunity, shownSections, useFrame } from "./frame-data.ts";
import classes from "./rail.module.css";
import { pageAt, type Section, type SectionPage } from "./sections.ts";

/** The rail at the left: the community on top, then the parts of the work that exist. */
export function Rail({ folded, onFold }: { folded: boolean; onFold: (folded: boolean) => void }) {
  const community = currentOf(useFrame());
  const shown = shownSections(community);
  const { pathname } = useLocation();
  const here = pageAt(shown, pathname.split("/").slice(3).join("/"));
  const item = (section: Section) => (
    <RailSection
      key={section.id}
      section={section}
      community={community}
      here={here?.section.id === section.id ? here.page : undefined}
      folded={folded}
    />
  );
  return (
    <nav className={`${classes["rail"]} v-no-print`} data-folded={folded || undefined} aria-label={m.web_sections()}>
      <CommunitySwitcher folded={folded} />
      {shown.filter((section) => section.below !== true).map(item)}
      {shown.some((section) => section.below === true) && <hr />}
      {shown.filter((section) => section.below === true).map(item)}
      {community === undefined && <CommunityLinks />}
      <UnstyledButton className={classes["fold"]} onClick={() => onFold(!folded)} aria-expanded={!folded}>
        {folded ? (
          <IconLayoutSidebarLeftExpand size={20} stroke={1.6} aria-hidden />
        ) : (
          <IconLayoutSidebarLeftCollapse size={20} stroke={1.6} aria-hidden />
        )}
        <span>{folded ? m.web_rail_unfold() : m.web_rail_fold()}</span>
      </UnstyledButton>
    </nav>
  );
}

function RailSection(props: {
  section: Section;
  community: FrameCommunity | undefined;
  here: SectionPage | undefined;
  folded: boolean;
}) {
  const { section, community, here, folded } = props;
  const first = section.pages[0];
  if (first === undefined || community === undefined) return null;
  const base = `/console/${community.slug}`;
  const open = here !== undefined && section.pages.length > 1 && !folded;
  return (
    <>
      <Tooltip label={section.name()} position="right" disabled={!folded}>
        <Link
          to={`${base}/${first.path}`}
          className={classes["link"]}
          data-on={here !== undefined || undefined}
          aria-current={here === first && !open ? "page" : undefined}
        >
          <section.icon size={20} stroke={1.6} aria-hidden />
          <span>{section.name()}</span>
        </Link>
      </Tooltip>
      {open &&
        section.pages.map((page) => (
          <Link
            key={page.path}
            to={`${base}/${page.path}`}
            className={classes["page"]}
            aria-current={page === here ? "page" : undefined}
          >
            {page.name()}
          </Link>
        ))}
    </>
  );
}

const LISTED = 12;

/** Outside any community, the ways into the first few. */
function CommunityLinks() {
  return useFrame()
    .communities.slice(0, LISTED)
    .map(({ slug, name }) => (
      <Link key={slug} to={`/console/${slug}`} className={classes["link"]} title={name}>
        <Initial name={name} size={24} />
        <span>{name}</span>
      </Link>
    ));
}
