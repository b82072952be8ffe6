import { useRouteLoaderData } from "react-router";
import { m } from "#words";
import { readPageFault } from "./page-fault.ts";

// Warm paper and ink, whatever the theme: the style sheets may be missing too.
const ground = { minHeight: "100vh", background: "#FAF8F5", color: "#1F1B16" };
const style = {
  maxWidth: "36rem",
  margin: "0 auto",
  padding: "20vh 24px 24px",
  font: "15px/24px system-ui, sans-serif",
};

/** A page without any part of the kit, for when the parts themselves may be what broke. */
export function Disaster({ error }: { error: unknown }) {
  const root = useRouteLoaderData<{ requestId: string }>("root");
  const fault = readPageFault(error);
  const number = fault.number ?? root?.requestId;
  const missing = fault.status === 404;
  return (
    <div style={ground}>
      <main style={style}>
        <h1>{missing ? m.web_missing_title() : m.web_broken_title()}</h1>
        <p>{missing ? m.web_missing_text() : m.web_broken_text()}</p>
        {number !== undefined && !missing && <p>{m.web_broken_number({ number })}</p>}
        <p>
          <a href="/console" style={{ color: "#2457A6" }}>
            {m.web_to_start()}
          </a>
        </p>
      </main>
    </div>
  );
}
