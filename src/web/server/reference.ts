import type { OpenAPI } from "@orpc/openapi";
import { encoded } from "#src/base/encoded.ts";
import { m } from "#words";
import type { Locale } from "#words/runtime";
import { API_PREFIX } from "./api-door.ts";

/** A sentence with its code in `quotes`, as HTML. */
function prose(text: string): string {
  return encoded(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}

interface Operation {
  readonly verb: string;
  readonly path: string;
  readonly about: OpenAPI.OperationObject & { "x-permission"?: string };
}

const verbs = ["get", "post", "put", "patch", "delete"] as const;

/** All operations of a document under their first tag, in the order of the document. */
function byTag(document: OpenAPI.Document): Map<string, Operation[]> {
  const groups = new Map<string, Operation[]>();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const verb of verbs) {
      const about = item?.[verb];
      if (about === undefined) continue;
      const tag = about.tags?.[0] ?? "";
      groups.set(tag, [...(groups.get(tag) ?? []), { verb, path, about }]);
    }
  }
  return groups;
}

function isSchema(schema: unknown): schema is OpenAPI.SchemaObject & object {
  return typeof schema === "object" && schema !== null;
}

/** A word for what a schema takes, short enough for a line of a table. */
function typeOf(schema: unknown): string {
  if (!isSchema(schema)) return "";
  const { type, enum: choices, format, anyOf } = schema;
  const only: unknown = schema.const;
  if (choices !== undefined) return choices.map((choice) => JSON.stringify(choice)).join(" | ");
  if (only !== undefined) return JSON.stringify(only);
  if (anyOf !== undefined) return anyOf.map(typeOf).join(" | ");
  if (type === "array") return `${"items" in schema ? typeOf(schema.items) : ""}[]`;
  return [Array.isArray(type) ? type.join(" | ") : type, format].filter((part) => part !== undefined).join(", ");
}

interface Field {
  readonly name: string;
  readonly place: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/** A value that the schema would take, for a call to be pasted. */
function sampleOf(schema: unknown): unknown {
  if (!isSchema(schema)) return "…";
  const { type, enum: choices, format, minimum, anyOf } = schema;
  if (choices !== undefined) return choices[0] as unknown;
  if (anyOf !== undefined) return sampleOf(anyOf[0]);
  if (type === "array") return ["items" in schema ? sampleOf(schema.items) : "…"];
  if (type === "object") return {};
  if (type === "boolean") return true;
  if (type === "integer" || type === "number") return minimum ?? 1;
  return format === "email" ? "anna@example.com" : "…";
}

function bodySchema(about: OpenAPI.OperationObject): OpenAPI.SchemaObject | undefined {
  const body = about.requestBody;
  const schema = body !== undefined && "content" in body ? body.content["application/json"]?.schema : undefined;
  return isSchema(schema) ? schema : undefined;
}

function fieldsOf(about: OpenAPI.OperationObject): Field[] {
  // The one header there is means the same everywhere and is told at the top.
  const parameters = (about.parameters ?? []).flatMap((parameter) =>
    "name" in parameter && parameter.in !== "header" ? [parameter] : [],
  );
  const fromAddress = parameters.map((parameter) => ({
    name: parameter.name,
    place: parameter.in,
    type: typeOf(parameter.schema),
    required: parameter.required ?? false,
    description: parameter.description ?? "",
  }));
  const schema = bodySchema(about);
  const fromBody = Object.entries(schema?.properties ?? {}).map(([name, field]) => ({
    name,
    place: "body",
    type: typeOf(field),
    required: schema?.required?.includes(name) ?? false,
    description: isSchema(field) ? (field.description ?? "") : "",
  }));
  return [...fromAddress, ...fromBody];
}

/** A call that can be pasted into a terminal. */
function curlOf({ verb, path, about }: Operation, address: string): string {
  const url = `${address}${API_PREFIX}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())}`;
  const schema = bodySchema(about);
  const needed = schema?.required ?? [];
  const body = Object.fromEntries(needed.map((name) => [name, sampleOf(schema?.properties?.[name])]));
  return [
    `curl ${verb === "get" ? "" : `-X ${verb.toUpperCase()} `}'${url}'`,
    ...(about["x-permission"] === "public" ? [] : [`-H 'Authorization: Bearer veche_…'`]),
    ...(needed.length > 0 ? [`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(body)}'`] : []),
  ].join(" \\\n  ");
}

function fieldRow(field: Field, locale: Locale): string {
  const need = field.required ? m.web_reference_required({}, { locale }) : "";
  return `<tr><td><code>${encoded(field.name)}</code></td><td>${encoded(field.place)}</td><td><code>${encoded(field.type)}</code></td>
<td>${need}</td><td class="text">${prose(field.description)}</td></tr>`;
}

function fieldTable(about: OpenAPI.OperationObject, locale: Locale): string {
  const fields = fieldsOf(about);
  if (fields.length === 0) return "";
  const heads = [
    m.web_reference_field({}, { locale }),
    m.web_reference_place({}, { locale }),
    m.web_reference_type({}, { locale }),
    "",
    m.web_reference_meaning({}, { locale }),
  ];
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join("");
  const rows = fields.map((field) => fieldRow(field, locale)).join("");
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function answerOf(about: OpenAPI.OperationObject): string {
  const [status, answer] = Object.entries(about.responses ?? {}).find(([code]) => code.startsWith("2")) ?? [];
  const content = answer !== undefined && "content" in answer ? answer.content : undefined;
  const [media, shape] = Object.entries(content ?? {})[0] ?? [];
  const schema = shape?.schema === undefined ? "" : JSON.stringify(shape.schema, undefined, 2);
  return `<p>${encoded(status ?? "")} <code>${encoded(media ?? "")}</code></p><pre>${encoded(schema)}</pre>`;
}

function operationPart(operation: Operation, address: string, locale: Locale): string {
  const { verb, path, about } = operation;
  const id = encoded(about.operationId ?? "");
  const permission = `<p>${m.web_reference_permission({}, { locale })}: <code>${encoded(about["x-permission"] ?? "")}</code></p>`;
  const text = (about.description ?? "").split("\n\n").filter((part) => !part.startsWith("Permission:"));
  return `<section id="${id}"><h3><a href="#${id}">${encoded(about.summary ?? id)}</a></h3>
<p class="line"><b class="${verb}">${verb.toUpperCase()}</b> <code>${encoded(API_PREFIX + path)}</code></p>
${text.map((part) => `<p>${prose(part)}</p>`).join("")}${permission}${fieldTable(about, locale)}
<pre>${encoded(curlOf(operation, address))}</pre>
<details><summary>${m.web_reference_answer({}, { locale })}</summary>${answerOf(about)}</details></section>`;
}

/** Colours and type as in the console; wide enough windows keep the contents at the left. */
const style = `:root{color-scheme:light dark;--paper:light-dark(#faf8f5,#191714);--card:light-dark(#fff,#211e1a);--ink:light-dark(#1f1b16,#ede8e1)
;--dim:light-dark(#6b645b,#a59d92);--line:light-dark(#e7e1d8,#38332c);--accent:light-dark(#2457a6,#8db3ee);--bronze:light-dark(#8f5720,#d09a5e)}
*{box-sizing:border-box}html{scroll-padding-top:16px}body{margin:0;background:var(--paper);color:var(--ink);font:15px/24px Inter,system-ui,sans-serif}
main{max-width:1180px;margin:0 auto;padding:24px 16px 64px;overflow-wrap:anywhere}h1{margin:0 0 4px;font-size:28px;line-height:36px}
h2{margin:40px 0 8px;font-size:20px;line-height:28px}h3{margin:0 0 4px;font-size:15px;line-height:24px}a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}h3 a{color:inherit}:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}p{margin:0 0 8px;max-width:68ch}
nav h2{margin:20px 0 4px;color:var(--bronze);font-size:13px;line-height:20px}nav ul{margin:0;padding:0;list-style:none;font-size:13px;line-height:20px}
nav li{padding:2px 0}section{padding:20px 0;border-top:1px solid var(--line)}code,pre{font:13px/20px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{margin:8px 0;padding:12px 16px;border:1px solid var(--line);border-radius:8px;background:var(--card);white-space:pre-wrap}
table{width:100%;border-collapse:collapse;font-size:13px;line-height:20px}td,th{padding:6px 12px 6px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{color:var(--dim);font-weight:500}.line b{display:inline-block;min-width:52px;color:var(--accent);font-size:13px}.line .delete{color:light-dark(#b3261e,#f29a92)}
.line .post,.line .put,.line .patch{color:var(--bronze)}summary{color:var(--accent);cursor:pointer}
@media(min-width:70em){main{margin:0;padding:24px 40px 64px 312px}nav{position:fixed;inset:0 auto 0 0;width:264px;padding:8px 20px 32px;overflow-y:auto;border-right:1px solid var(--line)}}
@media(max-width:48em){thead{display:none}tr{display:block;padding:8px 0;border-bottom:1px solid var(--line)}td{display:inline;border:0}td.text{display:block}}`;

/** The browsable reference: one page without scripts, from the same document that programs read. */
export function referencePage(
  document: OpenAPI.Document,
  view: { address: string; locale: Locale; nonce: string },
): string {
  const { address, locale, nonce } = view;
  const groups = [...byTag(document)];
  const contents = groups.map(([tag, operations]) => {
    const links = operations.map(({ about }) => {
      return `<li><a href="#${encoded(about.operationId ?? "")}">${encoded(about.summary ?? "")}</a></li>`;
    });
    return `<h2>${encoded(tag)}</h2><ul>${links.join("")}</ul>`;
  });
  const parts = groups.map(([tag, operations]) => {
    return `<h2>${encoded(tag)}</h2>${operations.map((operation) => operationPart(operation, address, locale)).join("")}`;
  });
  const title = m.web_reference_title({}, { locale });
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style nonce="${nonce}">${style}</style></head><body><main><h1>${title}</h1>
<p><a href="?language=en" lang="en">English</a> · <a href="?language=ru" lang="ru">Русский</a></p>
<p>${prose(m.web_reference_lead({}, { locale }))} <a href="/api/openapi.json"><code>/api/openapi.json</code></a></p>
<nav aria-label="${m.web_reference_contents({}, { locale })}">${contents.join("")}</nav>${parts.join("")}</main></body></html>`;
}
