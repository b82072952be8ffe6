import { Button, Checkbox, Popover, Stack } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";
import { useState } from "react";
import { useRevalidator } from "react-router";
import { m } from "#words";
import { tasteCookieEnd } from "#src/web/kit/taste.ts";
import { chosenColumns, COLUMNS_COOKIE, type ColumnKey, columnKeys } from "./column-choice.ts";
import { columnWords } from "./list-columns.tsx";

/** Which columns the list shows; kept in this browser. */
export function ListSettings({ shown }: { shown: readonly ColumnKey[] }) {
  const revalidator = useRevalidator();
  // A tick shows at once; the list follows when it has been read anew.
  const [ticked, setTicked] = useState(shown);
  const choose = (wanted: readonly ColumnKey[]): void => {
    setTicked(wanted);
    document.cookie = `${COLUMNS_COOKIE}=${wanted.join(".")}${tasteCookieEnd}`;
    void revalidator.revalidate();
  };
  return (
    <Popover position="bottom-end" withinPortal>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={18} stroke={1.7} aria-hidden />}>
          {m.members_columns()}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={m.members_columns()}>
        <Stack gap="xs">
          {columnKeys.map((key) => (
            <Checkbox
              key={key}
              label={columnWords[key]()}
              checked={ticked.includes(key)}
              onChange={() =>
                choose(ticked.includes(key) ? ticked.filter((other) => other !== key) : chosenColumns([...ticked, key]))
              }
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
