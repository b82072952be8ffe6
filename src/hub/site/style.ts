import { hash } from "node:crypto";
import { lookOf } from "../theme/model.ts";
import { coloursSheet } from "../theme/sheet.ts";

/**
 * The whole look of the hub, in one file that browsers keep for a year: its address changes with it. Its colours are
 * those of a palette (`theme`), which a hub's own colours replace; `pairs` there names all that stand together.
 */
const source = `
${coloursSheet(lookOf(undefined))}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/26px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
a{color:var(--accent);text-underline-offset:3px}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
:target{scroll-margin-top:16px}
article:target{border-color:var(--accent)}
h1{font-size:28px;line-height:36px;margin:0 0 8px;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:18px;line-height:26px;margin:0 0 8px}
h1+:is(form,section,h2,.note,.find){margin-top:16px}h1+.text{margin:16px 0}.who+h2{margin-top:24px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--card);padding:8px 16px;z-index:2}
.top{background:var(--card);border-bottom:1px solid var(--line)}
.top>div{max-width:1120px;margin:0 auto;padding:8px 24px;display:flex;gap:8px 16px;align-items:center;flex-wrap:wrap;min-height:64px}
.brand{display:flex;gap:10px;align-items:center;font-weight:650;font-size:18px;color:var(--ink);text-decoration:none;margin-right:auto;min-height:44px;min-width:0;overflow-wrap:anywhere}
.brand svg{color:var(--bell)}.brand svg,.brand img{flex:none}
.top nav{display:flex;gap:4px 16px;align-items:center;flex-wrap:wrap}
.top nav a{min-height:44px;display:inline-flex;align-items:center;color:var(--ink);text-decoration:none}
.top nav a:hover{text-decoration:underline}
.top nav a.to-boards{display:none}
.top nav a:has(.cut){min-width:0}.cut{max-width:20ch;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.frame{max-width:1120px;margin:0 auto;padding:24px;display:grid;grid-template-columns:minmax(0,1fr) 264px;gap:24px 48px}
.frame.plain{grid-template-columns:minmax(0,680px);justify-content:center}
main{min-width:0}main>p:first-child{margin-top:0}
aside{font-size:15px;line-height:24px}
aside section{margin-bottom:32px}
aside ul,.list,.lines{list-style:none;margin:0;padding:0}
.boards a{display:flex;min-height:44px;align-items:center;padding:4px 12px;border-radius:8px;color:var(--ink);text-decoration:none;overflow-wrap:anywhere}
.boards a:hover{background:var(--quiet)}
.boards a[aria-current]{background:var(--quiet);font-weight:600}
.boards summary{padding:10px 12px;border-radius:8px;color:var(--soft);cursor:pointer}.boards summary:hover{background:var(--quiet)}
.lead{color:var(--soft);margin:0 0 16px;max-width:72ch;white-space:pre-line;overflow-wrap:anywhere}
.button,button{font:inherit;font-weight:600;min-height:44px;padding:8px 18px;border-radius:8px;border:1px solid var(--line);background:var(--card);color:var(--ink);cursor:pointer;display:inline-flex;align-items:center;text-decoration:none}
.button.main,button.main,.top a.main{background:var(--fill);border-color:var(--fill);color:var(--on-fill)}
.top a.main{display:inline-flex;align-items:center;min-height:44px;padding:0 18px;border-radius:8px;text-decoration:none;font-weight:600}
button.link{border:0;background:none;padding:0 4px;font-weight:400;color:var(--accent);text-decoration:underline;text-underline-offset:3px}
.danger{color:var(--danger)}
.row{display:flex;gap:8px 12px;flex-wrap:wrap;align-items:center}
.row.low{align-items:flex-end}
.find{margin:0 0 24px}.find>div{display:flex;gap:8px}.find input[type=search]{flex:1;min-width:0}
.find summary{min-height:44px;display:inline-flex;align-items:center;cursor:pointer;color:var(--accent)}
.narrow{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px 16px;margin:0 0 8px}
mark{background:var(--warn-bg);color:var(--ink);border-radius:3px;padding:0 2px}
.similar .list>li{padding:8px 0}
.tabs{display:flex;gap:4px;flex-wrap:wrap;margin:0 0 8px;border-bottom:1px solid var(--line)}
.tabs a{min-height:44px;display:inline-flex;align-items:center;padding:0 12px;color:var(--ink);text-decoration:none;border-bottom:2px solid transparent}
.tabs a[aria-current]{border-color:var(--accent);font-weight:600}
.list>li{border-bottom:1px solid var(--line);padding:14px 0;display:grid;grid-template-columns:minmax(0,1fr) auto;gap:2px 16px}
.list .title{font-weight:600;font-size:17px;color:var(--ink);text-decoration:none;overflow-wrap:anywhere}
.list .title:hover{text-decoration:underline}
.list .title:visited{color:var(--soft)}
.list .new .title{color:var(--ink)}
.meta{color:var(--soft);font-size:14px;line-height:22px;overflow-wrap:anywhere}
.meta a{color:var(--soft);text-decoration-thickness:1px}.post>.meta:first-child{margin-top:0}li .meta{margin:0}
.links{display:flex;gap:0 16px;flex-wrap:wrap}.links a{min-height:44px;display:inline-flex;align-items:center}
.feed{min-width:44px;min-height:44px;display:inline-flex;align-items:center}
.count{text-align:right;color:var(--soft);font-size:14px;line-height:22px;font-variant-numeric:tabular-nums;white-space:nowrap}
.count .line{display:block}
.mark{display:inline-block;font-size:13px;line-height:20px;padding:0 8px;border-radius:10px;background:var(--quiet);color:var(--ink);font-weight:600;white-space:nowrap}
.mark.good{background:var(--good-bg);color:var(--good)}
.mark.ask{background:var(--warn-bg);color:var(--ink)}
.mark.fresh{background:var(--fill);color:var(--on-fill)}
.post{border:1px solid var(--line);border-radius:8px;background:var(--card);padding:16px 20px;margin:0 0 16px}
.post.accepted{border-color:var(--good)}
.post>header{display:flex;gap:4px 12px;align-items:center;flex-wrap:wrap;margin-bottom:8px}
.post>header .name{font-weight:600;color:var(--ink);text-decoration:none;overflow-wrap:anywhere}
.post>header:has(>.initial,>.face){position:relative;min-height:32px;padding-left:44px}.post>header>.initial,.post>header>.face{position:absolute;left:0;top:0}
.initial{width:32px;height:32px;border-radius:50%;display:inline-flex;align-items:center;justify-content:center;color:#fff;font-weight:600;font-size:14px;flex:none}
.t0{background:#2457a6}.t1{background:#96500f}.t2{background:#2a7048}.t3{background:#7a4694}.t4{background:#a13c62}.t5{background:#55616a}
.face{border-radius:50%;object-fit:cover;background:var(--quiet);flex:none;display:block}
.large{width:96px;height:96px;font-size:40px}
.who{display:flex;gap:8px 16px;align-items:center;margin:0 0 12px}.who>div{min-width:0}.who p{margin:0}.list .who{gap:12px;margin:0}
#face form+form{margin-top:8px}
.text{max-width:72ch;overflow-wrap:anywhere}
.text :is(p,li,h3,h4,h5,h6,td,th),h1,.lead,.title,.name,textarea{unicode-bidi:plaintext}.brand,.name,.mark{unicode-bidi:isolate}
.text>:first-child{margin-top:0}.text>:last-child{margin-bottom:0}
.text p,.text ul,.text ol,.text blockquote,.text pre,.text table{margin:0 0 14px}
.link-cards{display:grid;gap:8px;margin:12px 0 14px;max-width:72ch}
.link-card{display:grid;gap:2px;padding:10px 14px;border:1px solid var(--line);border-left:3px solid var(--accent);border-radius:8px;color:var(--ink);text-decoration:none;overflow-wrap:anywhere}
.link-card:hover b{text-decoration:underline}.link-card span,.link-card small{color:var(--soft);font-size:14px;line-height:20px}
.text h3,.text h4,.text h5,.text h6{margin:20px 0 8px;font-size:17px}
.text blockquote>:last-child{margin-bottom:0}
.text blockquote{border-left:3px solid var(--line);padding:2px 0 2px 14px;margin-left:0;margin-right:0;color:var(--soft)}
.text pre{background:var(--quiet);padding:12px;border-radius:8px;white-space:pre-wrap;tab-size:2;font-size:14px;line-height:22px}
.text code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.9em;background:var(--quiet);padding:1px 4px;border-radius:4px}
.text pre code{padding:0;background:none;font-size:inherit}
.text table{display:block;overflow-x:auto;overflow-wrap:break-word;border-collapse:collapse}.text th,.text td{border:1px solid var(--line);padding:4px 10px;text-align:left}
.text th.center,.text td.center{text-align:center}.text th.right,.text td.right{text-align:right}
.text img{max-width:100%;height:auto}
.spoiler{background:var(--ink);color:var(--ink);border-radius:4px}.spoiler:is(:hover,:focus,:focus-within){background:var(--quiet);color:inherit}.spoiler:not(:hover,:focus,:focus-within) *{color:inherit;background:none;text-decoration:none}
.post footer{display:flex;gap:4px 8px;flex-wrap:wrap;align-items:center;margin-top:12px}
.post footer form{display:inline-flex;gap:4px;flex-wrap:wrap}
.react button{min-height:36px;min-width:44px;justify-content:center;padding:2px 10px;font-weight:400;font-size:15px;border-radius:18px}
.react button[aria-pressed=true]{border-color:var(--accent);font-weight:600}
.tools{position:relative;margin-left:auto;display:flex;gap:4px 12px;flex-wrap:wrap;align-items:center;font-size:14px}
.tools a,.tools summary,.tools .link{min-height:44px;display:inline-flex;align-items:center;cursor:pointer}
.tools summary{color:var(--accent);padding:0 4px}.tools summary::after{content:"";width:6px;height:6px;margin:-3px 2px 0 8px;border:solid;border-width:0 2px 2px 0;transform:rotate(45deg)}
.tools details>div{position:absolute;right:0;top:100%;z-index:1;display:grid;min-width:200px;padding:4px;background:var(--card);border:1px solid var(--line);border-radius:8px;box-shadow:0 4px 16px rgb(0 0 0/.18)}
.tools details>div form{display:block}.tools details>div :is(a,.link){width:100%;padding:0 12px;border-radius:6px;text-decoration:none;color:var(--ink)}.tools details>div :is(a,.link):hover{background:var(--quiet)}.tools details>div .danger{color:var(--danger)}
.arrange{margin:0 0 16px}.arrange>summary{min-height:44px;display:inline-flex;align-items:center;gap:8px;color:var(--accent);cursor:pointer}.arrange>div{display:grid;gap:16px;padding:16px 20px;border:1px solid var(--line);border-radius:8px;background:var(--card)}.arrange p{margin:0}
summary::marker{color:var(--soft)}.part summary{padding:9px 0;cursor:pointer}
.gone{color:var(--soft);font-style:italic}
form.stack,section.stack{display:grid;gap:16px;max-width:680px}.stack>p,.stack>h2{margin:0}form.stack>section.stack{margin-top:16px}
label{font-weight:600;display:grid;gap:4px}
label small,.hint{font-weight:400;color:var(--soft);font-size:14px;line-height:22px}
label.check,fieldset label{display:flex;gap:10px;align-items:flex-start;font-weight:400;min-height:36px}
input[type=checkbox],input[type=radio]{width:20px;height:20px;margin:3px 0;accent-color:var(--accent);flex:none}
fieldset{border:0;margin:0;padding:0}legend{font-weight:600;padding:0 0 6px}.choices label+label{margin-top:12px}
input:not([type=checkbox]):not([type=radio]),textarea,select{font:inherit;font-weight:400;width:100%;min-height:44px;padding:8px 12px;border-radius:8px;border:1px solid var(--soft);background:var(--card);color:var(--ink)}
textarea{min-height:160px;resize:vertical}
.note{border:1px solid var(--line);border-left:4px solid var(--bell);background:var(--card);padding:12px 16px;border-radius:8px;margin:0 0 16px;overflow-wrap:anywhere}
.note.bad{border-left-color:var(--danger)}
.note p{margin:0}.note ul{margin:4px 0 0;padding-left:20px}.row+.note{margin-top:16px}
.viewing{position:sticky;top:0;z-index:1;display:flex;gap:4px 16px;flex-wrap:wrap;align-items:center;justify-content:center;padding:4px 16px;background:var(--warn-bg);border-bottom:2px solid var(--bell)}
.lines>li{padding:8px 0;border-bottom:1px solid var(--line)}
.pages{display:flex;gap:4px;flex-wrap:wrap;margin:16px 0}
.pages>a:only-child{padding:0}
.pages a,.pages span{min-width:44px;min-height:44px;display:inline-flex;align-items:center;justify-content:center;border-radius:8px;padding:0 8px}
.pages [aria-current]{background:var(--quiet);font-weight:600}
#reply{margin-top:32px}
.foot{align-items:center;max-width:1120px;margin:0 auto;padding:24px;color:var(--soft);font-size:14px;display:flex;gap:4px 16px;flex-wrap:wrap}
.foot a{color:var(--soft);min-height:44px;display:inline-flex;align-items:center}
.foot form{display:flex;gap:4px;flex-wrap:wrap;align-items:center;margin-left:auto}.foot button{min-height:36px;padding:2px 12px;font-size:14px;font-weight:400}.foot button[aria-pressed=true]{border-color:var(--accent);font-weight:600}
.part{margin:0 0 40px}.list+form{margin-top:16px}form.stack+section{margin-top:40px}fieldset label:has(select){align-items:center}.part>form+form{margin-top:12px}
.post>pre+.note{margin-top:16px}
.plainly{width:100%;border-collapse:collapse}.plainly th,.plainly td{padding:8px 8px 8px 0;border-bottom:1px solid var(--line);text-align:left;font-weight:400}.plainly thead th{font-weight:600}.plainly .center,.plainly thead th+th{text-align:center}
pre.source{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:0}
.field{display:grid;gap:4px;position:relative}.field>label{display:block}.field small{color:var(--soft);font-size:14px;line-height:22px}
.toolbar{display:flex;gap:4px;flex-wrap:wrap}
@media (scripting:enabled){.toolbar{min-height:44px}}
.tool{min-width:44px;justify-content:center;padding:4px 10px;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-weight:600}
.mirror{position:absolute;visibility:hidden;white-space:pre-wrap;overflow-wrap:break-word;padding:8px 12px;border:1px solid}
.names{position:absolute;z-index:2;list-style:none;margin:0;padding:4px;min-width:220px;max-width:min(360px,100%);max-height:316px;overflow-y:auto;background:var(--card);border:1px solid var(--line);border-radius:8px;box-shadow:0 4px 16px rgb(0 0 0/.18)}
.names li{display:flex;gap:10px;align-items:center;min-height:44px;padding:4px 10px;border-radius:6px;cursor:pointer;overflow-wrap:anywhere}.names li>span:last-child{min-width:0}.names :is(li:hover,[aria-selected=true]){background:var(--quiet)}.names [aria-selected=true]{outline:2px solid var(--accent);outline-offset:-2px}
#similar:empty{position:absolute}.draft{margin:0}.from-script{display:grid;gap:8px}
.conflict{border:1px solid var(--line);border-radius:8px;padding:12px 16px;margin:0 0 16px;background:var(--card)}.conflict pre{max-height:240px;overflow:auto}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.live-bar{position:fixed;left:0;right:0;bottom:16px;display:flex;justify-content:center;pointer-events:none;z-index:1}
.live-bar>*{pointer-events:auto;box-shadow:0 4px 16px rgb(0 0 0/.25)}
[aria-busy=true]{opacity:.6;cursor:progress}
@media (prefers-reduced-motion:no-preference){.come{animation:come 1.6s ease-out}@keyframes come{from{background:var(--warn-bg)}}}
@media (max-width:860px){.frame{grid-template-columns:minmax(0,1fr);padding:16px}.top>div{padding:8px 16px}h1{font-size:24px;line-height:32px}
.post{padding:14px}.list>li{grid-template-columns:minmax(0,1fr)}.count{text-align:left;white-space:normal}.count .line{display:inline}.count .line::after{content:" · "}
.foot{padding:16px}.foot form{margin-left:0}.top nav a.to-boards{display:inline-flex}.button,button{padding-inline:16px}.plainly thead th{font-size:13px;line-height:18px}.plainly :is(th,td){padding:8px 4px 8px 0}.tabs{gap:0;font-size:15px}.tabs a{padding:0 8px}.text :is(th,td){padding:4px 8px}}
@media (max-width:560px){.top>div{gap:0 16px}.brand{flex:1 1 0}.top nav{order:2;flex:1 0 100%;min-width:0;flex-wrap:nowrap}.top a.main{padding:0 16px}.top nav .mark:not(.fresh){display:none}
.tools{margin-left:0}.tools details>div{left:0;right:auto}}
@media(max-width:360px){.top nav{flex-wrap:wrap}}
@media(forced-colors:active){.spoiler:not(:hover,:focus,:focus-within){forced-color-adjust:none;background:CanvasText;color:CanvasText}.tabs a{border-color:Canvas}.tabs a[aria-current],button[aria-pressed=true]{border-color:Highlight}.top a.main{border:1px solid}}
@media print{.top nav,.top .main,aside,.post footer,.foot,form{display:none}}
`;

/** The style sheet as it is sent. */
export const style = source.replaceAll(/\n+/g, "");

/** Its address below the door: another one with every change. */
export const styleName = `hub-${hash("sha256", style, "hex").slice(0, 12)}.css`;
