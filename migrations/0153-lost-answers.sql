-- The answer that a topic lost because it was deleted: it is the answer again when it comes back, unless another was accepted.
alter table hub_topics add column lost_answer int;
