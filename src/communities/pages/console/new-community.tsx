import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { m } from "#words";
import { isLocale } from "#words/runtime";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton } from "#src/web/kit/action-form.tsx";
import { isFailure } from "#src/web/kit/failure.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { PageHeader, Step } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { CommunityFields, SlugField } from "./community-fields.tsx";
import { SampleOffer } from "./sample-offer.tsx";

export const meta = () => [{ title: `${m.communities_page_create()} · ${m.web_name()}` }];

export async function loader({ context }: LoaderFunctionArgs) {
  const { items } = await context.get(visitContext).api.communities.list({});
  return { isFirst: items.every(({ isSample }) => isSample), hasSample: items.some(({ isSample }) => isSample) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const { api } = context.get(visitContext);
  const form = await request.formData();
  const text = (name: string) => formText(form, name);
  const [slug, language] = [text("slug"), text("language")];
  const made = await attempt(() =>
    api.communities.create({
      name: text("name"),
      language: isLocale(language) ? language : "en",
      timeZone: text("timeZone"),
      ...(slug !== "" && { slug }),
    }),
  );
  return isFailure(made) ? made : redirect(`/console/${made.slug}/imports/new`);
}

/** Names a community and goes on to its history; for the first one, the second step of the first evening. */
export default function NewCommunityPage() {
  const { isFirst, hasSample } = useLoaderData<typeof loader>();
  return (
    <Part narrow>
      {isFirst && <Step text={m.communities_page_step({ step: 2 })} />}
      <PageHeader
        title={m.communities_page_create()}
        lead={isFirst ? m.communities_page_first_lead() : m.communities_page_new_lead()}
      />
      <ActionForm>
        <CommunityFields />
        <SlugField />
        <SubmitButton>{m.communities_page_continue()}</SubmitButton>
      </ActionForm>
      {!hasSample && <SampleOffer />}
    </Part>
  );
}
