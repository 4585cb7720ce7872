-- How many rounds offers are made in, and what customers would pay before tiers of resale above the
-- channel keep their part; null for deals that were drafted before.

alter table deal
  add column rounds_max integer not null default 3 check (rounds_max between 1 and 20),
  add column gross_revenue double precision
    check (gross_revenue >= 0 and gross_revenue < 'infinity'::float8);
