import { Button } from "@mantine/core";
import { IconMoonStars, IconReportAnalytics } from "@tabler/icons-react";
import { Link } from "react-router";
import { m } from "#words";
import { dateToDay } from "#src/base/clock.ts";
import { useQuery } from "#src/web/kit/address.ts";
import { formatDay } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import type { Span } from "../../../model.ts";

/** A community whose history nobody has brought in. `imports` is the address where one does. */
export function NothingStored({ imports }: { imports: string }) {
  return (
    <EmptyState
      icon={<IconReportAnalytics size={24} stroke={1.6} aria-hidden />}
      title={m.analytics_page_empty_title()}
      text={m.analytics_page_empty_text()}
      action={
        <Button component={Link} to={imports}>
          {m.analytics_page_empty_action()}
        </Button>
      }
    />
  );
}

/** A period in which nobody wrote, though messages of other days are stored. */
export function NobodyWrote({ history }: { history: Span }) {
  const reader = useReader();
  const { href } = useQuery();
  const [from, to] = [history.from, history.to].map((date) => formatDay(dateToDay(date) ?? 0, reader));
  return (
    <EmptyState
      icon={<IconMoonStars size={24} stroke={1.6} aria-hidden />}
      title={m.analytics_page_quiet_title()}
      text={m.analytics_page_quiet_text({ from: from ?? "", to: to ?? "" })}
      action={
        <Button
          component={Link}
          variant="default"
          to={href({ from: history.from, to: history.to, segment: undefined, savedSegment: undefined })}
        >
          {m.analytics_page_quiet_action()}
        </Button>
      }
    />
  );
}
