import { Link } from "react-router";
import classes from "./view-tabs.module.css";

/** Saved views of one list, or pages of one thing, as a row of links. */
export function ViewTabs(props: {
  label: string;
  tabs: readonly { to: string; label: string; count?: string; current: boolean }[];
}) {
  return (
    <nav className={`${classes["tabs"]} v-no-print`} aria-label={props.label}>
      {props.tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} className={classes["tab"]} aria-current={tab.current ? "page" : undefined}>
          {tab.label}
          {tab.count !== undefined && <small>{tab.count}</small>}
        </Link>
      ))}
    </nav>
  );
}
