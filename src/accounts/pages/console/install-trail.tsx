import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { trailAsk } from "./trail-address.ts";
import { TrailList } from "./trail-list.tsx";

export const meta = () => [{ title: `${m.trail_install_title()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { trail } = context.get(visitContext).api.accounts;
  const ask = trailAsk(new URL(request.url).searchParams, Date.now());
  const [page, choices] = await Promise.all([trail.install({ limit: PAGE_SIZE, ...ask }), trail.installChoices({})]);
  return { ...page, choices };
}

/** Who did what outside communities; for the owners of the installation. */
export default function InstallTrailPage() {
  const page = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.trail_install_title()} lead={m.trail_install_lead()} />
      <TrailList {...page} />
    </>
  );
}
