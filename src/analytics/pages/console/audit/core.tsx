import { m } from "#words";
import { ChartFrame } from "#src/web/kit/chart-frame.tsx";
import { NetworkGraph } from "#src/web/kit/network-graph.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { formatNumber } from "#src/web/kit/format.ts";
import { evidenceHref, useAudit } from "./audit-context.ts";
import { messagesOf } from "./evidence.ts";
import { definitionOf } from "./figure-definition.ts";
import { shownName } from "./named.ts";
import { Part } from "./part.tsx";

/** Fewer pairs than this are no picture. */
const FEWEST_PAIRS = 3;

/** The conversation among those who are most in it; nothing where answers are unknown or there are too few. */
export function Core() {
  const view = useAudit();
  const reader = useReader();
  const { graph } = view.audit;
  if (graph === null || graph.edges.length < FEWEST_PAIRS) return null;
  const inTalk = new Set(graph.edges.flatMap(({ a, b }) => [a, b]));
  const definition = definitionOf(view, "conversation-graph");
  const nameOf = (place: number) => shownName(graph.nodes[place]?.member ?? { name: "" });
  return (
    <Part id="core">
      <ChartFrame
        topic={m.analytics_page_carriers()}
        title={m.analytics_page_core_title({ count: inTalk.size })}
        {...(definition === undefined ? {} : { definition })}
        fileName="core"
        note={m.analytics_page_core_note()}
        table={{
          columns: [m.analytics_page_core_pair(), m.analytics_page_core_replies()],
          rows: graph.edges.map(({ a, b, replies }) => [
            `${nameOf(a)} – ${nameOf(b)}`,
            formatNumber(replies, reader, 0),
          ]),
          raw: graph.edges.map(({ a, b, replies }) => [`${nameOf(a)} – ${nameOf(b)}`, replies]),
        }}
      >
        <NetworkGraph
          label={m.analytics_page_core_title({ count: inTalk.size })}
          height={420}
          nodes={graph.nodes
            .map(({ member, messages }, place) => ({
              place,
              id: member.id,
              name: shownName(member),
              weight: messages,
              ...(view.isShared ? {} : { href: evidenceHref(view, messagesOf({ kind: "member", member: member.id })) }),
            }))
            .filter(({ place }) => inTalk.has(place))}
          edges={graph.edges.map(({ a, b, replies }) => ({
            from: graph.nodes[a]?.member.id ?? "",
            to: graph.nodes[b]?.member.id ?? "",
            weight: replies,
          }))}
        />
      </ChartFrame>
    </Part>
  );
}
