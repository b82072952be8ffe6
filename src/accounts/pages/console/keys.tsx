import { Button, Modal, Select, TextInput } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, useFetcher, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { ActionForm, SubmitButton, useFieldError } from "#src/web/kit/action-form.tsx";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { formatDateShort, type Reader } from "#src/web/kit/format.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import { type ApiKey, type Role, roles } from "../../model.ts";
import classes from "./keys.module.css";
import { OnceShown } from "./once-shown.tsx";
import { roleName } from "./role-name.ts";

export const meta = () => [{ title: `${m.accounts_page_keys()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const after = new URL(request.url).searchParams.get("after");
  const community = params["community"] ?? "";
  return context
    .get(visitContext)
    .api.accounts.apiKeys({ community, limit: PAGE_SIZE, ...(after !== null && { after }) });
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { accounts } = context.get(visitContext).api;
  const community = params["community"] ?? "";
  const form = await request.formData();
  const revoked = form.get("revoke");
  if (typeof revoked === "string") return attempt(() => accounts.revokeApiKey({ community, keyId: revoked }));
  const role = roles.find((one) => one === form.get("role")) ?? "analyst";
  return attempt(() => accounts.createApiKey({ community, name: formText(form, "name"), role }));
}

/** Keys by which programs enter a community. */
export default function KeysPage() {
  const { items, next } = useLoaderData<typeof loader>();
  const reader = useReader();
  const [open, setOpen] = useState(false);
  const make = (
    <Button leftSection={<IconPlus size={18} stroke={1.7} aria-hidden />} onClick={() => setOpen(true)}>
      {m.accounts_page_key_new()}
    </Button>
  );
  const icon = <IconKey size={24} stroke={1.6} aria-hidden />;
  return (
    <>
      <PageHeader
        title={m.accounts_page_keys()}
        lead={m.accounts_page_keys_lead()}
        action={items.length > 0 ? make : undefined}
      />
      <ListTable
        label={m.accounts_page_keys()}
        columns={columnsFor(reader)}
        rows={items}
        rowKey={(key) => key.id}
        rowName={(key) => key.name}
        empty={
          <EmptyState
            icon={icon}
            title={m.accounts_page_keys_empty()}
            text={m.accounts_page_keys_empty_text()}
            action={make}
          />
        }
        next={next === null ? undefined : `?after=${encodeURIComponent(next)}`}
      />
      <NewKey open={open} onClose={() => setOpen(false)} />
    </>
  );
}

function columnsFor(reader: Reader): Column<ApiKey>[] {
  const day = (at: string) => formatDateShort(Date.parse(at), reader);
  return [
    { key: "name", title: m.accounts_page_key_name(), cell: (key) => <b className={classes["name"]}>{key.name}</b> },
    { key: "role", title: m.accounts_page_key_role(), cell: (key) => <Tag>{roleName(key.role)}</Tag> },
    { key: "created", title: m.accounts_page_key_created(), wide: true, cell: (key) => day(key.createdAt) },
    {
      key: "used",
      title: m.accounts_page_key_used(),
      wide: true,
      cell: (key) => (key.lastUsedAt === null ? m.accounts_page_key_never() : day(key.lastUsedAt)),
    },
    {
      key: "revoke",
      title: "",
      align: "right",
      cell: (key) =>
        key.revokedAt === null ? <Revoke apiKey={key} /> : <Tag tone="bad">{m.accounts_page_key_revoked()}</Tag>,
    },
  ];
}

function Revoke({ apiKey }: { apiKey: ApiKey }) {
  const fetcher = useFetcher();
  return (
    <Confirm
      title={m.accounts_page_key_revoke_title({ name: apiKey.name })}
      text={m.accounts_page_key_revoke_text()}
      confirm={m.accounts_page_key_revoke()}
      danger
      onConfirm={() => void fetcher.submit({ revoke: apiKey.id }, { method: "post" })}
    >
      {(ask) => (
        <Button variant="default" size="compact-sm" loading={fetcher.state !== "idle"} onClick={ask}>
          {m.accounts_page_key_revoke()}
        </Button>
      )}
    </Confirm>
  );
}

/** The answer of the action that made a key. */
function tokenOf(answer: unknown): string | undefined {
  const made = typeof answer === "object" && answer !== null && "token" in answer;
  return made && typeof answer.token === "string" ? answer.token : undefined;
}

function NewKey({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [token, setToken] = useState<string>();
  const close = () => {
    setToken(undefined);
    onClose();
  };
  const title = <b>{token === undefined ? m.accounts_page_key_new() : m.accounts_page_key_ready()}</b>;
  return (
    <Modal opened={open} onClose={close} title={title} closeButtonProps={{ "aria-label": m.web_close() }}>
      {token === undefined ? (
        <ActionForm onDone={(answer) => setToken(tokenOf(answer))}>
          <KeyFields />
          <SubmitButton fullWidth>{m.accounts_page_key_new()}</SubmitButton>
        </ActionForm>
      ) : (
        <OnceShown text={m.accounts_page_key_once()} secret={token} />
      )}
    </Modal>
  );
}

function KeyFields() {
  const choices = roles.toReversed().map((role: Role) => ({ value: role, label: roleName(role) }));
  return (
    <>
      <TextInput
        name="name"
        label={m.accounts_page_key_name()}
        placeholder={m.accounts_page_key_name_example()}
        maxLength={100}
        required
        withAsterisk={false}
        error={useFieldError("name")}
        data-autofocus
      />
      <Select
        name="role"
        label={m.accounts_page_key_role()}
        data={choices}
        defaultValue="analyst"
        allowDeselect={false}
      />
    </>
  );
}
