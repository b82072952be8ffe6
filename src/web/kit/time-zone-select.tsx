import { type ComboboxItem, Select, type SelectProps } from "@mantine/core";
import { useState, useSyncExternalStore } from "react";
import { type ZoneChoice as ListedZone, timeZoneChoices } from "#src/base/time-zone-name.ts";
import { formatZone, type Reader } from "./format.ts";
import { useReader } from "./reader.ts";

type OwnProps = "data" | "value" | "onChange" | "filter" | "searchable" | "allowDeselect" | "limit";

export interface ZoneChoiceProps extends Omit<SelectProps, OwnProps> {
  /** The zone that stands chosen, by its name in the tz database; empty is `automatic`. */
  zone: string;
  onZone: (zone: string) => void;
  /** The words for "as in the browser", where leaving it open is a choice. */
  automatic?: string;
}

function zonesNow({ locale }: Reader, chosen: string): readonly ListedZone[] {
  return timeZoneChoices(locale, Date.now(), chosen === "" ? "UTC" : chosen);
}

/** Found by the name that is read and by the one of the tz database. */
function answers({ label, value }: ComboboxItem, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  return label.toLowerCase().includes(wanted) || value.replaceAll("_", " ").toLowerCase().includes(wanted);
}

/** A choice among all time zones, by typing part of the name. The list is made when somebody comes to it. */
export function ZoneChoice({ zone, onZone, automatic, ...props }: ZoneChoiceProps) {
  const reader = useReader();
  const [isWanted, setWanted] = useState(false);
  const shown = isWanted
    ? zonesNow(reader, zone)
    : [{ zone, name: formatZone(zone, reader) }].filter((each) => each.zone !== "");
  const options = shown.map((each) => ({ value: each.zone, label: each.name }));
  return (
    <Select
      {...props}
      searchable
      allowDeselect={false}
      limit={60}
      data={automatic === undefined ? options : [{ value: "", label: automatic }, ...options]}
      filter={({ options: all, search, limit }) =>
        all.filter((each) => "value" in each && (search === "" || answers(each, search))).slice(0, limit)
      }
      value={zone}
      onFocus={() => setWanted(true)}
      onChange={(next) => onZone(next ?? "")}
    />
  );
}

export interface TimeZoneSelectProps {
  name: string;
  label: string;
  description?: string;
  /** The zone that stands chosen; without it, that of the browser, once it is known. */
  value?: string | undefined;
  /** The words for "as in the browser", where leaving it open is a choice. */
  automatic?: string;
  error?: string | undefined;
}

// Only the browser knows its clock, so a new form learns it after it has been drawn.
const neverChanges = () => () => undefined;
const browserZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
const serverZone = () => "UTC";

/** The time zone as a field of a form. */
export function TimeZoneSelect({ value, ...props }: TimeZoneSelectProps) {
  const guessed = useSyncExternalStore(neverChanges, browserZone, serverZone);
  const [chosen, setZone] = useState(value);
  const zone = chosen ?? (props.automatic === undefined ? guessed : "");
  return <ZoneChoice {...props} zone={zone} onZone={setZone} />;
}
