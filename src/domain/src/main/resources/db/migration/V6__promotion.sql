-- Promotion: materials, the plan of activities, budgets shared out, what was sent and spent.

create table material (
  campaign_key text not null references campaign (campaign_key),
  line bigint not null,
  material text not null,
  kind text not null,
  channel text,
  title text not null,
  body text not null,
  primary key (campaign_key, line)
);

create table activity (
  campaign_key text not null references campaign (campaign_key),
  line bigint not null,
  activity text not null,
  material text not null,
  channel text not null,
  starts date,
  ends date,
  budget double precision check (budget >= 0),
  primary key (campaign_key, line)
);

-- The promotion of one cycle. Its row is locked by whatever moves money.
create table promotion (
  campaign_key text not null references campaign (campaign_key),
  cycle integer not null check (cycle >= 1),
  version integer not null default 0 check (version >= 0),
  budget numeric(16, 2) not null default 0 check (budget >= 0),
  spent numeric(16, 2) not null default 0 check (spent >= 0),
  dispatched_at timestamptz,
  primary key (campaign_key, cycle),
  constraint promotion_never_over_budget check (spent <= budget)
);

-- What each channel shall send: a copy, so that what was approved is what goes out.
create table prepared_material (
  campaign_key text not null,
  cycle integer not null,
  channel text not null,
  material text not null,
  kind text not null,
  title text not null,
  body text not null,
  primary key (campaign_key, cycle, channel, material),
  foreign key (campaign_key, cycle) references promotion (campaign_key, cycle)
);

create table allocation (
  campaign_key text not null,
  cycle integer not null,
  version integer not null check (version >= 1),
  budget numeric(16, 2) not null check (budget >= 0),
  objective double precision not null,
  duality_gap double precision not null check (duality_gap >= 0),
  iterations integer not null,
  excluded jsonb not null,
  created_at timestamptz not null,
  primary key (campaign_key, cycle, version),
  foreign key (campaign_key, cycle) references promotion (campaign_key, cycle)
);

create table allocation_share (
  campaign_key text not null,
  cycle integer not null,
  version integer not null,
  channel text not null,
  share double precision not null check (share between 0 and 1),
  amount numeric(16, 2) not null check (amount >= 0),
  primary key (campaign_key, cycle, version, channel),
  foreign key (campaign_key, cycle, version)
    references allocation (campaign_key, cycle, version)
);

-- One message to one channel with one material; sent once.
create table promotion_dispatch (
  campaign_key text not null,
  cycle integer not null,
  channel text not null,
  material text not null,
  message_id text not null unique,
  -- The allocation that asked for it: a newer one may try a rejected message again.
  version integer not null,
  state text not null check (state in ('pending', 'sending', 'sent', 'rejected')),
  claim uuid,
  claimed_at timestamptz,
  sent_at timestamptz,
  sent_via text,
  reason text,
  primary key (campaign_key, cycle, channel, material),
  foreign key (campaign_key, cycle) references promotion (campaign_key, cycle),
  check (state <> 'sending' or (claim is not null and claimed_at is not null)),
  check (state <> 'sent' or sent_at is not null)
);

-- Money released to a channel; step 0 is the dispatch, step n the n-th collection.
create table promotion_spend (
  campaign_key text not null,
  cycle integer not null,
  channel text not null,
  step integer not null check (step >= 0),
  amount numeric(16, 2) not null check (amount > 0),
  spent_at timestamptz not null,
  -- When the channel was told of the money (step 0: by the promotion itself), and who is telling.
  told_at timestamptz,
  telling_since timestamptz,
  primary key (campaign_key, cycle, channel, step),
  foreign key (campaign_key, cycle) references promotion (campaign_key, cycle)
);

-- One collection of results; the task that asked for it makes it unique.
create table promotion_collection (
  campaign_key text not null,
  cycle integer not null,
  step integer not null check (step >= 1),
  request text not null,
  clicks bigint not null,
  conversions bigint not null,
  revenue double precision not null,
  spent numeric(16, 2) not null,
  collected_at timestamptz not null,
  primary key (campaign_key, cycle, step),
  unique (campaign_key, cycle, request),
  foreign key (campaign_key, cycle) references promotion (campaign_key, cycle)
);
