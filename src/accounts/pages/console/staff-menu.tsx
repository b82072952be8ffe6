import { Button, Group, Menu, Modal } from "@mantine/core";
import { useState } from "react";
import { m } from "#words";
import { ActionForm, SubmitButton } from "#src/web/kit/action-form.tsx";
import { showDone } from "#src/web/kit/toast.tsx";
import { roles, type StaffMember } from "../../model.ts";
import { callApi } from "./api-call.ts";
import { OnceShown } from "#src/web/kit/once-shown.tsx";
import { RoleSelect } from "./role-select.tsx";
import { roleName } from "./role-name.ts";
import { RowMenu } from "./row-menu.tsx";
import type { Me } from "./team.tsx";
import { useProof } from "./use-proof.tsx";

type Deed = "role" | "remove" | "reset" | "factors";

/** What can be done about somebody of the team; nothing is drawn where nothing can. */
export function StaffMenu({ person, me }: { person: StaffMember; me: Me }) {
  const [deed, setDeed] = useState<Deed>();
  const mayChange = !person.isInstallOwner && roles.indexOf(person.role) >= roles.indexOf(me.role);
  const mayReset = me.isInstallOwner && person.id !== me.id;
  if (!mayChange && !mayReset) return null;
  return (
    <>
      <RowMenu label={m.accounts_page_staff_menu({ name: person.name })}>
        {mayChange && <Menu.Item onClick={() => setDeed("role")}>{m.accounts_page_role_change()}</Menu.Item>}
        {mayReset && <Menu.Item onClick={() => setDeed("reset")}>{m.accounts_page_reset_make()}</Menu.Item>}
        {mayReset && <Menu.Item onClick={() => setDeed("factors")}>{m.accounts_page_factors_drop()}</Menu.Item>}
        {mayChange && (
          <Menu.Item color="danger" onClick={() => setDeed("remove")}>
            {person.id === me.id ? m.accounts_page_leave() : m.accounts_page_staff_remove()}
          </Menu.Item>
        )}
      </RowMenu>
      <StaffDeed person={person} me={me} deed={deed} onClose={() => setDeed(undefined)} />
    </>
  );
}

interface DeedProps {
  person: StaffMember;
  me: Me;
  onClose: () => void;
}

function StaffDeed({ deed, ...props }: DeedProps & { deed: Deed | undefined }) {
  const titles = {
    role: m.accounts_page_role_title({ name: props.person.name }),
    remove: m.accounts_page_remove_title({ name: props.person.name }),
    reset: m.accounts_page_reset_title({ name: props.person.name }),
    factors: m.accounts_page_factors_drop_title({ name: props.person.name }),
  };
  return (
    <Modal
      opened={deed !== undefined}
      onClose={props.onClose}
      title={<b>{deed === undefined ? "" : titles[deed]}</b>}
      closeButtonProps={{ "aria-label": m.web_close() }}
    >
      {deed === "role" && <ChangeRole {...props} />}
      {deed === "remove" && <Remove {...props} />}
      {deed === "reset" && <MakeResetLink {...props} />}
      {deed === "factors" && <DropFactors {...props} />}
    </Modal>
  );
}

function ChangeRole({ person, me, onClose }: DeedProps) {
  const done = () => {
    onClose();
    showDone(m.accounts_page_role_changed({ name: person.name }));
  };
  return (
    <ActionForm onDone={done}>
      <input type="hidden" name="person" value={person.id} />
      <RoleSelect roles={roles.slice(roles.indexOf(me.role))} value={person.role} />
      <p style={{ margin: 0 }}>{m.accounts_page_role_keys()}</p>
      <SubmitButton name="deed" value="role" fullWidth>
        {m.accounts_page_save()}
      </SubmitButton>
    </ActionForm>
  );
}

function Remove({ person, me, onClose }: DeedProps) {
  const isMe = person.id === me.id;
  const done = () => {
    onClose();
    if (!isMe) showDone(m.accounts_page_removed({ name: person.name }));
  };
  return (
    <ActionForm onDone={done}>
      <input type="hidden" name="person" value={person.id} />
      <p style={{ margin: 0 }}>
        {isMe ? m.accounts_page_leave_text() : m.accounts_page_remove_text({ role: roleName(person.role) })}
      </p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus onClick={onClose}>
          {m.web_cancel()}
        </Button>
        <SubmitButton name="deed" value="remove" color="danger">
          {isMe ? m.accounts_page_leave() : m.accounts_page_staff_remove()}
        </SubmitButton>
      </Group>
    </ActionForm>
  );
}

function DropFactors({ person, onClose }: DeedProps) {
  const proof = useProof({ hasPasskeys: true });
  const drop = async () => {
    const gone = await proof.run(() => callApi("DELETE", `/people/${person.id}/second-factors`));
    if (gone === undefined) return;
    onClose();
    showDone(m.accounts_page_factors_dropped({ name: person.name }));
  };
  return (
    <>
      <p style={{ margin: "0 0 24px" }}>{m.accounts_page_factors_drop_text()}</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus onClick={onClose}>
          {m.web_cancel()}
        </Button>
        <Button color="danger" onClick={() => void drop()}>
          {m.accounts_page_factors_drop()}
        </Button>
      </Group>
      {proof.dialog}
    </>
  );
}

function MakeResetLink({ person }: DeedProps) {
  const [link, setLink] = useState<string>();
  if (link !== undefined)
    return <OnceShown text={m.accounts_page_reset_pass_on({ name: person.name })} secret={link} />;
  const keep = (answer: unknown) => {
    if (typeof answer === "object" && answer !== null && "link" in answer) setLink(String(answer.link));
  };
  return (
    <ActionForm onDone={keep}>
      <input type="hidden" name="person" value={person.id} />
      <p style={{ margin: 0 }}>{m.accounts_page_reset_text()}</p>
      <SubmitButton name="deed" value="reset" fullWidth>
        {m.accounts_page_reset_make()}
      </SubmitButton>
    </ActionForm>
  );
}
