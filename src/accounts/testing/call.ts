import type { Databases } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { noJobs, testTools } from "#src/base/testing/jobs.ts";
import type { Call, Caller, CommunityFacts } from "../call.ts";
import { openLimits } from "../limits.ts";
import type { Role } from "../model.ts";
import type { SignIn } from "../sign-in.ts";

/** A machine with a role in a community, for tests of procedures. */
export function keyIn(facts: Pick<CommunityFacts, "id">, role: Role): Caller {
  return { kind: "key", id: newId(Date.now()), name: `${role} key`, role, communityId: facts.id };
}

const refusing = async (): Promise<never> => {
  throw new Error("this test has no sign-in");
};
const noSignIn: SignIn = {
  sessionOf: refusing,
  begin: refusing,
  signIn: refusing,
  halfOf: refusing,
  finish: refusing,
  isPasswordOf: refusing,
  signOut: refusing,
  changePassword: refusing,
};

/**
 * What a procedure needs to be called in a test: `createRouterClient(router, { context: testCall({ databases, caller,
 * communities }) })`. Parts that the test is about are given in `parts`.
 */
export function testCall(
  setting: { databases: Databases; caller: Caller; communities: readonly CommunityFacts[] },
  parts: Partial<Call> = {},
): Call {
  const { databases, caller, communities } = setting;
  return {
    ...testTools,
    databases,
    caller,
    jobs: noJobs,
    signIn: noSignIn,
    limits: openLimits(Date.now),
    consumers: [],
    adapters: [],
    locale: "en",
    findCommunity: async (slug) => communities.find((each) => each.slug === slug),
    address: "127.0.0.1",
    requestId: "test",
    idempotencyKey: undefined,
    headers: new Headers(),
    answerHeaders: new Headers(),
    ...parts,
  };
}
