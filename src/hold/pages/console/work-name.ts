import { m } from "#words";

/** What every job is called by people. */
export const jobNames: Readonly<Record<string, () => string>> = {
  "accounts.forget-old": m.hold_job_accounts_forget_old,
  "accounts.send-email-change": m.hold_job_accounts_send_email_change,
  "accounts.send-reset": m.hold_job_accounts_send_reset,
  "communities.erase-deleted": m.hold_job_communities_erase_deleted,
  "hub.check-domains": m.hold_job_hub_check_domains,
  "hub.finish-leaving": m.hold_job_hub_finish_leaving,
  "hub.finish-leavings": m.hold_job_hub_finish_leavings,
  "hub.forget-doorways": m.hold_job_hub_forget_doorways,
  "hub.forget-notices": m.hold_job_hub_forget_notices,
  "hub.look-up-links": m.hold_job_hub_look_up_links,
  "hub.send-digests": m.hold_job_hub_send_digests,
  "hub.send-email-change": m.hold_job_hub_send_email_change,
  "hub.send-link": m.hold_job_hub_send_link,
  "hub.send-push": m.hold_job_hub_send_push,
  "hub.tend-leaver-posts": m.hold_job_hub_tend_leaver_posts,
  "hub.tell-devices": m.hold_job_hub_tell_devices,
  "hub.tell-of-groups": m.hold_job_hub_tell_of_groups,
  "hub.tidy-files": m.hold_job_hub_tidy_files,
  "imports.run": m.hold_job_imports_run,
  "imports.tend": m.hold_job_imports_tend,
  "mail.send": m.hold_job_mail_send,
  "members.purge-deleted": m.hold_job_members_purge_deleted,
  "members.suggest": m.hold_job_members_suggest,
  "members.suggest-tend": m.hold_job_members_suggest_tend,
  "platforms.forget-receipts": m.hold_job_platforms_forget_receipts,
  "platforms.forget-sent": m.hold_job_platforms_forget_sent,
  "platforms.months-ahead": m.hold_job_platforms_months_ahead,
  "platforms.send": m.hold_job_platforms_send,
  "rights.erase-person": m.hold_job_rights_erase_person,
  "rights.retain": m.hold_job_rights_retain,
  "rights.tend-erasures": m.hold_job_rights_tend_erasures,
  "sharing.forget-ended": m.hold_job_sharing_forget_ended,
  "sharing.send-due": m.hold_job_sharing_send_due,
};

/** A piece of work as people call it, and whose it is. A job of an older Veche goes by its own name. */
export function workName({ job, community }: { job: string; community: { name: string } | null }): string {
  const name = jobNames[job]?.() ?? job;
  return community === null ? name : `${name}: ${community.name}`;
}
