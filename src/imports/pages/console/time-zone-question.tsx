import { Select } from "@mantine/core";
import { m } from "#words";
import { useQuery } from "#src/web/kit/address.ts";
import classes from "./preview.module.css";

/** Asks in which time zone a file was written, when its times do not say. The preview is made anew with each answer. */
export function TimeZoneQuestion({ value }: { value: string }) {
  const { change } = useQuery();
  const zones = Intl.supportedValuesOf("timeZone");
  return (
    <section className={classes["part"]}>
      <h2>{m.imports_page_zone_title()}</h2>
      <p>{m.imports_page_zone_text()}</p>
      <Select
        label={m.imports_page_zone()}
        data={zones.includes(value) ? zones : [value, ...zones]}
        value={value}
        onChange={(zone) => zone !== null && change({ zone }, { replace: true })}
        searchable
        limit={60}
        allowDeselect={false}
        maw={320}
        nothingFoundMessage={m.imports_page_zone_none()}
      />
    </section>
  );
}
