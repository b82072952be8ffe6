import { Alert, Button, Group } from "@mantine/core";
import { IconDownload, IconEraser, IconFileText } from "@tabler/icons-react";
import {
  type ActionFunctionArgs,
  Link,
  type LoaderFunctionArgs,
  useFetcher,
  useLoaderData,
  useParams,
} from "react-router";
import { m } from "#words";
import { allows } from "#src/accounts/model.ts";
import { visitContext } from "#src/web/context.ts";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { formText } from "#src/web/kit/form-text.ts";
import { isFailure } from "#src/web/kit/failure.ts";
import { PageHeader, SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { attempt, readRefusal } from "#src/web/kit/refusal.ts";
import { PersonConsents } from "./person-consents.tsx";
import { ErasureState, isUnderWay, useErasureNews } from "./erasure-state.tsx";

export const meta = () => [{ title: `${m.rights_person()} · ${m.web_name()}` }];

/** More than anybody agrees to; the rest is on the list of consents. */
const CONSENTS_SHOWN = 100;

/** A person who was just imported may not be on the list yet; their data can be taken along all the same. */
async function nameOf(find: () => Promise<{ name: string }>): Promise<string> {
  try {
    return (await find()).name;
  } catch (error) {
    if (readRefusal(error)?.kind === "not-found") return "";
    throw error;
  }
}

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { api } = context.get(visitContext);
  const where = { community: params["community"] ?? "", member: params["member"] ?? "" };
  const { community } = where;
  const [name, { erasure }, about, consents, texts] = await Promise.all([
    nameOf(() => api.members.get(where)),
    api.rights.erasureOfMember(where),
    api.communities.get({ community }),
    api.rights.consents({ ...where, limit: CONSENTS_SHOWN }),
    api.rights.consentTexts({ community }),
  ]);
  const mayErase = allows(about.role, "rights.change");
  return { name, erasure, mayErase, consents: consents.items, texts: texts.items };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { rights } = context.get(visitContext).api;
  const where = { community: params["community"] ?? "", member: params["member"] ?? "" };
  const form = await request.formData();
  if (formText(form, "deed") !== "consent") return attempt(() => rights.erase(where));
  return attempt(() => rights.addConsent({ ...where, text: formText(form, "text"), place: formText(form, "place") }));
}

/** What is kept about one person: to take along, and to erase. */
export default function PersonPage() {
  const { name, erasure, mayErase, consents, texts } = useLoaderData<typeof loader>();
  const { community = "", member = "" } = useParams();
  useErasureNews(erasure !== null && isUnderWay(erasure));
  const shown = name.trim() === "" ? m.rights_person_nameless() : name;
  const profile = `/console/${community}/members/${member}`;
  return (
    <>
      <PageHeader
        title={
          <>
            {m.rights_person()}: <bdi>{shown}</bdi>
          </>
        }
        lead={m.rights_person_lead()}
        action={
          <Button component={Link} to={profile} variant="default">
            {m.rights_person_profile()}
          </Button>
        }
      />
      <Part narrow>
        <SectionHeader title={m.rights_take_along()} />
        <p>{m.rights_take_along_text()}</p>
        <Archives community={community} member={member} />
      </Part>
      <PersonConsents consents={consents} texts={texts} mayChange={mayErase} />
      <Part narrow>
        <SectionHeader title={m.rights_erase()} />
        {erasure === null ? <p>{m.rights_erase_text()}</p> : <ErasureState erasure={erasure} />}
        {mayErase && (erasure === null || erasure.state === "failed") && (
          <Erase name={shown} again={erasure !== null} />
        )}
      </Part>
    </>
  );
}

function Archives({ community, member }: { community: string; member: string }) {
  const file = `/api/v1/communities/${community}/members/${member}/archive`;
  return (
    <Group gap="xs">
      <Button
        component="a"
        href={`${file}.html`}
        download
        variant="default"
        leftSection={<IconFileText size={18} stroke={1.7} aria-hidden />}
      >
        {m.rights_archive_to_read()}
      </Button>
      <Button
        component="a"
        href={`${file}.json`}
        download
        variant="default"
        leftSection={<IconDownload size={18} stroke={1.7} aria-hidden />}
      >
        {m.rights_archive_for_machines()}
      </Button>
    </Group>
  );
}

function Erase({ name, again }: { name: string; again: boolean }) {
  const fetcher = useFetcher<unknown>();
  return (
    <>
      <Confirm
        title={m.rights_erase_title({ name })}
        text={m.rights_erase_confirm()}
        confirm={m.rights_erase_verb()}
        danger
        onConfirm={() => void fetcher.submit({}, { method: "post" })}
      >
        {(ask) => (
          <Button
            color="danger"
            variant="light"
            mt={again ? 16 : 0}
            loading={fetcher.state !== "idle"}
            leftSection={<IconEraser size={18} stroke={1.7} aria-hidden />}
            onClick={ask}
          >
            {again ? m.web_try_again() : m.rights_erase_verb()}
          </Button>
        )}
      </Confirm>
      {isFailure(fetcher.data) && (
        <Alert color="danger" variant="light" role="alert" mt={16}>
          {fetcher.data.message}
        </Alert>
      )}
    </>
  );
}
