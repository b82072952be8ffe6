import { m } from "#words";
import { useQuery } from "#src/web/kit/address.ts";
import { ZoneChoice } from "#src/web/kit/time-zone-select.tsx";
import classes from "./preview.module.css";

/** Asks in which time zone a file was written, when its times do not say. The preview is made anew with each answer. */
export function TimeZoneQuestion({ value }: { value: string }) {
  const { change } = useQuery();
  return (
    <section className={classes["part"]}>
      <h2>{m.imports_page_zone_title()}</h2>
      <p>{m.imports_page_zone_text()}</p>
      <ZoneChoice
        label={m.imports_page_zone()}
        zone={value}
        onZone={(zone) => change({ zone }, { replace: true })}
        maw={320}
        nothingFoundMessage={m.imports_page_zone_none()}
      />
    </section>
  );
}
