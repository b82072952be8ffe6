import { Popover, UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Chip, chipFace } from "#src/web/kit/filter-chips.tsx";
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
    <Chip label={props.name} on={props.on} onClear={props.onClear}>
      <Popover opened={open} onChange={setOpen} position="bottom-start" width={340} trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton className={chipFace} onClick={() => setOpen(!open)} aria-expanded={open}>
            <span className="v-hidden">{props.name}: </span>
            <b>{props.chosen}</b>
            {!props.on && <IconChevronDown size={14} stroke={1.8} aria-hidden />}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown className={classes["form"] ?? ""} aria-label={props.name}>
          {props.children(() => setOpen(false))}
        </Popover.Dropdown>
      </Popover>
    </Chip>
  );
}
