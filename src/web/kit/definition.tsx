import { ActionIcon, Popover } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { m } from "#words";
import classes from "./definition.module.css";

/** What a number means: everything a reader may ask before believing it. */
export interface DefinitionText {
  name: string;
  /** One or two sentences in plain words. */
  meaning: ReactNode;
  formula?: ReactNode;
  /** Which days are counted. */
  window?: ReactNode;
  /** Who and what is left out. */
  excludes?: ReactNode;
  /** What the data cannot show. */
  coverage?: ReactNode;
  /** Where the definition stands in full. */
  href?: string;
}

/** The (i) beside a number or a chart, which opens its definition. */
export function Definition(props: DefinitionText) {
  const parts: [string, ReactNode][] = [
    [m.web_definition_formula(), props.formula],
    [m.web_definition_window(), props.window],
    [m.web_definition_excludes(), props.excludes],
    [m.web_definition_coverage(), props.coverage],
  ];
  return (
    <Popover width={320} position="bottom" withArrow withinPortal trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          className="v-no-print"
          variant="transparent"
          c="var(--v-edge)"
          size={20}
          aria-label={m.web_definition_of({ name: props.name })}
        >
          <IconInfoCircle size={16} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes["card"] ?? ""}>
        <p className={classes["name"]}>{props.name}</p>
        <p className={classes["meaning"]}>{props.meaning}</p>
        <dl className={classes["parts"]}>
          {parts.map(([term, text]) =>
            text === undefined ? null : (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{text}</dd>
              </div>
            ),
          )}
        </dl>
        {props.href !== undefined && <a href={props.href}>{m.web_definition_more()}</a>}
      </Popover.Dropdown>
    </Popover>
  );
}
