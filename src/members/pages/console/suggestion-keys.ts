import { useEffect, useEffectEvent, useState } from "react";
import { isTyping } from "#src/web/kit/list-keys.ts";
import type { MergeSuggestion } from "../../merging/model.ts";
import type { MergeDeed } from "./merge-action.ts";

function cardOf(id: string | undefined): HTMLElement | null {
  return id === undefined ? null : document.querySelector<HTMLElement>(`[data-suggestion="${CSS.escape(id)}"]`);
}

/**
 * Walks the queue by keyboard: `j` and `k` go on and back, `a` merges, `d` says they are two, `u` takes the last deed
 * back. When the current one leaves, the one that follows becomes current. Returns the id of the current one.
 */
export function useSuggestionKeys(
  items: readonly MergeSuggestion[],
  deeds: { act: (deed: MergeDeed) => void; undo: () => void; mayDecide: boolean },
): string | undefined {
  const [place, setPlace] = useState(0);
  const at = Math.min(place, Math.max(0, items.length - 1));
  const current = items[at];
  const go = (to: number): void => {
    const next = Math.max(0, Math.min(items.length - 1, to));
    setPlace(next);
    const card = cardOf(items[next]?.id);
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  };
  const pressed = useEffectEvent((event: KeyboardEvent): void => {
    if (isTyping(event)) return;
    const { key } = event;
    if (key === "j") return go(at + 1);
    if (key === "k") return go(at - 1);
    if (!deeds.mayDecide) return;
    if (key === "u") return deeds.undo();
    if (current?.dismissedAt !== null) return;
    const stays = cardOf(current.id)?.dataset["stays"] ?? current.people[0].id;
    if (key === "a") deeds.act({ do: "accept", suggestion: current.id, intoId: stays });
    if (key === "d") deeds.act({ do: "dismiss", suggestion: current.id });
  });
  const focused = useEffectEvent(({ target }: FocusEvent): void => {
    const id = target instanceof Element ? target.closest<HTMLElement>("[data-suggestion]")?.dataset["suggestion"] : "";
    const to = items.findIndex((item) => item.id === id);
    if (to >= 0) setPlace(to);
  });
  useEffect(() => {
    // Both are stable for React but not for the browser, which must be handed the same function twice.
    const [onKey, onFocus] = [(event: KeyboardEvent) => pressed(event), (event: FocusEvent) => focused(event)];
    document.addEventListener("keydown", onKey);
    document.addEventListener("focusin", onFocus);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("focusin", onFocus);
    };
  }, []);
  return current?.id;
}
