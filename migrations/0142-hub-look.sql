-- The brand's colours, `#rrggbb` in small letters; without one the hub has its own.
alter table hubs add column brand text check (brand ~ '^#[0-9a-f]{6}$');
alter table hubs add column second_colour text check (second_colour ~ '^#[0-9a-f]{6}$');
-- Light, dark, or by the device: what a member chose, for the next browser they sign in with.
alter table hub_accounts add column theme text not null default 'auto' check (theme in ('auto', 'light', 'dark'));
