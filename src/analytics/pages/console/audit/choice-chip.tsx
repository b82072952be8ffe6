import { Popover, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { m } from "#words";
import classes from "./choice-chip.module.css";

/** A filter that opens a small form of its own: shows what is chosen, and can be cleared when that is not the usual. */
export function ChoiceChip(props: {
  name: string;
  chosen: ReactNode;
  /** Whether something other than the usual is chosen. */
  on: boolean;
  onClear?: () => void;
  children: (close: () => void) => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <span className={classes["chip"]} data-on={props.on || undefined}>
      <Popover opened={open} onChange={setOpen} position="bottom-start" width={340} trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton className={classes["face"]} onClick={() => setOpen(!open)} aria-expanded={open}>
            <span className="v-hidden">{props.name}: </span>
            <b>{props.chosen}</b>
            {!props.on && <IconChevronDown size={14} stroke={1.8} aria-hidden />}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown className={classes["form"] ?? ""} aria-label={props.name}>
          {props.children(() => setOpen(false))}
        </Popover.Dropdown>
      </Popover>
      {props.on && props.onClear !== undefined && (
        <UnstyledButton
          className={classes["clear"]}
          aria-label={m.web_clear_filter({ name: props.name })}
          onClick={props.onClear}
        >
          <IconX size={14} stroke={1.8} aria-hidden />
        </UnstyledButton>
      )}
    </span>
  );
}
