-- What limits a channel while results steer the budget, and why money moved.

alter table allocation_share
  -- Most that the plan of activities lets the channel have; null when that is no less than the
  -- budget, and for allocations made before.
  add column cap numeric(16, 2) check (cap >= 0);

-- What a channel got in one collection, against what the approved allocation alone would give.
create table promotion_shift (
  campaign_key text not null,
  cycle integer not null,
  step integer not null,
  channel text not null,
  -- The approved allocation that was steered from.
  version integer not null,
  amount numeric(16, 2) not null check (amount >= 0),
  planned numeric(16, 2) not null check (planned >= 0),
  -- What was known: since the dispatch, before this release.
  spent numeric(16, 2) not null check (spent >= 0),
  clicks bigint not null check (clicks >= 0),
  conversions bigint not null check (conversions >= 0),
  -- Posterior: chance of being the best, purchases for one unit of money with 95 % interval.
  best double precision not null check (best between 0 and 1),
  rate double precision not null,
  rate_low double precision not null,
  rate_high double precision not null,
  reason_en text not null,
  reason_zh text not null,
  primary key (campaign_key, cycle, step, channel),
  foreign key (campaign_key, cycle, step)
    references promotion_collection (campaign_key, cycle, step),
  foreign key (campaign_key, cycle, version)
    references allocation (campaign_key, cycle, version)
);
