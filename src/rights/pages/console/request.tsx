import { Button, Group, Textarea } from "@mantine/core";
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
import { dayToDate, localDay } from "#src/base/clock.ts";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { formatMoment } from "#src/web/kit/format.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { PageHeader, SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { showDone } from "#src/web/kit/toast.tsx";
import type { DataRequest } from "../../model.ts";
import { kindWords, regimeWords, RequestTag, shownDate } from "./request-words.tsx";

export const meta = () => [{ title: `${m.rights_request()} · ${m.web_name()}` }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { api } = context.get(visitContext);
  const community = params["community"] ?? "";
  const [request, about] = await Promise.all([
    api.rights.request({ community, id: params["request"] ?? "" }),
    api.communities.get({ community }),
  ]);
  const today = dayToDate(localDay(Date.now(), about.timeZone));
  return { request, today, mayChange: allows(about.role, "rights.change") };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { rights } = context.get(visitContext).api;
  const form = await request.formData();
  const place = { community: params["community"] ?? "", id: params["request"] ?? "" };
  const deed = formText(form, "deed");
  if (deed === "extend") return attempt(() => rights.extendRequest(place));
  if (deed === "reopen") return attempt(() => rights.reopenRequest(place));
  const outcome = deed === "refused" ? "refused" : "answered";
  return attempt(() => rights.closeRequest({ ...place, outcome, answer: formText(form, "answer") }));
}

/** One request: what was asked, by when it is due, and what was answered. */
export default function RequestPage() {
  const { request, today, mayChange } = useLoaderData<typeof loader>();
  const { community = "" } = useParams();
  const reader = useReader();
  const { memberId } = request;
  return (
    <>
      <PageHeader
        title={
          <>
            {kindWords[request.kind]()} <RequestTag request={request} today={today} />
          </>
        }
        lead={`${regimeWords[request.regime]()} · ${m.rights_request_received()}: ${shownDate(request.receivedOn, reader)} · ${m.rights_request_due()}: ${shownDate(request.dueOn, reader)}`}
        action={
          memberId !== null && (
            <Button component={Link} to={`/console/${community}/rights/person/${memberId}`} variant="default">
              {m.rights_request_person()}
            </Button>
          )
        }
      />
      <Part narrow>
        <SectionHeader title={m.rights_request_asked_by()} />
        <p>{request.askedBy || m.rights_forgotten()}</p>
        {request.details !== "" && <p style={{ whiteSpace: "pre-wrap" }}>{request.details}</p>}
      </Part>
      <Part narrow>
        {request.state === "open" ? (
          mayChange && <Answering request={request} />
        ) : (
          <Answered request={request} mayChange={mayChange} />
        )}
      </Part>
    </>
  );
}

function Answering({ request }: { request: DataRequest }) {
  return (
    <>
      <SectionHeader title={m.rights_request_answer()} />
      <ActionForm onDone={() => showDone(m.rights_request_saved())}>
        <AnswerField />
        <Group gap="xs">
          <SubmitButton name="deed" value="answered">
            {m.rights_request_close()}
          </SubmitButton>
          <SubmitButton name="deed" value="refused" color="danger">
            {m.rights_request_refuse()}
          </SubmitButton>
        </Group>
      </ActionForm>
      {!request.isExtended && <Extend />}
    </>
  );
}

function AnswerField() {
  return (
    <Textarea
      name="answer"
      aria-label={m.rights_request_answer()}
      autosize
      minRows={4}
      maxRows={16}
      required
      error={useFieldError("answer")}
    />
  );
}

function Extend() {
  const fetcher = useFetcher();
  return (
    <Confirm
      title={m.rights_request_extend()}
      text={m.rights_request_extend_text()}
      confirm={m.rights_request_extend()}
      onConfirm={() => void fetcher.submit({ deed: "extend" }, { method: "post" })}
    >
      {(ask) => (
        <Button variant="subtle" mt={16} loading={fetcher.state !== "idle"} onClick={ask}>
          {m.rights_request_extend()}
        </Button>
      )}
    </Confirm>
  );
}

function Answered({ request, mayChange }: { request: DataRequest; mayChange: boolean }) {
  const reader = useReader();
  const fetcher = useFetcher();
  const moment = formatMoment(Date.parse(request.answeredAt ?? ""), reader);
  return (
    <>
      <SectionHeader title={m.rights_request_answer()} />
      <p style={{ whiteSpace: "pre-wrap" }}>{request.answer || m.rights_forgotten()}</p>
      <p style={{ color: "var(--v-dim)" }}>
        {m.rights_request_closed_by({ moment, name: request.answeredBy ?? m.rights_request_by_nobody() })}
      </p>
      {mayChange && (
        <Button
          variant="default"
          loading={fetcher.state !== "idle"}
          onClick={() => void fetcher.submit({ deed: "reopen" }, { method: "post" })}
        >
          {m.rights_request_reopen()}
        </Button>
      )}
    </>
  );
}
