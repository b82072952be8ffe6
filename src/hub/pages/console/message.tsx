import { Button, Group, Text, Textarea } from "@mantine/core";
import {
  type ActionFunctionArgs,
  Link,
  type LoaderFunctionArgs,
  useFetcher,
  useLoaderData,
  useParams,
} from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { formText } from "#src/web/kit/form-text.ts";
import { formatMoment } from "#src/web/kit/format.ts";
import { PageHeader, SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { showDone } from "#src/web/kit/toast.tsx";
import { LONGEST_TEAM_MESSAGE } from "../../model.ts";

export const meta = () => [{ title: `${m.hub_desk_one()} · ${m.web_name()}` }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { hub } = context.get(visitContext).api;
  return hub.desk.get({ community: params["community"] ?? "", messageId: params["message"] ?? "" });
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { hub } = context.get(visitContext).api;
  const form = await request.formData();
  const place = { community: params["community"] ?? "", messageId: params["message"] ?? "" };
  const deed = formText(form, "deed");
  if (deed === "close") return attempt(() => hub.desk.setState({ ...place, state: "closed" }));
  if (deed === "reopen") return attempt(() => hub.desk.setState({ ...place, state: "new" }));
  return attempt(() => hub.desk.answer({ ...place, text: formText(form, "text") }));
}

type Message = Awaited<ReturnType<typeof loader>>;

/** One message to the team: what was written, what was answered, and the answer to be. */
export default function MessagePage() {
  const message = useLoaderData<typeof loader>();
  const { community = "" } = useParams();
  const reader = useReader();
  const { name, memberId, madeAt, text, answers, hasLeft } = message;
  return (
    <>
      <PageHeader
        title={m.hub_desk_one_from({ name: name || m.hub_nobody() })}
        lead={formatMoment(Date.parse(madeAt), reader)}
        action={
          <Button component={Link} to={`/console/${community}/members/${memberId}`} variant="default">
            {m.hub_desk_member()}
          </Button>
        }
      />
      <Part narrow>
        <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{text}</Text>
      </Part>
      {answers.map((answer) => (
        <Part narrow key={answer.id}>
          <SectionHeader title={m.hub_desk_answered_at({ at: formatMoment(Date.parse(answer.madeAt), reader) })} />
          <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{answer.text}</Text>
        </Part>
      ))}
      <Part narrow>
        {hasLeft ? <Text c="dimmed">{m.hub_desk_has_left()}</Text> : <Answering />}
        <Standing message={message} />
      </Part>
    </>
  );
}

function Answering() {
  return (
    <ActionForm resetOnDone onDone={() => showDone(m.hub_desk_answer_sent())}>
      <AnswerField />
      <Group>
        <SubmitButton name="deed" value="answer">
          {m.hub_desk_answer()}
        </SubmitButton>
      </Group>
    </ActionForm>
  );
}

function AnswerField() {
  const error = useFieldError("text");
  return (
    <Textarea
      name="text"
      label={m.hub_desk_answer_field()}
      description={m.hub_desk_answer_how()}
      maxLength={LONGEST_TEAM_MESSAGE}
      autosize
      minRows={4}
      required
      withAsterisk={false}
      error={error}
    />
  );
}

function Standing({ message: { state } }: { message: Message }) {
  const fetcher = useFetcher();
  const isOpen = state === "new";
  return (
    <fetcher.Form method="post">
      <Button
        type="submit"
        name="deed"
        value={isOpen ? "close" : "reopen"}
        variant="default"
        mt="md"
        loading={fetcher.state !== "idle"}
      >
        {isOpen ? m.hub_desk_close() : m.hub_desk_reopen()}
      </Button>
    </fetcher.Form>
  );
}
