import { keepDrafts } from "./drafts.ts";
import { takeWebp } from "./faces.ts";
import { listen } from "./live.ts";
import { closeMenus } from "./menus.ts";
import { offerNames } from "./names.ts";
import { offerPush } from "./push.ts";
import { sendInPlace } from "./send.ts";
import { showSimilar } from "./similar.ts";
import { addToolbar } from "./toolbar.ts";

// What a page of the hub gains with script; all of it works without.
for (const area of document.querySelectorAll<HTMLTextAreaElement>("textarea[name=text]")) {
  const place = area.form?.querySelector<HTMLElement>(".toolbar");
  if (place) addToolbar(place, area);
  offerNames(area);
  if (area.form !== null) keepDrafts(area.form);
}
const title = document.querySelector<HTMLInputElement>("input[name=title]");
const place = document.querySelector<HTMLElement>("#similar");
if (title !== null && place !== null) showSimilar(title, place);
for (const input of document.querySelectorAll<HTMLInputElement>("input[type=file][name=face]")) takeWebp(input);
const push = document.querySelector<HTMLFormElement>("#push");
// Without it the page says what is missing.
if (push !== null) void offerPush(push).catch(() => undefined);
sendInPlace();
closeMenus();
listen();
