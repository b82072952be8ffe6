import { signedSchema } from "#src/accounts/model.ts";
import { refuse } from "#src/base/refusal.ts";
import { m } from "#words";
import { deviceOf } from "../people/device.ts";
import { onAccess } from "./access-forms.ts";
import { onTo, pageAnswer } from "./answer.ts";
import { joinPage, signInPage, wayOn } from "./doors.ts";
import { faultNote } from "./frame.ts";
import type { Sending, Sent } from "./kinds.ts";

/** What a browser signed, as the script of passkeys puts it into the form. */
function signedIn({ typed }: Sending) {
  try {
    return signedSchema.parse(JSON.parse(typed("signed")));
  } catch {
    return refuse("invalid", "hub.passkey-refused");
  }
}

/** Whoever joins: what the form of joining asks for, without address and password. */
function newcomerIn({ visit, typed }: Sending) {
  const [invitation, question, answer] = [typed("invitation"), typed("question"), typed("answer")];
  return {
    community: visit.slug,
    name: typed("name"),
    acceptsRules: (typed("acceptsRules") === "yes") as true,
    ...(invitation === "" ? {} : { invitation }),
    ...(question === "" ? {} : { question, answer }),
  };
}

/** What a browser is to sign, for the script; when that is refused, the status alone: the page that follows says why. */
async function asked({ visit }: Sending, work: () => Promise<object>): Promise<Response> {
  try {
    return Response.json(await work(), { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return new Response(null, { status: visit.explain(error).status });
  }
}

async function signIn(sending: Sending): Promise<Response> {
  const { visit, typed, request } = sending;
  try {
    // Without a signature this says why there was nothing to sign.
    if (typed("signed") === "") await visit.api.people.askPasskey({ community: visit.slug });
    await visit.api.people.signInByPasskey({ community: visit.slug, ...signedIn(sending) });
    return onTo(wayOn(visit, typed("to")));
  } catch (error) {
    const fault = visit.explain(error);
    return pageAnswer(request, signInPage(visit, "", faultNote(fault)), fault.status);
  }
}

async function join(sending: Sending): Promise<Response> {
  const { visit, typed, request } = sending;
  const [name, email, invitation] = [typed("name"), typed("email"), typed("invitation")];
  try {
    const wish = newcomerIn(sending);
    // As above.
    if (typed("signed") === "") await visit.api.people.beginJoinByPasskey(wish);
    const device = deviceOf(request.headers.get("user-agent"));
    const passkeyName = device === "" ? m.hub_passkey_first() : device;
    const made = { community: visit.slug, ...signedIn(sending), name, passkeyName };
    await visit.api.people.joinByPasskey({ ...made, ...(invitation === "" ? {} : { invitation }) });
    return onTo(wayOn(visit, typed("to")));
  } catch (error) {
    const fault = visit.explain(error);
    const isAsked = fault.code === "hub.question-first" || typed("question") !== "";
    return pageAnswer(request, joinPage(visit, { name, email, invitation, isAsked }, faultNote(fault)), fault.status);
  }
}

/** Forms of passkeys. What a browser is to sign lies behind `/challenge`, for the script alone. */
export const passkeyForms: readonly Sent[] = [
  { path: /^\/sign-in\/passkey$/, permission: "hub.public", send: signIn },
  {
    path: /^\/sign-in\/passkey\/challenge$/,
    permission: "hub.public",
    send: (sending) => asked(sending, () => sending.visit.api.people.askPasskey({ community: sending.visit.slug })),
  },
  { path: /^\/join\/passkey$/, permission: "hub.public", send: join },
  {
    path: /^\/join\/passkey\/challenge$/,
    permission: "hub.public",
    send: (sending) => asked(sending, () => sending.visit.api.people.beginJoinByPasskey(newcomerIn(sending))),
  },
  {
    path: /^\/me\/access\/passkey$/,
    permission: "hub.member",
    send: (sending) =>
      onAccess(sending, async () => {
        const { visit, typed } = sending;
        if (typed("signed") === "") await visit.api.people.beginPasskey({ community: visit.slug });
        const made = { community: visit.slug, ...signedIn(sending), name: typed("name") };
        await visit.api.people.addPasskey(made);
      }),
  },
  {
    path: /^\/me\/access\/passkey\/challenge$/,
    permission: "hub.member",
    send: (sending) => asked(sending, () => sending.visit.api.people.beginPasskey({ community: sending.visit.slug })),
  },
  {
    path: /^\/me\/access\/passkey\/rename$/,
    permission: "hub.member",
    send: (sending) => {
      const { visit, typed } = sending;
      const named = { community: visit.slug, passkeyId: typed("passkey"), name: typed("name") };
      return onAccess(sending, () => visit.api.people.renamePasskey(named));
    },
  },
  {
    path: /^\/me\/access\/passkey\/drop$/,
    permission: "hub.member",
    send: (sending) => {
      const { visit, typed } = sending;
      const which = { community: visit.slug, passkeyId: typed("passkey") };
      return onAccess(sending, () => visit.api.people.dropPasskey(which));
    },
  },
  {
    path: /^\/me\/access\/prove$/,
    permission: "hub.member",
    send: (sending) => {
      const { visit, typed } = sending;
      return onAccess(sending, () => visit.api.people.prove({ community: visit.slug, password: typed("password") }));
    },
  },
  {
    path: /^\/me\/access\/prove\/passkey$/,
    permission: "hub.member",
    send: (sending) =>
      onAccess(sending, async () => {
        const { api, slug: community } = sending.visit;
        if (sending.typed("signed") === "") await api.people.askProof({ community });
        await api.people.prove({ community, passkey: signedIn(sending) });
      }),
  },
  {
    path: /^\/me\/access\/prove\/passkey\/challenge$/,
    permission: "hub.member",
    send: (sending) => asked(sending, () => sending.visit.api.people.askProof({ community: sending.visit.slug })),
  },
];
