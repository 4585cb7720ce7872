-- How good a search was: seed, reference point, hypervolume. Null for searches of earlier versions.

alter table plan_search add column certificate jsonb;
