-- Business models found by the search of one cycle, and the one a person chose.

create table plan_search (
  campaign_key  text not null references campaign on delete cascade,
  cycle         integer not null check (cycle >= 1),
  target_market text not null,
  seed          bigint not null,
  evaluations   integer not null check (evaluations > 0),
  -- All inputs of the model, so that a figure can be traced and a plan evaluated again.
  inputs        jsonb not null,
  searched_at   timestamptz not null,
  primary key (campaign_key, cycle)
);

create table plan (
  plan_id       uuid primary key,
  campaign_key  text not null,
  cycle         integer not null,
  name          text not null,
  pricing_model text not null check (pricing_model in ('saas', 'api', 'solution', 'data-driven')),
  price         double precision not null check (price > 0 and price < 'infinity'::float8),
  service_level double precision not null check (service_level between 0 and 1),
  market_share  double precision not null check (market_share between 0 and 1),
  revenue       double precision not null,
  satisfaction  double precision not null check (satisfaction between 0 and 1),
  -- Place among the candidates a person is shown; null for the rest of the front.
  candidate     integer check (candidate >= 1),
  recommended   boolean not null,
  state         text not null check (state in ('proposed', 'published')),
  published_at  timestamptz,
  check ((state = 'published') = (published_at is not null)),
  foreign key (campaign_key, cycle) references plan_search on delete cascade
);

create index plan_of_cycle on plan (campaign_key, cycle);
create unique index plan_published_once on plan (campaign_key, cycle) where state = 'published';

create table plan_channel (
  plan_id uuid not null references plan on delete cascade,
  channel text not null,
  primary key (plan_id, channel)
);
