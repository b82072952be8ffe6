import { type RefCallback, useCallback } from "react";

/** Puts the cursor into a field when its page appears, for pages that are one short form. */
export function useFirstFocus(): RefCallback<HTMLInputElement> {
  return useCallback((field: HTMLInputElement | null) => field?.focus({ preventScroll: true }), []);
}
