-- What respondents and competitors look like, and the figures made of it in each cycle.

create table survey_answer (
  campaign_key       text not null references campaign on delete cascade,
  market             text not null,
  respondent         text not null,
  need               boolean not null,
  pain_point         text,
  willingness_to_pay double precision
                     check (willingness_to_pay >= 0 and willingness_to_pay < 'infinity'::float8),
  segment            text,
  primary key (campaign_key, market, respondent)
);

-- Need share a market and a segment (empty: the whole market) with its 95 % score interval:
-- Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference,
-- Journal of the American Statistical Association 22, 209-212; z = 1.959963984540054.
-- Means are taken in numeric: sums of doubles depend on the order of the rows.
create view survey_demand as
with counted as (
  select campaign_key, market, '' as segment,
         count(*) as respondents,
         count(*) filter (where need) as needing,
         count(willingness_to_pay) as payers,
         avg(willingness_to_pay::numeric)::float8 as willingness_to_pay
    from survey_answer
   group by campaign_key, market
  union all
  select campaign_key, market, segment,
         count(*),
         count(*) filter (where need),
         count(willingness_to_pay),
         avg(willingness_to_pay::numeric)::float8
    from survey_answer
   where segment is not null
   group by campaign_key, market, segment
), parts as (
  select campaign_key, market, segment, respondents, needing, payers, willingness_to_pay,
         needing::float8 / respondents as share,
         1.959963984540054::float8 ^ 2 / respondents as z2n
    from counted
), intervals as (
  select campaign_key, market, segment, respondents, needing, payers, willingness_to_pay, share,
         (share + z2n / 2) / (1 + z2n) as middle,
         sqrt(z2n * share * (1 - share) + z2n ^ 2 / 4) / (1 + z2n) as half
    from parts
)
select campaign_key, market, segment, respondents, needing,
       share as need_share,
       greatest(0, middle - half) as need_low,
       least(1, middle + half) as need_high,
       payers, willingness_to_pay
  from intervals;

create table competitor (
  campaign_key text not null references campaign on delete cascade,
  market       text not null,
  competitor   text not null,
  -- As brought and normalised: 2025, 2025-Q3, 2025-07; empty when the data has no periods.
  period       text not null,
  period_start date not null,
  market_share double precision not null check (market_share between 0 and 1),
  price        double precision not null check (price >= 0 and price < 'infinity'::float8),
  strength     text,
  weakness     text,
  primary key (campaign_key, market, competitor, period)
);

-- One row a finished analysis; the upsert of this row orders two deliveries of the same task.
create table research_part (
  campaign_key text not null references campaign on delete cascade,
  cycle        integer not null check (cycle >= 1),
  part         text not null check (part in ('demand', 'competition', 'trend', 'opportunity')),
  computed_at  timestamptz not null,
  primary key (campaign_key, cycle, part)
);

create table research_demand (
  campaign_key       text not null,
  cycle              integer not null,
  part               text not null default 'demand' check (part = 'demand'),
  market             text not null,
  -- Empty for the whole market.
  segment            text not null,
  respondents        bigint not null check (respondents > 0),
  needing            bigint not null check (needing between 0 and respondents),
  need_share         double precision not null check (need_share between 0 and 1),
  need_low           double precision not null check (need_low between 0 and 1),
  need_high          double precision not null check (need_high between 0 and 1),
  payers             bigint not null check (payers between 0 and respondents),
  willingness_to_pay double precision check (willingness_to_pay >= 0),
  primary key (campaign_key, cycle, market, segment),
  foreign key (campaign_key, cycle, part) references research_part on delete cascade
);

create table research_pain_point (
  campaign_key text not null,
  cycle        integer not null,
  part         text not null default 'demand' check (part = 'demand'),
  market       text not null,
  rank         integer not null check (rank >= 1),
  pain_point   text not null,
  mentions     bigint not null check (mentions > 0),
  share        double precision not null check (share between 0 and 1),
  primary key (campaign_key, cycle, market, rank),
  foreign key (campaign_key, cycle, part) references research_part on delete cascade
);

create table research_competition (
  campaign_key  text not null,
  cycle         integer not null,
  part          text not null default 'competition' check (part = 'competition'),
  market        text not null,
  period        text not null,
  competitors   bigint not null check (competitors > 0),
  concentration double precision not null check (concentration between 0 and 1),
  share_sum     double precision not null check (share_sum >= 0),
  leader        text not null,
  leader_share  double precision not null check (leader_share between 0 and 1),
  price_mean    double precision not null check (price_mean >= 0),
  price_min     double precision not null check (price_min >= 0),
  price_max     double precision not null check (price_max >= 0),
  primary key (campaign_key, cycle, market),
  foreign key (campaign_key, cycle, part) references research_part on delete cascade
);

create table research_trend_point (
  campaign_key          text not null,
  cycle                 integer not null,
  part                  text not null default 'trend' check (part = 'trend'),
  market                text not null,
  period                text not null,
  period_start          date not null,
  competitors           bigint not null check (competitors > 0),
  effective_competitors double precision check (effective_competitors >= 1),
  leader_share          double precision not null check (leader_share between 0 and 1),
  price_mean            double precision not null check (price_mean >= 0),
  primary key (campaign_key, cycle, market, period_start, period),
  foreign key (campaign_key, cycle, part) references research_part on delete cascade
);

create table research_trend (
  campaign_key        text not null,
  cycle               integer not null,
  part                text not null default 'trend' check (part = 'trend'),
  market              text not null,
  periods             bigint not null check (periods >= 0),
  -- Relative change a year; null when fewer than two periods can be compared.
  growth              double precision check (growth > -1),
  price_growth        double precision check (price_growth > -1),
  leader_share_change double precision,
  primary key (campaign_key, cycle, market),
  foreign key (campaign_key, cycle, part) references research_part on delete cascade
);

create table research_opportunity (
  campaign_key  text not null,
  cycle         integer not null,
  part          text not null default 'opportunity' check (part = 'opportunity'),
  market        text not null,
  rank          integer not null check (rank >= 1),
  demand_share  double precision not null check (demand_share between 0 and 1),
  concentration double precision not null check (concentration between 0 and 1),
  growth        double precision not null check (growth > -1),
  need_part     double precision not null check (need_part between 0 and 1),
  room_part     double precision not null check (room_part between 0 and 1),
  growth_part   double precision not null check (growth_part between 0 and 1),
  payment_part  double precision not null check (payment_part between 0 and 1),
  score         double precision not null check (score between 0 and 1),
  excluded      boolean not null,
  -- Not excluded and with a need that is surely above zero.
  viable        boolean not null,
  primary key (campaign_key, cycle, market),
  foreign key (campaign_key, cycle, part) references research_part on delete cascade
);
