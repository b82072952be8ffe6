import { createContext, useContext } from "react";

/** Carries the word that allows scripts and style sheets of this one page to run. */
export const NonceContext = createContext("");

/** The nonce for a `<script>` or `<style>` a component writes. */
export function useNonce(): string {
  return useContext(NonceContext);
}
