import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { trailAsk } from "./trail-address.ts";
import { TrailList } from "./trail-list.tsx";

export const meta = () => [{ title: `${m.trail_title()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { trail } = context.get(visitContext).api.accounts;
  const community = params["community"] ?? "";
  const { after, ...filter } = trailAsk(new URL(request.url).searchParams, Date.now());
  const [page, choices] = await Promise.all([
    trail.list({ community, limit: PAGE_SIZE, ...filter, ...(after !== undefined && { after }) }),
    trail.choices({ community }),
  ]);
  const file = `/api/v1/communities/${community}/trail.csv?${new URLSearchParams(filter).toString()}`;
  return { ...page, choices, file };
}

/** Who did what in the community. */
export default function TrailPage() {
  const { file, ...page } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.trail_title()} lead={m.trail_lead()} action={<DownloadButton file={file} />} />
      <TrailList {...page} />
    </>
  );
}

function DownloadButton({ file }: { file: string }) {
  return (
    <Button
      component="a"
      href={file}
      download
      variant="default"
      leftSection={<IconDownload size={18} stroke={1.7} aria-hidden />}
    >
      {m.trail_export()}
    </Button>
  );
}
