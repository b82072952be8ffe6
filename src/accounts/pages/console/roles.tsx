import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useFetcher, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { isFailure } from "#src/web/kit/failure.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { allows, type Permission, permissions, type Role, roles } from "../../model.ts";
import { permissionName } from "./permission-name.ts";
import { roleAbout, roleName } from "./role-name.ts";
import classes from "./roles.module.css";

export const meta = () => [{ title: `${m.accounts_page_roles()} · ${m.web_name()}` }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { api, user } = context.get(visitContext);
  const { name, role } = await api.communities.get({ community: params["community"] ?? "" });
  return { name, role, isInstallOwner: user?.isInstallOwner === true };
}

export async function action({ context, params }: ActionFunctionArgs) {
  const { accounts } = context.get(visitContext).api;
  const left = await attempt(() => accounts.leave({ community: params["community"] ?? "", sure: true }));
  return isFailure(left) ? left : redirect("/console");
}

/** Who may do what, drawn from the very table that decides it. */
export default function RolesPage() {
  const { name, role, isInstallOwner } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.accounts_page_roles()} lead={m.accounts_page_roles_lead()} />
      <Part>
        <p className={classes["mine"]}>
          <b>{m.accounts_page_roles_mine({ role: roleName(role) })}</b> {roleAbout(role)}
          {isInstallOwner && ` ${m.accounts_page_roles_install()}`}
        </p>
        <Table mine={role} />
      </Part>
      {!isInstallOwner && <Leave name={name} />}
    </>
  );
}

/** The permissions in the order of the table; `Object.keys` forgets that they are all there are. */
const all = Object.keys(permissions) as Permission[];

function Table({ mine }: { mine: Role }) {
  return (
    <table className={classes["table"]} aria-label={m.accounts_page_roles()}>
      <thead>
        <tr>
          <th scope="col">{m.accounts_page_roles_what()}</th>
          {roles.map((role) => (
            <th key={role} scope="col" data-mine={role === mine || undefined}>
              {roleName(role)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {all.map((permission) => (
          <tr key={permission}>
            <th scope="row">
              {permissionName(permission)} <code>{permission}</code>
            </th>
            {roles.map((role) => (
              <Cell key={role} role={role} may={allows(role, permission)} isMine={role === mine} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ role, may, isMine }: { role: Role; may: boolean; isMine: boolean }) {
  return (
    <td data-mine={isMine || undefined} data-may={may || undefined}>
      {may ? <IconCheck size={18} stroke={2} aria-label={m.accounts_page_roles_yes()} /> : <NotAllowed />}
      <span className={classes["role"]} aria-hidden>
        {roleName(role)}
      </span>
    </td>
  );
}

function NotAllowed() {
  return (
    <span aria-label={m.accounts_page_roles_no()} role="img" className={classes["no"]}>
      –
    </span>
  );
}

function Leave({ name }: { name: string }) {
  const fetcher = useFetcher<unknown>();
  return (
    <Part narrow>
      {isFailure(fetcher.data) && <p role="alert">{fetcher.data.message}</p>}
      <Confirm
        title={m.accounts_page_leave_title({ name })}
        text={m.accounts_page_leave_text()}
        confirm={m.accounts_page_leave()}
        danger
        onConfirm={() => void fetcher.submit(null, { method: "post" })}
      >
        {(ask) => (
          <Button variant="default" loading={fetcher.state !== "idle"} onClick={ask}>
            {m.accounts_page_leave()}
          </Button>
        )}
      </Confirm>
    </Part>
  );
}
