-- What a budget was shared out by, so that it can be shared out again with a change. Null for
-- sharings made before.

alter table allocation
  add column inputs jsonb;
