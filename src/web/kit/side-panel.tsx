import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { m } from "#words";
import classes from "./side-panel.module.css";

/** What a row of a list opens, at the right. The address holds what is open, so `closeTo` is the address without it. */
export function SidePanel(props: { title: ReactNode; open: boolean; closeTo: string; children: ReactNode }) {
  const navigate = useNavigate();
  return (
    <Drawer
      opened={props.open}
      onClose={() => void navigate(props.closeTo, { preventScrollReset: true })}
      title={props.title}
      position="right"
      size={480}
      classNames={{ title: classes["title"] ?? "", header: classes["header"] ?? "" }}
      closeButtonProps={{ "aria-label": m.web_close() }}
    >
      {props.children}
    </Drawer>
  );
}
