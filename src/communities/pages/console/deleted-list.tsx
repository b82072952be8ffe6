import { Button } from "@mantine/core";
import { useEffect } from "react";
import { useFetcher } from "react-router";
import { m } from "#words";
import { isFailure } from "#src/web/kit/failure.ts";
import { formatDate } from "#src/web/kit/format.ts";
import { Initial } from "#src/web/kit/initial.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { showDone } from "#src/web/kit/toast.tsx";
import type { DeletedCommunity } from "../../model.ts";
import classes from "./communities.module.css";

/** Deleted communities, each with its way back; nothing when there is none. */
export function DeletedList({ items }: { items: readonly DeletedCommunity[] }) {
  if (items.length === 0) return null;
  return (
    <Part>
      <SectionHeader title={m.communities_page_deleted()} />
      <ul className={classes["list"]}>
        {items.map((community) => (
          <li key={community.slug}>
            <Deleted community={community} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Deleted({ community: { slug, name, erasedAt } }: { community: DeletedCommunity }) {
  const reader = useReader();
  const fetcher = useFetcher<unknown>();
  useEffect(() => {
    if (fetcher.state === "idle" && fetcher.data !== undefined && !isFailure(fetcher.data))
      showDone(m.communities_page_restored({ name }));
  }, [fetcher.state, fetcher.data, name]);
  return (
    <div className={classes["row"]}>
      <Initial name={name} size={40} />
      <span className={classes["words"]}>
        <b>{name}</b>
        <small>{m.communities_page_deleted_until({ date: formatDate(Date.parse(erasedAt), reader) })}</small>
        {isFailure(fetcher.data) && <small role="alert">{fetcher.data.message}</small>}
      </span>
      <Button
        variant="default"
        size="compact-sm"
        ml="auto"
        style={{ flex: "none" }}
        loading={fetcher.state !== "idle"}
        onClick={() => void fetcher.submit({ restore: slug }, { method: "post", action: "/console/communities" })}
      >
        {m.communities_page_restore()}
      </Button>
    </div>
  );
}
