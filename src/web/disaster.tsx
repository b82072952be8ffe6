import { isRouteErrorResponse, useRouteLoaderData } from "react-router";
import { m } from "#words";

const style = { maxWidth: "36rem", margin: "20vh auto", padding: "0 24px", font: "15px/24px system-ui, sans-serif" };

/** A page without any part of the kit, for when the parts themselves may be what broke. */
export function Disaster({ error }: { error: unknown }) {
  const root = useRouteLoaderData<{ requestId: string }>("root");
  const missing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <main style={style}>
      <h1>{missing ? m.web_missing_title() : m.web_broken_title()}</h1>
      <p>{missing ? m.web_missing_text() : m.web_broken_text()}</p>
      {root !== undefined && !missing && <p>{m.web_broken_number({ number: root.requestId })}</p>}
      <p>
        <a href="/console">{m.web_to_start()}</a>
      </p>
    </main>
  );
}
