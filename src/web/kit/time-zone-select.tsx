import { Select } from "@mantine/core";
import { useEffect, useState } from "react";

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

/** A choice among the time zones of the tz database, by typing part of the name. */
export function TimeZoneSelect({ name, label, description, value, automatic, error }: TimeZoneSelectProps) {
  const [zone, setZone] = useState(value ?? (automatic === undefined ? "UTC" : ""));
  useEffect(() => {
    // Only the browser knows its clock, so a new form learns it after it has been drawn.
    if (value === undefined && automatic === undefined) setZone(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, [value, automatic]);
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
