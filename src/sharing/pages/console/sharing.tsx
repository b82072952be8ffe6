import { type ActionFunctionArgs, type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { segments } from "#src/analytics/model.ts";
import { visitContext, type PageApi } from "#src/web/context.ts";
import { formSecret, formText } from "#src/web/kit/form-text.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import type { AuditLetter } from "../../model.ts";
import { LettersPart } from "./letters-part.tsx";
import { LinksPart } from "./links-part.tsx";

export const meta = () => [{ title: `${m.sharing_page_title()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

/** A letter with its failure in words. */
export type ShownLetter = AuditLetter & { readonly failed: string };

/** Why a letter was not written; what is no refusal of ours is told as broken. */
function failureText({ failure }: AuditLetter): string {
  if (failure === null) return "";
  return failure.code === "sharing.no-mail-server" ? m.sharing_page_no_mail() : m.refusal_sharing_letter_broken();
}

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { sharing, members } = context.get(visitContext).api;
  const community = params["community"] ?? "";
  const { searchParams } = new URL(request.url);
  const after = searchParams.get("after");
  const savedId = searchParams.get("savedSegment");
  const [links, letters, saved] = await Promise.all([
    sharing.links.list({ community, limit: PAGE_SIZE, ...(after !== null && { after }) }),
    sharing.letters.list({ community }),
    savedId === null ? { items: [] } : members.segments({ community }),
  ]);
  const found = saved.items.find(({ id }) => id === savedId);
  const asked = found === undefined ? null : { id: found.id, name: found.name };
  const shown: ShownLetter[] = letters.items.map((letter) => ({ ...letter, failed: failureText(letter) }));
  return { links, letters: shown, mail: letters.mail, asked };
}

/** The question of an audit as a form carries it on from the page where it was asked. */
function questionOf(form: FormData) {
  const [from, to, savedSegment] = [formText(form, "from"), formText(form, "to"), formText(form, "savedSegment")];
  const segment = segments.find((one) => one === formText(form, "segment"));
  return {
    ...(from === "" ? {} : { from }),
    ...(to === "" ? {} : { to }),
    ...(segment === undefined ? {} : { segment }),
    ...(savedSegment === "" ? {} : { savedSegment }),
    ...(formText(form, "compare") === "none" ? { compare: "none" as const } : {}),
    spaces: formText(form, "spaces"),
  };
}

function splitAt(text: string, separator: RegExp): string[] {
  return text.split(separator).filter((part) => part !== "");
}

function letterWish(form: FormData) {
  return {
    every: formText(form, "every") === "month" ? ("month" as const) : ("week" as const),
    day: Number(formText(form, "day")),
    hour: Number(formText(form, "hour")),
    timeZone: formText(form, "timeZone"),
    language: formText(form, "language") === "ru" ? ("ru" as const) : ("en" as const),
    spaces: splitAt(formText(form, "spaces"), /,/),
    names: form.get("names") !== null,
    readers: splitAt(formText(form, "readers"), /[\s,;]+/),
  };
}

interface Deed {
  readonly sharing: PageApi["sharing"];
  readonly community: string;
  readonly form: FormData;
}

function createLink({ sharing, community, form }: Deed) {
  const password = formSecret(form, "password");
  return sharing.links.create({
    community,
    ...questionOf(form),
    name: formText(form, "name"),
    days: Number(formText(form, "days")),
    names: form.get("names") !== null,
    ...(password === "" ? {} : { password }),
  });
}

/** What can be done on this page, by the name its forms give it. */
async function doIt(deed: string, { sharing, community, form }: Deed) {
  const letter = formText(form, "letter");
  switch (deed) {
    case "revoke":
      return sharing.links.revoke({ community, link: formText(form, "link") });
    case "letter":
      return letter === ""
        ? sharing.letters.create({ community, ...letterWish(form) })
        : sharing.letters.change({ community, letter, ...letterWish(form) });
    case "pause":
    case "resume":
      return sharing.letters.change({ community, letter, paused: deed === "pause" });
    case "end":
      return sharing.letters.remove({ community, letter });
    case "test":
      return sharing.letters.test({ community, letter });
    default:
      return createLink({ sharing, community, form });
  }
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { sharing } = context.get(visitContext).api;
  const form = await request.formData();
  return attempt(() => doIt(formText(form, "deed"), { sharing, community: params["community"] ?? "", form }));
}

/** How an audit reaches people who have no account here. */
export default function SharingPage() {
  const { links, letters, mail, asked } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.sharing_page_title()} lead={m.sharing_page_lead()} />
      <LinksPart links={links} asked={asked} />
      <LettersPart letters={letters} mail={mail} />
    </>
  );
}
