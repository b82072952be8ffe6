import { Tabs } from "@mantine/core";
import { IconBrandTelegram, IconFileText, IconTable } from "@tabler/icons-react";
import { m } from "#words";
import classes from "./export-steps.module.css";
import { fieldWord, ownFields } from "./words-of.ts";

const icon = { size: 18, stroke: 1.6, "aria-hidden": true } as const;

/** Where a file of history comes from, step by step, for each format that is understood. */
export function ExportSteps() {
  return (
    <section className={classes["steps"]} aria-labelledby="export-steps">
      <h2 id="export-steps" className={classes["title"]}>
        {m.imports_page_steps_title()}
      </h2>
      <Tabs defaultValue="telegram" variant="outline">
        <Tabs.List>
          <Tabs.Tab value="telegram" leftSection={<IconBrandTelegram {...icon} />}>
            {m.imports_format_telegram_desktop()}
          </Tabs.Tab>
          <Tabs.Tab value="jsonl" leftSection={<IconFileText {...icon} />}>
            JSONL
          </Tabs.Tab>
          <Tabs.Tab value="csv" leftSection={<IconTable {...icon} />}>
            CSV
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="telegram">
          <TelegramSteps />
        </Tabs.Panel>
        <Tabs.Panel value="jsonl">
          <p>{m.imports_page_jsonl_text()}</p>
          <pre className={classes["sample"]} aria-label={m.imports_page_sample_of({ format: "JSONL" })}>
            {jsonlSample}
          </pre>
          <FieldList />
        </Tabs.Panel>
        <Tabs.Panel value="csv">
          <p>{m.imports_page_csv_text()}</p>
          <pre className={classes["sample"]} aria-label={m.imports_page_sample_of({ format: "CSV" })}>
            {csvSample}
          </pre>
          <FieldList />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

function TelegramSteps() {
  return (
    <>
      <ol className={classes["list"]}>
        <li>{marked(m.imports_page_telegram_open())}</li>
        <li>{marked(m.imports_page_telegram_menu())}</li>
        <li>{marked(m.imports_page_telegram_media())}</li>
        <li>{marked(m.imports_page_telegram_format())}</li>
        <li>{marked(m.imports_page_telegram_export())}</li>
        <li>{marked(m.imports_page_telegram_bring())}</li>
      </ol>
      <p className={classes["note"]}>{marked(m.imports_page_telegram_all())}</p>
      <p className={classes["note"]}>{m.imports_page_telegram_wait()}</p>
    </>
  );
}

function FieldList() {
  return (
    <>
      <dl className={classes["fields"]}>
        {ownFields.map((field) => (
          <div key={field}>
            <dt>
              <code>{field}</code>
            </dt>
            <dd>{fieldWord(field).what}</dd>
          </div>
        ))}
      </dl>
      <p className={classes["note"]}>{m.imports_page_fields_other()}</p>
    </>
  );
}

/** Names of menus and files stand between asterisks in the sentence and are set bold. */
function marked(sentence: string) {
  return sentence.split("*").map((part, place) => (place % 2 === 1 ? <b key={part}>{part}</b> : part));
}

const jsonlSample = `{"sentAt":"2026-03-01T18:20:05Z","authorId":"17","authorName":"Vera","text":"Hello!","space":"General"}
{"sentAt":"2026-03-01T18:21:40Z","authorId":"4","authorName":"Oleg","text":"Welcome, Vera","space":"General"}`;

const csvSample = `sentAt,authorId,authorName,text,space
2026-03-01T18:20:05Z,17,Vera,Hello!,General
2026-03-01T18:21:40Z,4,Oleg,"Welcome, Vera",General`;
