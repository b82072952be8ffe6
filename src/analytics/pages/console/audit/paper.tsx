import { Button } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { m } from "#words";
import { dateToDay } from "#src/base/clock.ts";
import { formatPeriod } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Audit } from "../../../model.ts";
import classes from "./audit.module.css";

/** Which community, days and members a report is about: on paper, and where it is shared, nothing else says so. */
export function Scope({ name, audit, shown = false }: { name: string; audit: Audit; shown?: boolean }) {
  const reader = useReader();
  const [from, to] = [audit.period.from, audit.period.to].map((date) => dateToDay(date) ?? 0);
  const spaces = audit.spaces.map((space) => space.name).join(", ");
  const scope = [
    name,
    formatPeriod(from ?? 0, to ?? 0, reader),
    spaces === "" ? m.analytics_page_all_spaces() : spaces,
    m.analytics_page_segment_name({ segment: audit.segment }),
    ...(audit.savedSegment === null ? [] : [audit.savedSegment.name]),
  ];
  return (
    <p className={classes["scope"]} data-shown={shown || undefined}>
      {scope.join(" · ")}
    </p>
  );
}

/** Opens the print dialog, where a PDF can be made. */
export function PrintButton() {
  return (
    <Button
      className={classes["print"] ?? ""}
      variant="default"
      leftSection={<IconPrinter size={16} stroke={1.7} aria-hidden />}
      onClick={() => globalThis.print()}
    >
      {m.analytics_page_print()}
    </Button>
  );
}
