-- Models: training runs with their progress, and the versions that came out of them.

create table training_run (
  -- Id of the model-training process instance, given by the engine.
  run_id text not null check (run_id ~ '^[A-Za-z0-9-]{1,64}$'),
  round integer not null check (round >= 1),
  model_name text not null check (model_name ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  -- The campaign the run belongs to; null when it was started on its own.
  campaign_key text references campaign (campaign_key),
  -- The campaign's cycle that asked for the run; null when it was started on its own.
  cycle integer check (cycle >= 1),
  dataset_id uuid not null,
  dataset_sha256 text not null,
  settings jsonb not null,
  state text not null
    check (state in ('running', 'trained', 'evaluated', 'released', 'discarded', 'failed')),
  -- Counts the deliveries that began to work; a late one carries an older number and changes nothing.
  attempt integer not null check (attempt >= 1),
  steps bigint check (steps >= 0),
  training_loss double precision,
  seconds double precision check (seconds >= 0),
  problem text,
  started_at timestamptz not null,
  updated_at timestamptz not null,
  finished_at timestamptz,
  primary key (run_id, round)
);

create index training_run_campaign on training_run (campaign_key, cycle, started_at);

create table training_progress (
  run_id text not null,
  round integer not null,
  step bigint not null check (step >= 1),
  steps bigint not null check (steps >= step),
  epoch integer not null check (epoch >= 1),
  loss double precision not null,
  learning_rate double precision not null check (learning_rate >= 0),
  tokens_per_second double precision not null check (tokens_per_second >= 0),
  recorded_at timestamptz not null,
  primary key (run_id, round, step),
  foreign key (run_id, round) references training_run (run_id, round)
);

create table training_epoch (
  run_id text not null,
  round integer not null,
  epoch integer not null check (epoch >= 1),
  training_loss double precision not null,
  accuracy double precision check (accuracy between 0 and 1),
  macro_f1 double precision check (macro_f1 between 0 and 1),
  recorded_at timestamptz not null,
  primary key (run_id, round, epoch),
  foreign key (run_id, round) references training_run (run_id, round)
);

create table model_version (
  model_name text not null,
  version integer not null check (version >= 1),
  stage text not null check (stage in ('candidate', 'live', 'retired', 'discarded')),
  run_id text not null,
  round integer not null,
  -- Relative to the model store.
  path text not null check (path !~ '(^/|(^|/)\.\.(/|$))'),
  sha256 text not null check (length(sha256) = 64),
  metrics jsonb not null,
  dataset_id uuid not null,
  approver text,
  comment text,
  created_at timestamptz not null,
  released_at timestamptz,
  retired_at timestamptz,
  primary key (model_name, version),
  unique (run_id, round),
  foreign key (run_id, round) references training_run (run_id, round),
  check ((stage in ('live', 'retired')) = (released_at is not null))
);

create unique index model_version_one_live on model_version (model_name) where stage = 'live';
