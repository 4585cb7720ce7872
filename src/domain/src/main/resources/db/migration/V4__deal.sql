-- Negotiations with channels: what is offered, answered, sent and signed.

-- deal_id is the process instance id of the negotiation, given by the engine: text, not uuid.
create table deal (
  deal_id            text primary key check (length(deal_id) between 1 and 64),
  campaign_key       text not null references campaign on delete cascade,
  cycle              integer not null check (cycle >= 1),
  channel            text not null,
  state              text not null check (state in
                       ('drafted', 'offered', 'countered', 'agreed', 'signed', 'withdrawn', 'lost')),
  round              integer not null check (round >= 1),
  revenue_share_open double precision not null check (revenue_share_open between 0 and 1),
  fixed_fee_open     double precision not null check (fixed_fee_open >= 0),
  revenue_share_max  double precision not null check (revenue_share_max between 0 and 1),
  fixed_fee_max      double precision not null check (fixed_fee_max >= 0),
  agreed_share       double precision check (agreed_share between 0 and 1),
  agreed_fee         double precision check (agreed_fee >= 0),
  expected_revenue   double precision not null check (expected_revenue >= 0),
  exclusive          boolean not null,
  term_months        integer not null check (term_months >= 1),
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  check (state <> 'signed' or (agreed_share is not null and agreed_fee is not null))
);

create index deal_by_campaign on deal (campaign_key, cycle, channel);

create table deal_offer (
  deal_id       text not null references deal on delete cascade,
  round         integer not null check (round >= 1),
  revenue_share double precision not null check (revenue_share between 0 and 1),
  fixed_fee     double precision not null check (fixed_fee >= 0),
  created_at    timestamptz not null,
  primary key (deal_id, round)
);

-- The partner's answer to the offer of a round: one at most.
-- correlated_at: the negotiation was told; refused: the engine no longer waits for it.
create table deal_reply (
  deal_id       text not null,
  round         integer not null,
  outcome       text not null check (outcome in ('accept', 'counter', 'reject')),
  revenue_share double precision not null check (revenue_share between 0 and 1),
  fixed_fee     double precision not null check (fixed_fee >= 0),
  source        text not null check (source in ('link', 'rest', 'hand')),
  recorded_at   timestamptz not null,
  correlated_at timestamptz,
  refused       text,
  primary key (deal_id, round),
  foreign key (deal_id, round) references deal_offer on delete cascade
);

create index deal_reply_waiting on deal_reply (recorded_at)
  where correlated_at is null and refused is null;

-- What is sent to the partner. claimed_until keeps a second worker from sending at the same time.
create table deal_message (
  message_id    text primary key check (length(message_id) between 1 and 200),
  deal_id       text not null references deal on delete cascade,
  round         integer not null check (round >= 1),
  kind          text not null check (kind in ('offer', 'reminder', 'withdrawal')),
  claimed_until timestamptz,
  sent_at       timestamptz,
  sent_via      text,
  unique (deal_id, round, kind),
  check ((sent_at is null) = (sent_via is null))
);

-- Past negotiations as brought in negotiations.csv.
create table negotiation_history (
  campaign_key  text not null references campaign on delete cascade,
  channel       text not null,
  round         integer not null check (round >= 1),
  revenue_share double precision not null check (revenue_share between 0 and 1),
  fixed_fee     double precision not null check (fixed_fee >= 0),
  exclusive     boolean not null,
  term_months   integer not null check (term_months >= 1),
  outcome       text not null check (outcome in ('accept', 'counter', 'reject')),
  primary key (campaign_key, channel, round)
);
