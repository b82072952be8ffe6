-- The logo that stood before the present one, or before it was taken away, as `logo` tells of it: one press brings it back
-- until then. Its files are kept as long.
alter table hubs add column logo_before jsonb, add column logo_before_until timestamptz;
