import { afterAll } from "vitest";
import { type AnyJob, startJobs } from "#src/base/jobs.ts";
import { openMailer } from "#src/base/mail/mailer.ts";
import { sendLetter } from "#src/base/mail/post.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { testTools } from "#src/base/testing/jobs.ts";
import { testMailServer } from "#src/base/testing/mail-server.ts";
import { openSignIn } from "../sign-in.ts";
import { openCallers, testCommunity } from "./people.ts";

/** Accounts with a real mail server and jobs at work, in a community `camp`; `clock.ahead` moves their time on, in milliseconds. */
export async function openMailDesk(job: AnyJob) {
  const databases = await testDatabase();
  const server = await testMailServer();
  const clock = { ahead: 0 };
  const now = (): number => Date.now() + clock.ahead;
  const mailer = openMailer({ smtpUrl: server.url, from: "team@camp.example" });
  const tools = { ...testTools, mailer, databases, now };
  const jobs = await startJobs({ ...tools, jobs: [sendLetter, job], works: true });
  afterAll(() => jobs.stop(2000));
  const camp = await testCommunity(databases, "camp");
  const callers = openCallers(databases, [camp], { ...tools, jobs });
  const signIn = openSignIn({ databases, publicUrl: "http://localhost", now });
  return { databases, server, clock, now, jobs, camp, callers, signIn };
}
