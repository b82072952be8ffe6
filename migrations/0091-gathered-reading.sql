-- When a consumer last digested facts of the community: those that gather live facts wait a little for more of them.
alter table cursors add column digested_at timestamptz;
