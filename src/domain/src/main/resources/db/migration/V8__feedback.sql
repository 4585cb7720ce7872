-- Feedback: what customers said, the datasets made from it, and the backlog of improvements.

create table feedback (
  id uuid primary key,
  campaign_key text not null references campaign (campaign_key),
  source text not null check (source in ('import', 'ticket')),
  source_ref text not null,
  kind text not null,
  text text not null,
  label text,
  sentiment text check (sentiment in ('negative', 'neutral', 'positive')),
  rating double precision check (rating between 1 and 5),
  -- The cycle that collected it; null until then.
  cycle integer check (cycle >= 1),
  created_at timestamptz not null,
  unique (campaign_key, source, source_ref)
);

create index feedback_cycle on feedback (campaign_key, cycle);

create table improvement (
  campaign_key text not null references campaign (campaign_key),
  line bigint not null,
  kind text not null,
  description text not null,
  effort double precision check (effort > 0),
  value double precision check (value >= 0),
  primary key (campaign_key, line)
);

-- Immutable: the same content gives the same row.
create table dataset (
  id uuid primary key,
  campaign_key text not null references campaign (campaign_key),
  model_name text not null,
  cycle integer not null check (cycle >= 1),
  labels jsonb not null,
  examples integer not null check (examples >= 1),
  sha256 text not null check (length(sha256) = 64),
  dropped jsonb not null,
  created_at timestamptz not null,
  unique (campaign_key, model_name, sha256)
);

create table dataset_example (
  dataset_id uuid not null references dataset (id),
  position integer not null check (position >= 0),
  split text not null check (split in ('train', 'eval')),
  label text not null,
  text text not null,
  primary key (dataset_id, position)
);

-- The improvements a person chose for the next release of the product.
create table backlog_item (
  campaign_key text not null references campaign (campaign_key),
  cycle integer not null check (cycle >= 1),
  position integer not null check (position >= 1),
  kind text not null,
  description text not null,
  effort double precision,
  value double precision,
  comment text,
  planned_at timestamptz not null,
  primary key (campaign_key, cycle, position),
  unique (campaign_key, cycle, description)
);
