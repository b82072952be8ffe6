import type { ReactNode } from "react";
import { Link } from "react-router";
import { useAudit } from "./audit-context.ts";

/**
 * A link from the audit to what stands behind it. In an audit that is read without an account nothing can be opened: the
 * words stay, or go too when they only point the way (`isWay`).
 */
export function AuditLink(props: { to: string; className?: string | undefined; isWay?: boolean; children: ReactNode }) {
  const { isShared } = useAudit();
  if (isShared) return props.isWay === true ? null : <span>{props.children}</span>;
  return (
    <Link to={props.to} className={props.className} preventScrollReset>
      {props.children}
    </Link>
  );
}
