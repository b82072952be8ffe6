/**
 * The worker that a browser keeps of a hub to show what its push service brings, and to open what is pressed. It hears of no
 * request of any page, and opens this site alone. What it is brought is a `PushMessage`.
 */
const source = `addEventListener("push",(event)=>{const said=event.data?.json();if(!said)return;const {title,body,tag,lang,url,icon}=said;event.waitUntil(registration.showNotification(title,{body,tag,lang,data:url,icon:icon??"/bell-192.png"}))});
addEventListener("notificationclick",(event)=>{event.notification.close();const url=new URL(event.notification.data??"/",location.origin);if(url.origin!==location.origin)return;event.waitUntil((async()=>{const pages=await clients.matchAll({type:"window",includeUncontrolled:true});const open=pages.find((page)=>page.url===url.href);return open?open.focus():clients.openWindow(url.href)})())});
`;

/** Where it lies below a hub: what lies beside it is all it may ever stand before. */
export const pushWorkerPath = "/push-worker.js";

/** The worker as browsers fetch it; they ask for it anew now and then. */
export function pushWorker(): Response {
  const headers = { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-cache" };
  return new Response(source, { headers });
}
