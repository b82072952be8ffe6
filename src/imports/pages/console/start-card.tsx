import { Anchor, Select } from "@mantine/core";
import { Link, useNavigation } from "react-router";
import { useState } from "react";
import { m } from "#words";
import { ActionForm, SubmitButton } from "#src/web/kit/action-form.tsx";
import type { Preview } from "../../model.ts";
import classes from "./preview.module.css";
import { ownFields } from "./words-of.ts";

/** The form that starts an import; ticks that stand elsewhere on the page belong to it. */
export const START_FORM = "start-import";

interface StartCardProps {
  preview: Preview;
  communities: readonly { slug: string; name: string }[];
  /** The one whose page this is. */
  community: string;
}

/** The last question, into which community, and the button that starts. */
export function StartCard({ preview, communities, community }: StartCardProps) {
  const [target, setTarget] = useState(community);
  const rereading = useNavigation().state === "loading";
  const ready = preview.missing.length === 0 && (preview.sample.length > 0 || preview.numbers !== null);
  return (
    <aside className={classes["card"]} aria-label={m.imports_page_start_label()}>
      <ActionForm id={START_FORM}>
        <input type="hidden" name="format" value={preview.format} />
        {preview.timeZone.needed && <input type="hidden" name="zone" value={preview.timeZone.value} />}
        {preview.dates !== null && <input type="hidden" name="dates" value={preview.dates.order} />}
        {ownFields.map((field) => {
          const column = preview.map?.[field];
          return column === undefined ? null : <input key={field} type="hidden" name={`map.${field}`} value={column} />;
        })}
        <Select
          name="community"
          label={m.imports_page_into()}
          data={communities.map(({ slug, name }) => ({ value: slug, label: name }))}
          value={target}
          onChange={(slug) => setTarget(slug ?? community)}
          allowDeselect={false}
          readOnly={communities.length < 2}
        />
        <p className={classes["quiet"]}>{m.imports_page_start_safe()}</p>
        {ready ? (
          <SubmitButton fullWidth>{rereading ? m.imports_page_rereading() : m.imports_page_start()}</SubmitButton>
        ) : (
          <output>{m.imports_page_start_not_yet()}</output>
        )}
      </ActionForm>
      <Anchor component={Link} to=".." relative="path">
        {m.imports_page_other_file()}
      </Anchor>
    </aside>
  );
}
