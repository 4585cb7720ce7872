-- A campaign, the data it brought, what people are shown, and its reports.

create table campaign (
  campaign_key     text primary key check (campaign_key ~ '^[a-z0-9][a-z0-9-]{2,62}$'),
  name             text not null check (length(name) between 1 and 200),
  company          text not null check (length(company) between 1 and 200),
  product          text not null check (length(product) between 1 and 200),
  description      text not null default '' check (length(description) <= 4000),
  locale           text not null check (locale in ('en', 'zh')),
  promotion_budget double precision not null
                   check (promotion_budget > 0 and promotion_budget < 'infinity'::float8),
  currency         text not null check (currency ~ '^[A-Z]{3}$'),
  settings         jsonb not null check (jsonb_typeof(settings) = 'object'),
  created_at       timestamptz not null
);

-- One row a table brought: where the figures of a campaign come from.
create table data_import (
  campaign_key text not null references campaign on delete cascade,
  table_name   text not null,
  row_count    bigint not null check (row_count >= 0),
  sha256       text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  imported_at  timestamptz not null,
  primary key (campaign_key, table_name)
);

-- Distinct values of the columns that tables refer to each other by (markets, channels, materials):
-- a file brought alone is checked against what the others hold, without reading other domains.
create table data_reference (
  campaign_key text not null references campaign on delete cascade,
  table_name   text not null,
  column_name  text not null,
  value        text not null,
  primary key (campaign_key, table_name, column_name, value)
);

create table briefing (
  briefing_id text primary key check (length(briefing_id) between 1 and 400),
  content     jsonb not null,
  updated_at  timestamptz not null
);

create table report (
  report_id    uuid primary key,
  campaign_key text not null references campaign on delete cascade,
  cycle        integer not null check (cycle >= 1),
  outcome      text not null check (length(outcome) between 1 and 40),
  html_en      text not null,
  html_zh      text not null,
  content      jsonb not null,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  unique (campaign_key, cycle)
);
