-- Whoever leaves can come back for some days: until then what opens their account is kept, and what they chose waits.
-- `left_at` is set at once; both columns are empty again when the leaving is finished or taken back.
alter table hub_accounts add column leaving text check (leaving in ('named', 'unnamed', 'deleted'));
alter table hub_accounts add column grace_until timestamptz;
alter table hub_accounts add constraint hub_accounts_leaving check (
  (leaving is null) = (grace_until is null) and (leaving is null or left_at is not null)
);
create index hub_accounts_in_grace on hub_accounts (grace_until) where grace_until is not null;
