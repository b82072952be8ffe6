-- Old receipts are deleted every day.
create index receipts_by_age on receipts (received_at);
