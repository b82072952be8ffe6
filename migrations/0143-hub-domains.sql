-- Domains of their own at which hubs stand, or are to stand. No table of a community: a domain belongs to one hub of the
-- whole install, which only a key that does not begin with the community can hold.
create table hub_domains (
  -- As names are looked up: lower case, punycode, no dot at the end.
  domain text primary key,
  community uuid not null unique references communities (id) on delete cascade,
  -- Stands in the address that is asked for as a proof.
  token text not null,
  asked_at timestamptz not null,
  checked_at timestamptz,
  -- When the domain is looked after next.
  due_at timestamptz not null,
  -- When it led here first.
  proven_at timestamptz,
  -- Since when it no longer does.
  failing_since timestamptz,
  trouble text check (trouble in ('unreachable', 'closed', 'slow', 'elsewhere'))
);
create index hub_domains_due on hub_domains (due_at);

-- The domain at which the hub stands now: proven, and not failing for days.
alter table hubs add column domain text;
