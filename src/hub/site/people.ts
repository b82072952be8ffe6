import { m } from "#words";
import { accountOf, postPath } from "../model.ts";
import { LEAVING_DAYS } from "../store/leavings.ts";
import { type PostLine, readBookmarks, readProfile } from "../queries.ts";
import { facePart, moderatedFacePart, ownFacePart } from "./face.ts";
import { clockOf, documentOf } from "./frame.ts";
import { markup, type Html } from "./html.ts";
import { dayOf, moment } from "./moment.ts";
import type { HubVisit } from "./visit.ts";

function postLines(visit: HubVisit, posts: readonly PostLine[]): Html {
  if (posts.length === 0) return markup`<p class="lead">${m.hub_nothing_here()}</p>`;
  const lines = posts.map(
    (post) =>
      markup`<li><div><a class="title" href="${postPath(visit.slug, { number: post.topic, title: post.title }, post.number)}">${post.title}</a>${post.beginning !== "" && markup`<div class="meta">${post.beginning}</div>`}</div><div class="count">${moment(post.at, clockOf(visit))}</div></li>`,
  );
  return markup`<ul class="list">${lines}</ul>`;
}

/** Instead of the profile of somebody who left: it is closed at once. */
function closedPage(visit: HubVisit, name: string): string {
  const community = visit.call.facts.name;
  const main = markup`<h1>${name}</h1><p class="lead">${m.hub_has_left_profile({ community })}</p><p><a class="button" href="${visit.home}">${m.hub_back_home()}</a></p>`;
  return documentOf(visit, { title: name, main });
}

/** What others see of a member, and what they wrote. */
export async function profilePage(visit: HubVisit, memberId: string, note: Html | false = false): Promise<string> {
  const before = Number(visit.url.searchParams.get("before") ?? "");
  const { profile, isShown, posts, next } = await readProfile(visit.call, {
    memberId,
    before: before > 0 ? before : undefined,
  });
  if (profile.hasLeft) return closedPage(visit, profile.name);
  const badge = profile.isTeam && markup` <span class="mark">${m.hub_team()}</span>`;
  const older =
    next !== undefined && markup`<p class="pages"><a rel="next" href="?before=${next}">${m.hub_older()}</a></p>`;
  const main = markup`${note}<div class="who">${facePart(visit, profile, "large")}<div><h1>${profile.name}${badge}</h1><p class="meta">${m.hub_member_since()} ${dayOf(profile.joinedAt, clockOf(visit))}${isShown && markup` · ${m.hub_posts({ count: profile.posts })}`}</p></div></div>${moderatedFacePart(visit, profile)}${profile.about !== "" && markup`<p class="lead">${profile.about}</p>`}${isShown ? markup`<h2>${m.hub_latest_posts()}</h2>${postLines(visit, posts)}${older}` : markup`<p class="lead">${m.hub_activity_hidden()}</p>`}`;
  const card = { path: `p/${memberId}`, above: "", title: profile.name };
  return documentOf(visit, { title: profile.name, main, card });
}

/** One's own page: what others read about one, bookmarks, the way out. */
export async function ownPage(visit: HubVisit, note: Html | false = false): Promise<string> {
  const { call, home } = visit;
  const account = accountOf(call.visitor);
  if (account === undefined) {
    const main = markup`<h1>${m.hub_me()}</h1><div class="note"><p>${m.hub_team_reads()}</p></div>`;
    return documentOf(visit, { title: m.hub_me(), main });
  }
  const [{ profile }, bookmarks] = await Promise.all([
    readProfile(call, { memberId: account.memberId, before: undefined }),
    readBookmarks(call),
  ]);
  const isMember = call.visitor.kind === "member";
  const archive = `/api/v1/communities/${visit.slug}/hub/me/archive`;
  const out =
    isMember &&
    markup`<section class="part"><form method="post" action="${home}/sign-out"><button>${m.hub_sign_out()}</button></form></section><section class="part"><h2>${m.hub_take_title()}</h2><p>${m.hub_take_text()}</p><p class="row"><a class="button" href="${archive}.html" download>${m.hub_take_read()}</a><a class="button" href="${archive}.json" download>${m.hub_take_json()}</a></p></section><section class="part"><h2>${m.hub_leave_title()}</h2><p>${m.hub_leave_text({ count: LEAVING_DAYS })}</p><p><a class="button" href="${home}/me/leave">${m.hub_leave_open()}</a></p></section>`;
  const main = markup`<h1>${account.name}</h1>${note}<p class="links"><a href="${home}/people/${account.memberId}">${m.hub_my_public()}</a><a href="${home}/topics?filter=following">${m.hub_filter_following()}</a><a href="${home}/notifications/settings">${m.hub_notice_settings()}</a>${isMember && markup`<a href="${home}/me/privacy">${m.hub_privacy_title()}</a><a href="${home}/me/access">${m.hub_access_title()}</a>`}</p>${ownFacePart(visit, profile)}<section class="part"><h2>${m.hub_about_title()}</h2><form class="stack" method="post" action="${home}/me"><label>${m.hub_field_about()}<textarea name="about" maxlength="1000" rows="4">
${profile.about}</textarea></label><div><button class="main">${m.hub_save()}</button></div></form></section><section class="part"><h2>${m.hub_bookmarks()}</h2>${postLines(visit, bookmarks)}</section>${out}`;
  return documentOf(visit, { title: m.hub_me(), main });
}
