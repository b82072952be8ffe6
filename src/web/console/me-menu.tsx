import { Menu, UnstyledButton } from "@mantine/core";
import { IconApi, IconKeyboard, IconLogout, IconSettings } from "@tabler/icons-react";
import { Form, Link } from "react-router";
import { m } from "#words";
import { Initial } from "../kit/initial.tsx";
import { useFrame } from "./frame-data.ts";
import { openShortcuts } from "./shortcuts.tsx";

const icon = { size: 18, stroke: 1.6, "aria-hidden": true } as const;

/** What belongs to the person who is signed in. */
export function MeMenu() {
  const { user } = useFrame();
  return (
    <Menu position="bottom-end" width={232}>
      <Menu.Target>
        <UnstyledButton aria-label={m.web_me({ name: user.name })} p={4} style={{ borderRadius: 999 }}>
          <Initial name={user.name} size={32} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.name}
          <br />
          {user.email}
        </Menu.Label>
        <Menu.Item component={Link} to="/console/settings" leftSection={<IconSettings {...icon} />}>
          {m.web_me_settings()}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard {...icon} />} onClick={openShortcuts}>
          {m.web_shortcuts_title()}
        </Menu.Item>
        <Menu.Item component="a" href="/api" leftSection={<IconApi {...icon} />}>
          {m.web_page_api()}
        </Menu.Item>
        <Menu.Divider />
        <Form method="post" action="/console/sign-out" reloadDocument>
          <Menu.Item type="submit" leftSection={<IconLogout {...icon} />} closeMenuOnClick={false}>
            {m.web_sign_out()}
          </Menu.Item>
        </Form>
      </Menu.Dropdown>
    </Menu>
  );
}
