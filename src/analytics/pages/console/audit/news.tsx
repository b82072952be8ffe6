import { useState } from "react";
import { useParams, useRevalidator } from "react-router";
import { StaleNote } from "#src/web/kit/states.tsx";
import { useChanges } from "#src/web/kit/use-changes.ts";
import type { Audit } from "../../../model.ts";

/** The reader of the log whose work an audit is made of. */
const TOPICS = ["analytics.sheets"];

/**
 * Says when messages have been counted since the audit was made, and leaves it to the reader whether figures change under
 * their eyes. An audit of nothing has nothing to disturb and is made anew at once.
 */
export function News({ audit }: { audit: Audit }) {
  const { community } = useParams();
  const { revalidate } = useRevalidator();
  const [changed, setChanged] = useState<{ at: number; since: string }>();
  const isEmpty = audit.history === null;
  useChanges({ community, topics: TOPICS, asksAtFirst: isEmpty }, () => {
    if (isEmpty) void revalidate();
    else setChanged({ at: Date.now(), since: audit.madeAt });
  });
  if (changed?.since !== audit.madeAt) return null;
  return (
    <div className="v-no-print">
      <StaleNote at={Date.parse(audit.madeAt)} now={changed.at} onRefresh={() => void revalidate()} />
    </div>
  );
}
