import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useQuery } from "./address.ts";

const TYPING_PAUSE_MS = 250;

/** The search field of a list. It writes into the address (`?search=`) when the typing pauses; `/` puts the cursor into it. */
export function SearchBox({ label, name = "search" }: { label: string; name?: string }) {
  const { read, change } = useQuery();
  const inAddress = read(name) ?? "";
  const [text, setText] = useState(inAddress);
  const sent = useRef(inAddress);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    // The address changed by itself (back, a cleared filter): show what it says.
    if (inAddress === sent.current) return;
    sent.current = inAddress;
    setText(inAddress);
  }, [inAddress]);

  useEffect(() => {
    if (text === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text;
      change({ [name]: text.trim() }, { replace: true });
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, name, change]);

  return (
    <TextInput
      ref={field}
      type="search"
      name={name}
      data-list-search
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      w={{ base: "100%", sm: 280 }}
    />
  );
}
