package io.channelwise.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what a cycle's promotion recorded, as it lies there, for who checks a figure. */
@Repository
class PromotionTraceRepository {
  private static final String PROMOTION =
      """
      select json_build_object(
        'campaignKey', p.campaign_key, 'cycle', p.cycle, 'budget', p.budget, 'spent', p.spent,
        'dispatchedAt', p.dispatched_at,
        'materialRanking', (
          select json_build_object(
                   'source', m.source, 'modelName', m.model_name, 'modelVersion', m.model_version,
                   'rankedAt', m.ranked_at,
                   'ranks', (
                     select coalesce(json_agg(json_build_object(
                              'segment', r.segment, 'place', r.place, 'material', r.material,
                              'score', r.score, 'views', r.views, 'clicks', r.clicks,
                              'low', r.low, 'high', r.high)
                              order by r.segment, r.place, r.material), '[]')
                       from material_rank r
                      where r.campaign_key = m.campaign_key and r.cycle = m.cycle),
                   'order', (
                     select coalesce(json_agg(json_build_object(
                              'channel', o.channel, 'position', o.send_order,
                              'material', o.material, 'fit', o.fit)
                              order by o.channel, o.send_order), '[]')
                       from prepared_material o
                      where o.campaign_key = m.campaign_key and o.cycle = m.cycle
                        and o.send_order is not null))
            from material_ranking m
           where m.campaign_key = p.campaign_key and m.cycle = p.cycle),
        'allocations', (
          select coalesce(json_agg(json_build_object(
                   'version', a.version, 'budget', a.budget, 'objective', a.objective,
                   'dualityGap', a.duality_gap, 'proven', a.proven, 'createdAt', a.created_at)
                   order by a.version), '[]')
            from allocation a
           where a.campaign_key = p.campaign_key and a.cycle = p.cycle),
        'spends', (
          select coalesce(json_agg(json_build_object(
                   'step', s.step, 'channel', s.channel, 'amount', s.amount, 'spentAt', s.spent_at)
                   order by s.step, s.channel), '[]')
            from promotion_spend s
           where s.campaign_key = p.campaign_key and s.cycle = p.cycle),
        'dispatches', (
          select coalesce(json_agg(json_build_object(
                   'messageId', d.message_id, 'channel', d.channel, 'material', d.material,
                   'state', d.state, 'sentAt', d.sent_at, 'sentVia', d.sent_via,
                   'reason', d.reason)
                   order by d.channel, d.material), '[]')
            from promotion_dispatch d
           where d.campaign_key = p.campaign_key and d.cycle = p.cycle),
        'collections', (
          select coalesce(json_agg(json_build_object(
                   'step', c.step, 'clicks', c.clicks, 'conversions', c.conversions,
                   'revenue', c.revenue, 'spent', c.spent, 'collectedAt', c.collected_at)
                   order by c.step), '[]')
            from promotion_collection c
           where c.campaign_key = p.campaign_key and c.cycle = p.cycle),
        'shifts', (
          select coalesce(json_agg(json_build_object(
                   'step', f.step, 'channel', f.channel, 'allocation', f.version,
                   'amount', f.amount, 'planned', f.planned, 'spent', f.spent,
                   'clicks', f.clicks, 'conversions', f.conversions, 'best', f.best,
                   'rate', f.rate, 'rateLow', f.rate_low, 'rateHigh', f.rate_high,
                   'reason', json_build_object('en', f.reason_en, 'zh', f.reason_zh))
                   order by f.step, f.channel), '[]')
            from promotion_shift f
           where f.campaign_key = p.campaign_key and f.cycle = p.cycle))
        from promotion p
       where p.campaign_key = :campaignKey and p.cycle = :cycle
      """;

  private static final String ALLOCATION =
      """
      select json_build_object(
        'campaignKey', a.campaign_key, 'cycle', a.cycle, 'version', a.version,
        'budget', a.budget, 'objective', a.objective, 'dualityGap', a.duality_gap,
        'proven', a.proven, 'iterations', a.iterations, 'nodes', a.nodes,
        'fixedCosts', a.fixed_costs, 'unspent', a.unspent, 'excluded', a.excluded,
        'sentences', a.sentences, 'createdAt', a.created_at,
        'shares', (
          select coalesce(json_agg(json_build_object(
                   'channel', s.channel, 'chosen', s.chosen, 'share', s.share,
                   'amount', s.amount, 'fixedCost', s.fixed_cost, 'marginal', s.marginal,
                   'cautiousAmount', s.cautious_amount, 'cap', s.cap)
                   order by s.amount desc, s.channel), '[]')
            from allocation_share s
           where s.campaign_key = a.campaign_key and s.cycle = a.cycle
             and s.version = a.version),
        'binding', (
          select coalesce(json_agg(json_build_object(
                   'limit', b.limit_kind, 'channel', b.channel, 'money', b.money,
                   'shadowPrice', b.shadow_price, 'onePerCent', b.one_per_cent)
                   order by b.position), '[]')
            from allocation_binding b
           where b.campaign_key = a.campaign_key and b.cycle = a.cycle
             and b.version = a.version),
        'inputs', a.inputs)
        from allocation a
       where a.campaign_key = :campaignKey and a.cycle = :cycle and a.version = :version
      """;

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  PromotionTraceRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  Optional<JsonNode> promotion(String campaignKey, int cycle) {
    return jdbc.sql(PROMOTION)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(String.class)
        .optional()
        .map(this::read);
  }

  Optional<JsonNode> allocation(String campaignKey, int cycle, int version) {
    return jdbc.sql(ALLOCATION)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .param("version", version)
        .query(String.class)
        .optional()
        .map(this::read);
  }

  private JsonNode read(String content) {
    try {
      return json.readTree(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What a promotion recorded cannot be read from JSON.", e);
    }
  }
}
