import { Link } from "react-router";
import classes from "./view-tabs.module.css";

/** On a phone the row is wider than the window: the page one is on must not stand beyond its edge. */
function intoView(tab: HTMLAnchorElement | null): void {
  const row = tab?.parentElement;
  if (tab && row) row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.clientWidth) / 2;
}

/** Saved views of one list, or pages of one thing, as a row of links. */
export function ViewTabs(props: {
  label: string;
  tabs: readonly { to: string; label: string; count?: string; current: boolean }[];
}) {
  return (
    <nav className={`${classes["tabs"]} v-no-print`} aria-label={props.label}>
      {props.tabs.map((tab) => (
        <Link
          key={tab.to}
          ref={tab.current ? intoView : undefined}
          to={tab.to}
          className={classes["tab"]}
          aria-current={tab.current ? "page" : undefined}
        >
          {tab.label}
          {tab.count !== undefined && <small>{tab.count}</small>}
        </Link>
      ))}
    </nav>
  );
}
