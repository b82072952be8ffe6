import { Checkbox } from "@mantine/core";
import { m } from "#words";
import { formatNumber } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Preview } from "../../model.ts";
import classes from "./preview.module.css";
import { START_FORM } from "./start-card.tsx";

/** The chats found in a file. Where there are several, a person says which to take; private conversations are left out unless ticked. */
export function SpaceList({ preview }: { preview: Preview }) {
  const reader = useReader();
  if (preview.spaces.length === 0) return null;
  const more = preview.spaceCount - preview.spaces.length;
  const choosable = preview.spaces.length > 1;
  return (
    <section className={classes["part"]}>
      <h2>{m.imports_page_spaces_title({ count: preview.spaceCount })}</h2>
      {choosable && <p>{m.imports_page_spaces_choose()}</p>}
      <ul className={classes["spaces"]}>
        {preview.spaces.map((space) => (
          <li key={space.externalId}>
            {choosable ? <Choice space={space} /> : <bdi>{space.name}</bdi>}
            {choosable && space.messages !== null && <small>{m.imports_page_records({ count: space.messages })}</small>}
          </li>
        ))}
        {more > 0 && <li>{m.imports_page_spaces_more({ number: formatNumber(more, reader) })}</li>}
      </ul>
    </section>
  );
}

function Choice({ space }: { space: Preview["spaces"][number] }) {
  return (
    <Checkbox
      name="space"
      value={space.externalId}
      form={START_FORM}
      defaultChecked={!space.isPrivate}
      label={<bdi>{space.name}</bdi>}
      description={space.isPrivate ? m.imports_page_space_private() : undefined}
    />
  );
}
