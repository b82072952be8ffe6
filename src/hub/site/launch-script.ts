import { hash } from "node:crypto";

/** Hands over what Telegram put behind the `#` of the address, which no server sees, and takes it out of the address. */
const source = `(()=>{const said=new URLSearchParams(location.hash.slice(1)).get("tgWebAppData");if(!said)return;history.replaceState(null,"",location.pathname);const form=document.getElementById("launch");form.elements.initData.value=said;form.submit()})()`;

/** The one script of the page that Telegram opens. */
export const launchScript = source;

/** Its address below the door: another one with every change. */
export const launchScriptName = `launch-${hash("sha256", source, "hex").slice(0, 12)}.js`;
