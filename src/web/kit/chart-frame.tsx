import { Menu, UnstyledButton } from "@mantine/core";
import { type ReactNode, useId, useRef, useState } from "react";
import { m } from "#words";
import { ChartTable, type TableContent } from "./chart-table.tsx";
import classes from "./chart-frame.module.css";
import { Definition, type DefinitionText } from "./definition.tsx";
import { saveCsv, savePng } from "./download.ts";
import { SectionHeader } from "./page-header.tsx";

export interface ChartFrameProps {
  /** The question this chart answers, in bronze above the title. */
  topic?: string;
  /** What the chart says, as a sentence. */
  title: string;
  definition?: DefinitionText;
  /** The same numbers as a table: for the table view, for CSV, and for screen readers. */
  table: TableContent;
  /** Name of downloaded files, without an ending. */
  fileName: string;
  /** Small print under the chart: what is counted, where to look further. */
  note?: ReactNode;
  /** False for charts that are not drawn as SVG, which have no picture to save. */
  picture?: boolean;
  children: ReactNode;
}

/** The frame of every chart: a sentence, the picture, its definition, its table, and the ways to take it along. */
export function ChartFrame(props: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const frame = useRef<HTMLElement>(null);
  const titleId = useId();
  return (
    <section className={classes["frame"]} aria-labelledby={titleId}>
      <SectionHeader
        topic={props.topic}
        title={props.title}
        id={titleId}
        aside={props.definition === undefined ? undefined : <Definition {...props.definition} />}
      />
      <figure ref={frame} className={classes["figure"]} aria-labelledby={titleId}>
        {asTable ? (
          <ChartTable {...props.table} caption={props.title} />
        ) : (
          <>
            {props.children}
            <div className="v-hidden">
              <ChartTable {...props.table} caption={props.title} spoken />
            </div>
          </>
        )}
        <figcaption className={classes["foot"]}>
          {props.note !== undefined && <span className={classes["note"]}>{props.note}</span>}
          <span className={`${classes["tools"]} v-no-print`}>
            <UnstyledButton aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
              {asTable ? m.web_chart_as_picture() : m.web_chart_as_table()}
            </UnstyledButton>
            <SaveMenu
              frame={props}
              picture={() => frame.current?.querySelector("svg[data-chart]") ?? undefined}
              canDraw={!asTable}
            />
          </span>
        </figcaption>
      </figure>
    </section>
  );
}

function SaveMenu(props: { frame: ChartFrameProps; picture: () => Element | undefined; canDraw: boolean }) {
  const { frame } = props;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton>{m.web_chart_save()}</UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {props.canDraw && frame.picture !== false && (
          <Menu.Item
            onClick={() => void savePng({ svg: props.picture(), title: frame.title, fileName: frame.fileName })}
          >
            {m.web_chart_png()}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => saveCsv(frame.table, frame.fileName)}>{m.web_chart_csv()}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
