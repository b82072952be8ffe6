import { Link, useLocation } from "react-router";
import { m } from "#words";
import classes from "./breadcrumb.module.css";
import { currentOf, shownSections, useFrame } from "./frame-data.ts";
import { pageAt } from "./sections.ts";

/** Pages that belong to no community. */
const ownPages: Record<string, () => string> = {
  "/console/settings": m.web_me_settings,
  "/console/communities": m.web_page_communities,
  "/console/held": m.hold_page_title,
  "/console/failed": m.hold_failed_title,
  "/console/communities/trail": m.trail_install_title,
  "/console/communities/new": m.web_page_new_community,
};

/** Community, section, page: the way here, each step a link. */
export function Breadcrumb() {
  const community = currentOf(useFrame());
  const { pathname } = useLocation();
  if (community === undefined) {
    const own = ownPages[pathname];
    return (
      <nav className={classes["crumbs"]} aria-label={m.web_breadcrumb()}>
        <Link to="/console/communities">{m.web_name()}</Link>
        {own !== undefined && <Link to={pathname}>{own()}</Link>}
      </nav>
    );
  }
  const here = pageAt(shownSections(community), pathname.split("/").slice(3).join("/"));
  const base = `/console/${community.slug}`;
  const many = (here?.section.pages.length ?? 0) > 1;
  return (
    <nav className={classes["crumbs"]} aria-label={m.web_breadcrumb()}>
      <Link to={base} className={classes["community"]}>
        {community.name}
      </Link>
      {here !== undefined && many && <span className={classes["section"]}>{here.section.name()}</span>}
      {here !== undefined && <Link to={`${base}/${here.page.path}`}>{here.page.name()}</Link>}
    </nav>
  );
}
