-- A deleted community is hidden and still; after 30 days it is erased. Until then its owners can bring it back.
alter table communities add column deleted_at timestamptz;
create index communities_deleted on communities (deleted_at) where deleted_at is not null;
