import { startTransition, StrictMode, useEffect } from "react";
import { hydrateRoot } from "react-dom/client";
import { HydratedRouter } from "react-router/dom";
import { NonceContext } from "./kit/nonce.ts";

declare global {
  var __webpack_nonce__: string | undefined;
}

const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";

// Under this name the scroll lock of dialogs looks for the nonce of the style sheet it writes.
globalThis.__webpack_nonce__ = nonce;

/** Says on the document (`html[data-alive]`) that all of it answers now; before that a click may come to nothing. */
function Alive() {
  useEffect(() => {
    document.documentElement.dataset["alive"] = "";
  }, []);
  return null;
}

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <NonceContext value={nonce}>
        <HydratedRouter />
        <Alive />
      </NonceContext>
    </StrictMode>,
  );
});
