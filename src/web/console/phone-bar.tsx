import { Drawer, UnstyledButton } from "@mantine/core";
import { IconDots, IconListDetails } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useLocation } from "react-router";
import { m } from "#words";
import { currentOf, shownSections, useFrame } from "./frame-data.ts";
import classes from "./phone-bar.module.css";
import { pageAt, type Section } from "./sections.ts";

const BESIDE_MORE = 4;

/** The bar at the bottom of a phone: the first parts of the work, and the rest under "More". */
export function PhoneBar() {
  const community = currentOf(useFrame());
  const shown = shownSections(community);
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  const here = pageAt(shown, pathname.split("/").slice(3).join("/"))?.section.id;
  if (community === undefined) return null;
  const to = (section: Section) => `/console/${community.slug}/${section.pages[0]?.path ?? ""}`;
  const first = shown.filter((section) => section.below !== true).slice(0, BESIDE_MORE);
  return (
    <nav className={`${classes["bar"]} v-no-print`} aria-label={m.web_sections()}>
      {first.map((section) => (
        <Link
          key={section.id}
          to={to(section)}
          className={classes["item"]}
          aria-current={section.id === here ? "page" : undefined}
        >
          <section.icon size={22} stroke={1.6} aria-hidden />
          {section.name()}
        </Link>
      ))}
      <UnstyledButton className={classes["item"]} onClick={() => setOpen(true)} aria-haspopup="dialog">
        <IconDots size={22} stroke={1.6} aria-hidden />
        {m.web_more()}
      </UnstyledButton>
      <Drawer
        opened={open}
        onClose={() => setOpen(false)}
        position="bottom"
        size="auto"
        styles={{ content: { height: "auto", maxHeight: "80vh" } }}
        title={community.name}
        closeButtonProps={{ "aria-label": m.web_close() }}
      >
        <div className={classes["sheet"]} onClick={() => setOpen(false)} role="presentation">
          {shown.flatMap((section) =>
            section.pages.map((page) => (
              <Link key={page.path} to={`/console/${community.slug}/${page.path}`} className={classes["row"]}>
                <section.icon size={20} stroke={1.6} aria-hidden />
                {section.pages.length > 1 ? `${section.name()}: ${page.name()}` : section.name()}
              </Link>
            )),
          )}
          <Link to="/console/communities" className={classes["row"]}>
            <IconListDetails size={20} stroke={1.6} aria-hidden />
            {m.web_community_all()}
          </Link>
        </div>
      </Drawer>
    </nav>
  );
}
