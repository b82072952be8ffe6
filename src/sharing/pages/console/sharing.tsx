import { type ActionFunctionArgs, type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { segments } from "#src/analytics/model.ts";
import { visitContext } from "#src/web/context.ts";
import { formSecret, formText } from "#src/web/kit/form-text.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { LinksPart } from "./links-part.tsx";

export const meta = () => [{ title: `${m.sharing_page_title()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { sharing } = context.get(visitContext).api;
  const community = params["community"] ?? "";
  const after = new URL(request.url).searchParams.get("after");
  return { links: await sharing.links.list({ community, limit: PAGE_SIZE, ...(after !== null && { after }) }) };
}

/** The question of an audit as a form carries it on from the page where it was asked. */
function questionOf(form: FormData) {
  const [from, to] = [formText(form, "from"), formText(form, "to")];
  const segment = segments.find((one) => one === formText(form, "segment"));
  return {
    ...(from === "" ? {} : { from }),
    ...(to === "" ? {} : { to }),
    ...(segment === undefined ? {} : { segment }),
    ...(formText(form, "compare") === "none" ? { compare: "none" as const } : {}),
    spaces: formText(form, "spaces"),
  };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { sharing } = context.get(visitContext).api;
  const community = params["community"] ?? "";
  const form = await request.formData();
  if (formText(form, "deed") === "revoke")
    return attempt(() => sharing.links.revoke({ community, link: formText(form, "link") }));
  const password = formSecret(form, "password");
  return attempt(() =>
    sharing.links.create({
      community,
      ...questionOf(form),
      name: formText(form, "name"),
      days: Number(formText(form, "days")),
      names: form.get("names") !== null,
      ...(password === "" ? {} : { password }),
    }),
  );
}

/** How an audit reaches people who have no account here. */
export default function SharingPage() {
  const { links } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.sharing_page_title()} lead={m.sharing_page_lead()} />
      <LinksPart links={links} />
    </>
  );
}
