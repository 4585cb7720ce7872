-- Which material suits which segment, as ranked before people approved a cycle's materials.

create table material_ranking (
  campaign_key text not null,
  cycle integer not null,
  source text not null check (source in ('model', 'clicks', 'none')),
  -- The version that read the texts; null for the other sources.
  model_name text,
  model_version integer check (model_version >= 1),
  ranked_at timestamptz not null,
  primary key (campaign_key, cycle),
  foreign key (campaign_key, cycle) references promotion (campaign_key, cycle),
  check ((source = 'model') = (model_name is not null and model_version is not null))
);

create table material_rank (
  campaign_key text not null,
  cycle integer not null,
  segment text not null,
  material text not null,
  -- From 1, in its segment; materials that come out alike share it.
  place integer not null check (place >= 1),
  -- Of a model: the probability that the material suits. Of clicks: clicks a view.
  score double precision not null check (score between 0 and 1),
  -- What clicks were counted and how sure their rate is; null for a model.
  views bigint check (views >= 0),
  clicks bigint check (clicks >= 0),
  low double precision check (low between 0 and 1),
  high double precision check (high between 0 and 1),
  primary key (campaign_key, cycle, segment, material),
  foreign key (campaign_key, cycle) references material_ranking (campaign_key, cycle)
    on delete cascade
);

-- In which order a channel sends its materials: the best suited first, 1, 2, …; null unranked.
alter table prepared_material
  add column send_order integer check (send_order >= 1),
  add column fit double precision check (fit between 0 and 1);

-- The second text of an example for a model that reads two together; null for one text.
alter table dataset_example
  add column pair text;
