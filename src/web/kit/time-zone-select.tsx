import { Select } from "@mantine/core";
import { useState, useSyncExternalStore } from "react";

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

/** A choice among the time zones of the tz database, by typing part of the name. */
export function TimeZoneSelect({ name, label, description, value, automatic, error }: TimeZoneSelectProps) {
  const guessed = useSyncExternalStore(neverChanges, browserZone, serverZone);
  const [chosen, setZone] = useState(value);
  const zone = chosen ?? (automatic === undefined ? guessed : "");
  const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((other) => other !== "UTC")];
  const choices = zones.includes(zone) || zone === "" ? zones : [zone, ...zones];
  const options = choices.map((one) => ({ value: one, label: one.replaceAll("_", " ") }));
  return (
    <Select
      name={name}
      label={label}
      description={description}
      error={error}
      searchable
      allowDeselect={false}
      limit={60}
      data={automatic === undefined ? options : [{ value: "", label: automatic }, ...options]}
      value={zone}
      onChange={(next) => setZone(next ?? "")}
    />
  );
}
