import { Button } from "@mantine/core";
import { type ActionFunctionArgs, type LoaderFunctionArgs, useFetcher, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { wishIn } from "./letter-wish.ts";

export const meta = () => [
  { title: `${m.sharing_page_letters()} · ${m.web_name()}` },
  { name: "robots", content: "noindex" },
];

export async function loader({ context, params }: LoaderFunctionArgs) {
  return context.get(visitContext).api.sharing.reader.get({ token: params["token"] ?? "" });
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const wantsIt = wishIn(await request.formData());
  if (wantsIt === undefined) return { done: true } as const;
  const { reader } = context.get(visitContext).api.sharing;
  return attempt(() => reader.change({ token: params["token"] ?? "", wantsIt }));
}

/** Where the link in a letter leads: to no more of these letters, and back. Opening it alone changes nothing. */
export default function LetterStopPage() {
  const { community, email, wantsIt } = useLoaderData<typeof loader>();
  const fetcher = useFetcher();
  return (
    <>
      <PageHeader title={m.sharing_stop_title({ community })} lead={m.sharing_stop_lead({ email })} />
      <fetcher.Form method="post">
        <p role="status">{wantsIt ? "" : m.sharing_stop_done()}</p>
        <Button
          type="submit"
          name="wants"
          value={wantsIt ? "no" : "yes"}
          variant={wantsIt ? "filled" : "default"}
          loading={fetcher.state !== "idle"}
        >
          {wantsIt ? m.sharing_stop_deed() : m.sharing_stop_undo()}
        </Button>
      </fetcher.Form>
    </>
  );
}
