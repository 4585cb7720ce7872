-- Datasets of users' behaviour, and the purchase probability of each segment by a model version.

alter table dataset
  add column kind text not null default 'texts'
    constraint dataset_kind check (kind in ('texts', 'behaviour')),
  -- Names of the columns of behaviour; null for other kinds.
  add column columns jsonb,
  add constraint dataset_columns check ((kind = 'behaviour') = (columns is not null));

-- One row a user; who it is, is not kept.
create table dataset_behaviour (
  dataset_id uuid not null references dataset (id),
  position integer not null check (position >= 0),
  split text not null check (split in ('train', 'eval')),
  -- One text or null a column of the dataset.
  cells jsonb not null,
  bought boolean not null,
  primary key (dataset_id, position)
);

-- Examples of every kind.
create view dataset_row as
  select dataset_id, position, split, label, text, cast(null as jsonb) as cells
    from dataset_example
  union all
  select dataset_id, position, split, case when bought then 'purchase' else 'no purchase' end,
         null, cells
    from dataset_behaviour;

-- P(U): mean probability of a purchase over a segment's users, by models taught without them.
create table model_segment (
  model_name text not null,
  version integer not null,
  campaign_key text not null references campaign (campaign_key),
  segment text not null,
  users integer not null check (users >= 1),
  probability double precision not null check (probability > 0 and probability < 1),
  low double precision not null check (low >= 0),
  high double precision not null check (high <= 1 and high >= low),
  observed double precision not null check (observed between 0 and 1),
  primary key (model_name, version, segment),
  foreign key (model_name, version) references model_version (model_name, version)
);

create index model_segment_campaign on model_segment (campaign_key, model_name, version);
