import type { ReactNode } from "react";
import type { Audit, BroughtNumbers } from "../../../model.ts";
import { Alive } from "./alive.tsx";
import { Brought } from "./brought.tsx";
import { Carriers } from "./carriers.tsx";
import { Comeback } from "./comeback.tsx";
import { Core } from "./core.tsx";
import { Footnotes } from "./footnotes.tsx";
import { Growth } from "./growth.tsx";
import { Headline } from "./headline.tsx";
import { Newcomers } from "./newcomers.tsx";
import { Questions } from "./questions.tsx";
import { SilentParts } from "./silent-parts.tsx";
import { Signals } from "./signals.tsx";
import { SixFigures } from "./six-figures.tsx";
import { Spaces } from "./spaces.tsx";
import { type CautiousPart, silentParts } from "./spoken.ts";
import { Talk } from "./talk.tsx";

/** Everything an audit says, in the order of questions; parts that this history is too small for are told in one line. */
export function Parts({ audit, brought }: { audit: Audit; brought?: BroughtNumbers | undefined }) {
  const silent = silentParts(audit);
  const unless = (part: CautiousPart, content: ReactNode) => (silent.includes(part) ? null : content);
  return (
    <>
      <Headline />
      <SixFigures />
      <Growth />
      {brought !== undefined && <Brought numbers={brought} />}
      {unless("return", <Comeback />)}
      {unless("carriers", <Carriers />)}
      <Core />
      {unless("newcomers", <Newcomers />)}
      {unless("questions", <Questions />)}
      {unless("alive", <Alive />)}
      {unless("talk", <Talk />)}
      <Spaces />
      {unless("stood-out", <Signals />)}
      <SilentParts parts={silent} />
      <Footnotes />
    </>
  );
}
