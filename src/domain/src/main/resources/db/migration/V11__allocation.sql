-- What binds an allocation and why it came out as it did. Defaults are for allocations made before.

alter table allocation
  add column fixed_costs numeric(16, 2) not null default 0 check (fixed_costs >= 0),
  add column unspent numeric(16, 2) not null default 0 check (unspent >= 0),
  add column proven boolean not null default true,
  add column nodes integer not null default 1,
  -- Reasons in both languages: [{"en", "zh"}].
  add column sentences jsonb not null default '[]';

alter table allocation_share
  add column chosen boolean not null default true,
  add column fixed_cost numeric(16, 2) not null default 0 check (fixed_cost >= 0),
  -- What one more unit of money would add to the objective, in nats.
  add column marginal double precision not null default 0,
  -- What the channel would get at the lower credible bounds of the attraction.
  add column cautious_amount numeric(16, 2) check (cautious_amount >= 0);

-- Limits that hold the objective down; the budget has no channel.
create table allocation_binding (
  campaign_key text not null,
  cycle integer not null,
  version integer not null,
  position integer not null,
  limit_kind text not null
    check (limit_kind in ('budget', 'cap', 'floor', 'least_if_chosen')),
  channel text,
  money double precision not null check (money >= 0),
  shadow_price double precision not null check (shadow_price >= 0),
  one_per_cent double precision not null,
  primary key (campaign_key, cycle, version, position),
  foreign key (campaign_key, cycle, version)
    references allocation (campaign_key, cycle, version),
  check ((limit_kind = 'budget') = (channel is null))
);
