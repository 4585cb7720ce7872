-- Channels, what users did on them, and how the channels scored.

create table channel (
  campaign_key  text not null references campaign on delete cascade,
  channel       text not null check (length(channel) between 1 and 200),
  market        text,
  kind          text not null check (length(kind) between 1 and 200),
  reach         double precision not null check (reach >= 0 and reach < 'infinity'::float8),
  fixed_cost    double precision not null
                check (fixed_cost >= 0 and fixed_cost < 'infinity'::float8),
  revenue_share double precision not null check (revenue_share between 0 and 1),
  parent        text check (parent <> channel),
  contact       text,
  primary key (campaign_key, channel)
);

-- No foreign key to channel: it would cost a look-up an event at import, and channels.csv may be
-- replaced later; events of a channel that is gone count for nothing.
create table event (
  campaign_key text not null references campaign on delete cascade,
  event_id     text not null check (length(event_id) between 1 and 200),
  user_ref     text not null,
  segment      text not null,
  channel      text not null,
  type         text not null check (type in ('view', 'click', 'purchase')),
  occurred_at  timestamptz not null,
  revenue      double precision not null check (revenue >= 0 and revenue < 'infinity'::float8),
  cost         double precision not null check (cost >= 0 and cost < 'infinity'::float8),
  primary key (campaign_key, event_id)
);

create index event_by_channel on event (campaign_key, channel, occurred_at);

create table channel_score (
  campaign_key text not null references campaign on delete cascade,
  cycle        integer not null check (cycle >= 1),
  market       text not null,
  channel      text not null,
  kind         text not null,
  score        double precision not null check (score between 0 and 1),
  objective    double precision not null,
  attraction   double precision not null check (attraction between 0 and 1),
  reach        double precision not null,
  fixed_cost   double precision not null,
  revenue_share double precision not null,
  scored_at    timestamptz not null,
  primary key (campaign_key, cycle, market, channel)
);
