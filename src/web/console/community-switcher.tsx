import { Menu, UnstyledButton } from "@mantine/core";
import { IconCheck, IconListDetails, IconPlus, IconSelector } from "@tabler/icons-react";
import { Link } from "react-router";
import { m } from "#words";
import { Initial } from "../kit/initial.tsx";
import { Mark } from "../kit/mark.tsx";
import { Tag } from "../kit/tag.tsx";
import classes from "./community-switcher.module.css";
import { currentOf, useFrame } from "./frame-data.ts";

const LISTED = 12;

/** The community that is open, and the way to another one; without one, the name of the house. */
export function CommunitySwitcher({ folded }: { folded: boolean }) {
  const frame = useFrame();
  const current = currentOf(frame);
  if (current === undefined) {
    return (
      <Link to="/console/communities" className={classes["brand"]}>
        <Mark size={24} />
        {!folded && <span>{m.web_name()}</span>}
      </Link>
    );
  }
  return (
    <Menu position="bottom-start" width={264}>
      <Menu.Target>
        <UnstyledButton className={classes["face"]}>
          <Initial name={current.name} size={28} />
          <span className={folded ? "v-hidden" : classes["name"]}>{current.name}</span>
          <span className="v-hidden">{m.web_community_switch()}</span>
          {!folded && <IconSelector size={16} stroke={1.6} aria-hidden />}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {frame.communities.slice(0, LISTED).map((community) => (
          <Menu.Item
            key={community.slug}
            component={Link}
            to={`/console/${community.slug}`}
            leftSection={<Initial name={community.name} size={24} />}
            rightSection={community === current ? <IconCheck size={16} aria-label={m.web_chosen()} /> : undefined}
          >
            {community.name} {community.isSample && <Tag>{m.web_sample_tag()}</Tag>}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          component={Link}
          to="/console/communities"
          leftSection={<IconListDetails size={18} stroke={1.6} aria-hidden />}
        >
          {m.web_community_all()}
        </Menu.Item>
        {frame.mayCreate && (
          <Menu.Item
            component={Link}
            to="/console/communities/new"
            leftSection={<IconPlus size={18} stroke={1.6} aria-hidden />}
          >
            {m.web_action_new_community()}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
