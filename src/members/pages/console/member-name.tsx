import type { ReactNode } from "react";
import { m } from "#words";
import { Initial } from "#src/web/kit/initial.tsx";
import { PlatformDot } from "#src/web/kit/platform-dot.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import type { Account } from "../../model.ts";
import classes from "./member-name.module.css";

/** A member's name as it is read: deleted accounts have none. */
export function shownName(name: string): string {
  return name.trim() === "" ? m.members_nameless() : name;
}

/** The marks of a member as quiet words. */
export function MarkTags({ isStaff, isBot }: { isStaff: boolean; isBot: boolean }): ReactNode {
  return (
    <>
      {isStaff && <Tag tone="accent">{m.members_tag_staff()}</Tag>}
      {isBot && <Tag>{m.members_tag_bot()}</Tag>}
    </>
  );
}

/** How an account is called: `@username`, or the platform's id; an account of our own hub goes by the member's name. */
export function accountName({ platform, username, externalId }: Account): string {
  if (username !== null && username !== "") return `@${username}`;
  return platform === "hub" ? m.members_account_hub() : externalId;
}

/** A member in one line of a list: letter, name, marks, and under it the first account. */
export function MemberName(props: {
  name: string;
  isStaff: boolean;
  isBot: boolean;
  accounts: readonly Account[];
}): ReactNode {
  const [first] = props.accounts;
  return (
    <span className={classes["line"]}>
      <Initial name={props.name} size={32} />
      <span className={classes["words"]}>
        <span className={classes["top"]}>
          <bdi className={classes["name"]} title={props.name}>
            {shownName(props.name)}
          </bdi>
          <MarkTags isStaff={props.isStaff} isBot={props.isBot} />
        </span>
        {first !== undefined && (
          <small className={classes["account"]}>
            <PlatformDot platform={first.platform} size={14} />
            <bdi>{accountName(first)}</bdi>
            {props.accounts.length > 1 && <span>{m.members_more_accounts({ count: props.accounts.length - 1 })}</span>}
          </small>
        )}
      </span>
    </span>
  );
}
