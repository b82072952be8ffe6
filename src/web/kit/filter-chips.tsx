import { Menu, UnstyledButton } from "@mantine/core";
import { IconCheck, IconChevronDown, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { m } from "#words";
import classes from "./filter-chips.module.css";

export interface ChipOption {
  value: string;
  label: string;
}

/** A row of filters above a list or a report. */
export function FilterChips({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <div className={`${classes["chips"]} v-chips`} role="group" aria-label={label ?? m.web_filters()}>
      {children}
    </div>
  );
}

/** How the part of a chip looks that is pressed. */
export const chipFace = classes["face"] ?? "";

/** The frame of a filter: one that is `on` stands out and can be cleared, where there is something to clear. */
export function Chip(props: { label: string; on: boolean; onClear?: (() => void) | undefined; children: ReactNode }) {
  return (
    <span className={classes["chip"]} data-on={props.on || undefined}>
      {props.children}
      {props.on && props.onClear !== undefined && (
        <UnstyledButton
          className={classes["clear"]}
          aria-label={m.web_clear_filter({ name: props.label })}
          onClick={props.onClear}
        >
          <IconX size={14} stroke={1.8} aria-hidden />
        </UnstyledButton>
      )}
    </span>
  );
}

/**
 * One filter: shows what is chosen, opens the choices, and can be cleared when something other than everything is chosen.
 * `value` undefined means everything, worded by `label`.
 */
export function FilterChip(props: {
  label: string;
  value: string | undefined;
  options: readonly ChipOption[];
  onChange: (value: string | undefined) => void;
}) {
  const chosen = props.options.find((option) => option.value === props.value);
  return (
    <Chip label={props.label} on={chosen !== undefined} onClear={() => props.onChange(undefined)}>
      <Menu position="bottom-start" width="max-content">
        <Menu.Target>
          <UnstyledButton className={chipFace}>
            {chosen === undefined ? props.label : `${props.label}: `}
            {chosen !== undefined && <b>{chosen.label}</b>}
            {chosen === undefined && <IconChevronDown size={14} stroke={1.8} aria-hidden />}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
          {props.options.map((option) => (
            <Menu.Item
              key={option.value}
              onClick={() => props.onChange(option.value)}
              rightSection={option === chosen ? <IconCheck size={16} aria-label={m.web_chosen()} /> : undefined}
            >
              {option.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Chip>
  );
}

/** A filter that is on or off. */
export function ToggleChip(props: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <Chip label={props.label} on={props.on}>
      <UnstyledButton className={chipFace} aria-pressed={props.on} onClick={() => props.onChange(!props.on)}>
        {props.on && <IconCheck size={14} stroke={2} aria-hidden />}
        {props.label}
      </UnstyledButton>
    </Chip>
  );
}
