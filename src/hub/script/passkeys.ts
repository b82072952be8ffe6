import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";

// Passkeys on the pages where one signs in, joins and says how one signs in. A button says with `data-passkey` what the
// browser is to do; what it did is sent with the button's own form.

/** What stands for the password here. */
const SPARED = new Set(["email", "password"]);

/** Fields that this button needs are filled in; the browser says which are not. */
function isFilled(form: HTMLFormElement): boolean {
  const fields = [...form.elements].filter((each) => each instanceof HTMLInputElement);
  return fields.every((field) => SPARED.has(field.name) || field.reportValidity());
}

async function signed(button: HTMLButtonElement, form: HTMLFormElement): Promise<string> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && !SPARED.has(name)) body.append(name, value);
  const answer = await fetch(`${button.formAction}/challenge`, { method: "POST", body });
  // Refused: the form is sent without a signature, and the page that comes back says why.
  if (!answer.ok) return "";
  // Our own server's answer, made for exactly these functions.
  const { challengeId, options } = (await answer.json()) as { challengeId: string; options: object };
  const response =
    button.dataset["passkey"] === "make"
      ? await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON })
      : await startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON });
  return JSON.stringify({ challengeId, response });
}

/** Says below a button that the browser stopped: it says so in many ways, which for the person are one. */
function tellStopped(button: HTMLButtonElement): void {
  const note = button.parentElement?.querySelector<HTMLElement>("[data-passkey-stopped]");
  if (note) note.hidden = false;
}

async function press(button: HTMLButtonElement, form: HTMLFormElement): Promise<void> {
  if (!isFilled(form)) return;
  button.disabled = true;
  try {
    const field = form.elements.namedItem("signed");
    if (!(field instanceof HTMLInputElement)) return;
    field.value = await signed(button, form);
    form.action = button.formAction;
    form.submit();
  } catch {
    tellStopped(button);
    button.disabled = false;
  }
}

// Passkeys are bound to the hub's address: opened at another one, such as a number, the browser would only say so when pressed.
const { host } = document.querySelector<HTMLElement>("[data-passkey]")?.dataset ?? {};
const hasPasskeys = browserSupportsWebAuthn() && host === location.hostname;
for (const hint of document.querySelectorAll<HTMLElement>("[data-passkey-none]")) hint.hidden = hasPasskeys;
if (hasPasskeys)
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-passkey]")) {
    button.hidden = false;
    const { form } = button;
    button.addEventListener("click", () => {
      if (form !== null) void press(button, form);
    });
  }
