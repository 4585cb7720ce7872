package io.channelwise.research;

/**
 * Statements that make the figures of a cycle from the data brought. Sums are taken in numeric:
 * sums of doubles depend on the order of the rows.
 */
final class ResearchSql {
  private ResearchSql() {}

  /** The row lock it takes makes a second delivery of the same task wait for the first. */
  static final String UPSERT_PART =
      """
      insert into research_part (campaign_key, cycle, part, computed_at)
      values (:campaignKey, :cycle, :part, :now)
      on conflict (campaign_key, cycle, part) do update
        set computed_at = excluded.computed_at
      """;

  static final String DELETE_DEMAND =
      "delete from research_demand where campaign_key = :campaignKey and cycle = :cycle";

  static final String INSERT_DEMAND =
      """
      insert into research_demand (campaign_key, cycle, market, segment, respondents, needing,
                                   need_share, need_low, need_high, payers, willingness_to_pay)
      select campaign_key, :cycle, market, segment, respondents, needing,
             need_share, need_low, need_high, payers, willingness_to_pay
        from survey_demand
       where campaign_key = :campaignKey
      """;

  static final String DELETE_PAIN_POINTS =
      "delete from research_pain_point where campaign_key = :campaignKey and cycle = :cycle";

  /** A cell may name several, separated by a semicolon or bar; each counts once a respondent. */
  static final String INSERT_PAIN_POINTS =
      """
      insert into research_pain_point (campaign_key, cycle, market, rank, pain_point, mentions,
                                       share)
      with named as (
        select distinct a.market, a.respondent, trim(p.name) as pain_point
          from survey_answer a
         cross join lateral regexp_split_to_table(a.pain_point, '[;；|]') as p (name)
         where a.campaign_key = :campaignKey
           and a.need
      ), needing as (
        select market, count(*) as respondents
          from survey_answer
         where campaign_key = :campaignKey
           and need
         group by market
      ), counted as (
        select market, pain_point, count(*) as mentions,
               row_number() over (partition by market
                                  order by count(*) desc, pain_point) as rank
          from named
         where pain_point <> ''
         group by market, pain_point
      )
      select :campaignKey, :cycle, c.market, c.rank, c.pain_point, c.mentions,
             c.mentions::float8 / n.respondents
        from counted c
        join needing n on n.market = c.market
       where c.rank <= 10
      """;

  static final String RESPONDENTS =
      "select count(*) from survey_answer where campaign_key = :campaignKey";

  static final String DELETE_COMPETITION =
      "delete from research_competition where campaign_key = :campaignKey and cycle = :cycle";

  /**
   * HHI: Hirschman, A. O. (1964), The paternity of an index, American Economic Review 54, 761. The
   * rest of a market whose shares sum to less than 1 counts as spread over many.
   */
  static final String INSERT_COMPETITION =
      """
      insert into research_competition (campaign_key, cycle, market, period, competitors,
                                        concentration, share_sum, leader, leader_share,
                                        price_mean, price_min, price_max)
      with latest as (
        select c.market, c.competitor, c.period,
               c.market_share::numeric as share, c.price::numeric as price
          from competitor c
         where c.campaign_key = :campaignKey
           and c.period_start = (select max(l.period_start)
                                   from competitor l
                                  where l.campaign_key = c.campaign_key
                                    and l.market = c.market)
      )
      select :campaignKey, :cycle, market, max(period), count(*),
             least(1, sum(share * share) / greatest(1, sum(share)) ^ 2),
             sum(share),
             (array_agg(competitor order by share desc, competitor))[1],
             max(share),
             coalesce(sum(share * price) / nullif(sum(share), 0), avg(price)),
             min(price), max(price)
        from latest
       group by market
      """;

  static final String COMPETITORS =
      """
      select count(distinct competitor)
        from competitor
       where campaign_key = :campaignKey
      """;

  static final String DELETE_TREND_POINTS =
      "delete from research_trend_point where campaign_key = :campaignKey and cycle = :cycle";

  /** Effective number of competitors: Adelman, M. A. (1969), Comment on the "H" concentration. */
  static final String INSERT_TREND_POINTS =
      """
      insert into research_trend_point (campaign_key, cycle, market, period, period_start,
                                        competitors, effective_competitors, leader_share,
                                        price_mean)
      with exact as (
        select market, period, period_start,
               market_share::numeric as share, price::numeric as price
          from competitor
         where campaign_key = :campaignKey
      )
      select :campaignKey, :cycle, market, period, period_start, count(*),
             greatest(1, sum(share)) ^ 2 / nullif(sum(share * share), 0),
             max(share),
             coalesce(sum(share * price) / nullif(sum(share), 0), avg(price))
        from exact
       group by market, period, period_start
      """;

  static final String DELETE_TREND =
      "delete from research_trend where campaign_key = :campaignKey and cycle = :cycle";

  /**
   * Medians of the slopes between all pairs of periods, time in years: Theil, H. (1950), Proc. KNAW
   * 53, 386; Sen, P. K. (1968), JASA 63, 1379. Of effective competitors and price the logarithm's.
   */
  static final String INSERT_TREND =
      """
      insert into research_trend (campaign_key, cycle, market, periods, growth, price_growth,
                                  leader_share_change)
      with slopes as (
        select a.market,
               (ln(b.effective_competitors) - ln(a.effective_competitors)) / y.years as growth,
               (ln(nullif(b.price_mean, 0)) - ln(nullif(a.price_mean, 0))) / y.years as price,
               (b.leader_share - a.leader_share) / y.years as leader
          from research_trend_point a
          join research_trend_point b
            on b.campaign_key = a.campaign_key
           and b.cycle = a.cycle
           and b.market = a.market
           and b.period_start > a.period_start
         cross join lateral (select (b.period_start - a.period_start) / 365.25::float8) as y (years)
         where a.campaign_key = :campaignKey
           and a.cycle = :cycle
      ), medians as (
        select market,
               percentile_cont(0.5) within group (order by growth) as growth,
               percentile_cont(0.5) within group (order by price) as price,
               percentile_cont(0.5) within group (order by leader) as leader
          from slopes
         group by market
      )
      select :campaignKey, :cycle, p.market, count(distinct p.period_start),
             exp(max(m.growth)) - 1, exp(max(m.price)) - 1, max(m.leader)
        from research_trend_point p
        left join medians m on m.market = p.market
       where p.campaign_key = :campaignKey
         and p.cycle = :cycle
       group by p.market
      """;

  static final String PERIODS =
      """
      select count(distinct period_start)
        from competitor
       where campaign_key = :campaignKey
      """;

  static final String DELETE_OPPORTUNITY =
      "delete from research_opportunity where campaign_key = :campaignKey and cycle = :cycle";

  /** The formula stands at {@link Opportunity}. */
  static final String INSERT_OPPORTUNITY =
      """
      insert into research_opportunity (campaign_key, cycle, market, rank, demand_share,
                                        concentration, growth, need_part, room_part, growth_part,
                                        payment_part, score, excluded, viable)
      with parts as (
        select d.market, d.need_share,
               coalesce(c.concentration, 0) as concentration,
               coalesce(t.growth, 0) as growth,
               case when d.needing > 0 then d.need_low else 0 end as need,
               1 - coalesce(c.concentration, 0) as room,
               greatest(0, least(1, 0.5 + coalesce(t.growth, 0))) as rising,
               case when d.willingness_to_pay is null then 0
                    when c.price_mean is null then 0.5
                    when d.willingness_to_pay + c.price_mean = 0 then 0.5
                    else d.willingness_to_pay / (d.willingness_to_pay + c.price_mean)
               end as payment,
               d.market = any (:excluded) as excluded
          from research_demand d
          left join research_competition c
            on c.campaign_key = d.campaign_key and c.cycle = d.cycle and c.market = d.market
          left join research_trend t
            on t.campaign_key = d.campaign_key and t.cycle = d.cycle and t.market = d.market
         where d.campaign_key = :campaignKey
           and d.cycle = :cycle
           and d.segment = ''
      ), scored as (
        select market, need_share, concentration, growth, need, room, rising, payment, excluded,
               not excluded and need > 0 as viable,
               :needWeight * need + :roomWeight * room + :growthWeight * rising
                 + :paymentWeight * payment as score
          from parts
      )
      select :campaignKey, :cycle, market,
             row_number() over (order by excluded, viable desc, score desc, market),
             need_share, concentration, growth, need, room, rising, payment, score, excluded, viable
        from scored
      """;
}
