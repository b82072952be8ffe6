-- A key can be narrower than its role and end by itself. A key without a list may do all that its role may.
alter table api_keys add column permissions text[];
alter table api_keys add column expires_at timestamptz;
