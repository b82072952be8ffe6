import { Alert, Button } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useState } from "react";
import { ApiRefusal } from "./api-call.ts";
import { useHasPasskeys } from "./passkey-browser.ts";

/** A button that has a passkey sign, where the browser can; what goes wrong is said above it. */
export function PasskeyButton({ label, onSign }: { label: string; onSign: () => Promise<void> }) {
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  if (!useHasPasskeys()) return null;
  const sign = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await onSign();
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      setFailure(error.message);
      setBusy(false);
    }
  };
  return (
    <>
      {failure !== undefined && (
        <Alert color="danger" variant="light" role="alert">
          {failure}
        </Alert>
      )}
      <Button
        variant="default"
        fullWidth
        loading={busy}
        leftSection={<IconFingerprint size={18} stroke={1.7} aria-hidden />}
        onClick={() => void sign()}
      >
        {label}
      </Button>
    </>
  );
}
