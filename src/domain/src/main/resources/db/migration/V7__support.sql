-- Support: channels, training material, service windows, tickets and the watch for surges.

create table support_channel (
  campaign_key text not null references campaign (campaign_key),
  support_channel text not null,
  hours text,
  sla_minutes integer check (sla_minutes >= 0),
  primary key (campaign_key, support_channel)
);

create table training_material (
  campaign_key text not null references campaign (campaign_key),
  material text not null,
  channel text,
  title text not null,
  body text not null,
  language text not null check (language in ('en', 'zh')),
  primary key (campaign_key, material)
);

-- One row a service step: the material handed out is counted at the opening.
create table service_window (
  campaign_key text not null references campaign (campaign_key),
  cycle integer not null check (cycle >= 1),
  support_channels integer not null check (support_channels >= 0),
  materials integer not null check (materials >= 0),
  opened_at timestamptz not null,
  summarised_at timestamptz,
  primary key (campaign_key, cycle)
);

-- Which material each support channel was given in which cycle: handed out once.
create table material_handout (
  campaign_key text not null,
  cycle integer not null,
  support_channel text not null,
  material text not null,
  handed_out_at timestamptz not null,
  primary key (campaign_key, cycle, support_channel, material),
  foreign key (campaign_key, cycle) references service_window (campaign_key, cycle)
);

create table ticket (
  id uuid primary key,
  campaign_key text not null references campaign (campaign_key),
  text text not null check (length(text) between 1 and 5000),
  language text not null check (language in ('en', 'zh')),
  channel text,
  customer text,
  rating integer check (rating between 1 and 5),
  state text not null check (state in ('open', 'classified', 'answered', 'closed')),
  priority text not null check (priority in ('normal', 'urgent')),
  intent text,
  sentiment text check (sentiment in ('negative', 'neutral', 'positive', 'unknown')),
  confidence double precision check (confidence between 0 and 1),
  model_version text,
  classified_no bigint,
  surge boolean not null default false,
  answer text,
  answered_by text check (answered_by in ('material', 'agent')),
  material text,
  corrected_intent text,
  corrected_sentiment text check (corrected_sentiment in ('negative', 'neutral', 'positive')),
  opened_at timestamptz not null,
  classified_at timestamptz,
  answered_at timestamptz,
  escalated_at timestamptz,
  closed_at timestamptz,
  check (state <> 'closed' or closed_at is not null),
  check (classified_at is null or (intent is not null and sentiment is not null)),
  unique (campaign_key, classified_no)
);

create index ticket_opened on ticket (campaign_key, opened_at);

-- Counts behind the surge rule; the row is locked while a ticket's classification is recorded.
create table surge_watch (
  campaign_key text primary key references campaign (campaign_key),
  classified bigint not null check (classified >= 0),
  negative bigint not null check (negative between 0 and classified),
  last_surge_no bigint
);
