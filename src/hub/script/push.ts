import { home, made } from "./page.ts";

async function hashOf(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function standing(): Promise<PushSubscription | null> {
  const worker = await navigator.serviceWorker.getRegistration(`${home}/`);
  return (await worker?.pushManager.getSubscription()) ?? null;
}

async function subscribe(key: string): Promise<PushSubscription> {
  const worker = await navigator.serviceWorker.register(`${home}/push-worker.js`, { scope: `${home}/` });
  const wish = { userVisibleOnly: true, applicationServerKey: key };
  // A browser that subscribed with an older key of this site has to let go of it first.
  await (await standing())?.unsubscribe();
  await navigator.serviceWorker.ready.catch(() => undefined);
  return worker.pushManager.subscribe(wish);
}

function send(form: HTMLFormElement, { endpoint, keys = {} }: PushSubscriptionJSON): void {
  const fields = { endpoint: endpoint ?? "", p256dh: keys["p256dh"] ?? "", auth: keys["auth"] ?? "" };
  for (const [name, value] of Object.entries(fields)) {
    const field = made("input", "");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  form.submit();
}

/** Lets a member have this browser show what they are told, and marks it among their devices when it does already. */
export async function offerPush(form: HTMLFormElement): Promise<void> {
  const { key = "", add = "", this: mine = "", missing = "", blocked = "", failed = "" } = form.dataset;
  const note = form.querySelector("p");
  const tell = (text: string): void => note?.replaceChildren(text);
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) return tell(missing);
  tell("");
  const known = await standing();
  const here = document.querySelector(`li[data-endpoint="${known === null ? "none" : await hashOf(known.endpoint)}"]`);
  if (here !== null) return here.querySelector("b")?.after(" ", made("span", "mark good", mine));
  const button = made("button", "main", add);
  form.append(button);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    button.disabled = true;
    const work = async (): Promise<void> => {
      if ((await Notification.requestPermission()) !== "granted") return tell(blocked);
      send(form, (await subscribe(key)).toJSON());
    };
    void work()
      .catch(() => tell(failed))
      .finally(() => (button.disabled = false));
  });
}
