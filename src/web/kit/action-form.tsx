import { Alert, Button, Stack } from "@mantine/core";
import { createContext, type ReactNode, useContext, useEffect, useRef } from "react";
import { type FormProps, useActionData, useFetcher } from "react-router";
import { type Failure, isFailure } from "./failure.ts";

interface FormState {
  pending: boolean;
  failure: Failure | undefined;
}

const FormContext = createContext<FormState>({ pending: false, failure: undefined });

/** The error under a field, as the last answer of the server had it: `<TextInput error={useFieldError("name")} />`. */
export function useFieldError(name: string): string | undefined {
  return useContext(FormContext).failure?.fields[name];
}

export interface ActionFormProps extends Omit<FormProps, "onSubmit"> {
  children: ReactNode;
  onDone?: (answer: unknown) => void;
  /** Empties the fields when it went well. */
  resetOnDone?: boolean;
}

/**
 * A form that sends itself to an action and stays where it is: shows what was refused above its fields and under them,
 * and calls `onDone` with the answer when it went well. Works without script as a plain form.
 */
export function ActionForm({ children, onDone, resetOnDone = false, ...form }: ActionFormProps) {
  const fetcher = useFetcher<unknown>();
  const withoutScript = useActionData<unknown>();
  const told = useRef<unknown>(undefined);
  const element = useRef<HTMLFormElement>(null);
  const answer = fetcher.data ?? withoutScript;
  const failed = isFailure(answer) ? answer : undefined;
  useEffect(() => {
    if (fetcher.state !== "idle" || fetcher.data === undefined || told.current === fetcher.data) return;
    told.current = fetcher.data;
    if (isFailure(fetcher.data)) return;
    if (resetOnDone) element.current?.reset();
    onDone?.(fetcher.data);
  }, [fetcher.state, fetcher.data, onDone, resetOnDone]);
  return (
    <FormContext value={{ pending: fetcher.state !== "idle", failure: failed }}>
      <fetcher.Form ref={element} method="post" {...form}>
        <Stack gap="md">
          {failed !== undefined && (
            <Alert color="danger" variant="light" role="alert">
              {failed.message}
            </Alert>
          )}
          {children}
        </Stack>
      </fetcher.Form>
    </FormContext>
  );
}

/** The button that sends a form; it waits with it. */
export function SubmitButton({
  children,
  ...rest
}: {
  children: ReactNode;
  name?: string;
  value?: string;
  fullWidth?: boolean;
  color?: string;
}) {
  const { pending } = useContext(FormContext);
  return (
    <Button
      type="submit"
      loading={pending}
      style={rest.fullWidth === true ? {} : { alignSelf: "flex-start" }}
      {...rest}
    >
      {children}
    </Button>
  );
}
