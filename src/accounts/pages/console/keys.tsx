import { Button, Modal, MultiSelect, Select, TextInput } from "@mantine/core";
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
import { allows, type ApiKey, isPermission, type Permission, permissions, type Role, roles } from "../../model.ts";
import classes from "./keys.module.css";
import { OnceShown } from "#src/web/kit/once-shown.tsx";
import { permissionName } from "./permission-name.ts";
import { roleName } from "./role-name.ts";

export const meta = () => [{ title: `${m.accounts_page_keys()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const after = new URL(request.url).searchParams.get("after");
  const community = params["community"] ?? "";
  const { accounts } = context.get(visitContext).api;
  const page = await accounts.apiKeys({ community, limit: PAGE_SIZE, ...(after !== null && { after }) });
  return { ...page, now: Date.now() };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { accounts } = context.get(visitContext).api;
  const community = params["community"] ?? "";
  const form = await request.formData();
  const revoked = form.get("revoke");
  if (typeof revoked === "string") return attempt(() => accounts.revokeApiKey({ community, keyId: revoked }));
  const role = roles.find((one) => one === form.get("role")) ?? "analyst";
  const only = formText(form, "permissions").split(",").filter(isPermission);
  const days = Number(formText(form, "days"));
  return attempt(() =>
    accounts.createApiKey({
      community,
      name: formText(form, "name"),
      role,
      ...(only.length > 0 && { permissions: only }),
      ...(days > 0 && { days }),
    }),
  );
}

/** Keys by which programs enter a community. */
export default function KeysPage() {
  const { items, next, now } = useLoaderData<typeof loader>();
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
        columns={columnsFor(reader, now)}
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

function columnsFor(reader: Reader, now: number): Column<ApiKey>[] {
  const day = (at: string) => formatDateShort(Date.parse(at), reader);
  return [
    { key: "name", title: m.accounts_page_key_name(), cell: (key) => <b className={classes["name"]}>{key.name}</b> },
    {
      key: "role",
      title: m.accounts_page_key_role(),
      cell: ({ role, permissions: only }) => (
        <span className={classes["role"]}>
          <Tag>{roleName(role)}</Tag>
          {only !== null && <small>{only.map(permissionName).join("; ")}</small>}
        </span>
      ),
    },
    {
      key: "created",
      title: m.accounts_page_key_created(),
      wide: true,
      short: true,
      cell: (key) => day(key.createdAt),
    },
    {
      key: "used",
      title: m.accounts_page_key_used(),
      wide: true,
      short: true,
      cell: (key) => (key.lastUsedAt === null ? m.accounts_page_key_never() : day(key.lastUsedAt)),
    },
    {
      key: "expires",
      title: m.accounts_page_key_expires(),
      wide: true,
      short: true,
      cell: ({ expiresAt }) => (expiresAt === null ? m.accounts_page_key_never_ends() : day(expiresAt)),
    },
    { key: "revoke", title: "", align: "right", cell: (key) => <End apiKey={key} now={now} /> },
  ];
}

/** How a key has ended, or the way to end it. */
function End({ apiKey, now }: { apiKey: ApiKey; now: number }) {
  if (apiKey.revokedAt !== null) return <Tag tone="bad">{m.accounts_page_key_revoked()}</Tag>;
  const isOver = apiKey.expiresAt !== null && Date.parse(apiKey.expiresAt) <= now;
  return isOver ? <Tag tone="warning">{m.accounts_page_invitation_expired()}</Tag> : <Revoke apiKey={apiKey} />;
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

const DAYS = ["", "30", "90", "365"];

function KeyFields() {
  const [role, setRole] = useState<Role>("analyst");
  const [only, setOnly] = useState<string[]>([]);
  // The keys of the table are all the permissions there are; the compiler forgets it.
  const choices = (Object.keys(permissions) as Permission[])
    .filter((permission) => allows(role, permission))
    .map((permission) => ({ value: permission, label: permissionName(permission) }));
  const days = DAYS.map((value) => ({
    value,
    label: value === "" ? m.accounts_page_key_never_ends() : m.accounts_page_days({ count: Number(value) }),
  }));
  const choose = (next: Role) => {
    setRole(next);
    setOnly(only.filter((permission) => isPermission(permission) && allows(next, permission)));
  };
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
        data={roles.toReversed().map((one) => ({ value: one, label: roleName(one) }))}
        value={role}
        onChange={(next) => choose(roles.find((one) => one === next) ?? role)}
        allowDeselect={false}
      />
      <MultiSelect
        name="permissions"
        label={m.accounts_page_key_only()}
        description={m.accounts_page_key_only_hint()}
        data={choices}
        value={only}
        onChange={setOnly}
        clearable
        clearButtonProps={{ "aria-label": m.web_clear_filter({ name: m.accounts_page_key_only() }) }}
      />
      <Select name="days" label={m.accounts_page_key_expires()} data={days} defaultValue="" allowDeselect={false} />
    </>
  );
}
