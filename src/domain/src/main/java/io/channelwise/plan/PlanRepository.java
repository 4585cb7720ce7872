package io.channelwise.plan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.MappedQuerySpec;
import org.springframework.stereotype.Repository;

@Repository
class PlanRepository {
  private static final String DELETE_PROPOSED =
      """
      delete from plan
       where campaign_key = :campaignKey
         and cycle = :cycle
         and state = 'proposed'
      """;

  /** A plan that was published keeps what was promised. */
  private static final String INSERT_PLAN =
      """
      insert into plan (plan_id, campaign_key, cycle, name, pricing_model, price, service_level,
                        market_share, revenue, satisfaction, candidate, recommended, state,
                        made_by, made_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'proposed', ?, ?)
      on conflict (plan_id) do nothing
      """;

  private static final String INSERT_CHANNEL =
      """
      insert into plan_channel (plan_id, channel)
      values (?, ?)
      on conflict (plan_id, channel) do nothing
      """;

  /** One plan, those of one kind, or all; the candidates first, the recommended one ahead. */
  private static final String PLANS =
      """
      select p.plan_id, p.campaign_key, p.cycle, p.name, p.pricing_model, p.price,
             p.service_level, p.market_share, p.revenue, p.satisfaction, p.recommended, p.state,
             p.made_by,
             array(select c.channel
                     from plan_channel c
                    where c.plan_id = p.plan_id
                    order by c.channel) as channels
        from plan p
       where p.campaign_key = :campaignKey
         and p.cycle = :cycle
         and case :kind
               when 'id' then p.plan_id = cast(:planId as uuid)
               when 'published' then p.state = 'published'
               when 'candidate' then p.candidate is not null
               when 'found' then p.made_by is null
               when 'by-hand' then p.made_by is not null
             end
       order by p.candidate nulls last, p.market_share desc, p.plan_id
       limit 10000
      """;

  /** A plan at least as good in all three aims and better in one; the highest revenue first. */
  private static final String BETTER =
      """
      select plan_id
        from plan
       where campaign_key = :campaignKey
         and cycle = :cycle
         and market_share >= :marketShare
         and revenue >= :revenue
         and satisfaction >= :satisfaction
         and (market_share > :marketShare or revenue > :revenue or satisfaction > :satisfaction)
       order by revenue desc, plan_id
       limit 1
      """;

  private static final String UNPUBLISH_OTHERS =
      """
      update plan
         set state = 'proposed', published_at = null
       where campaign_key = :campaignKey
         and cycle = :cycle
         and state = 'published'
         and plan_id <> cast(:planId as uuid)
      """;

  private static final String PUBLISH =
      """
      update plan
         set state = 'published', published_at = :now
       where campaign_key = :campaignKey
         and cycle = :cycle
         and plan_id = cast(:planId as uuid)
         and state = 'proposed'
      """;

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  PlanRepository(JdbcClient jdbc, @Qualifier("domainDataSource") DataSource dataSource) {
    this.jdbc = jdbc;
    this.batches = new JdbcTemplate(dataSource);
  }

  /** The plans a person is shown, the recommended one first. */
  List<Plan> candidates(String campaignKey, int cycle) {
    return plans(campaignKey, cycle, "candidate", null).list();
  }

  /** All that the search found, the candidates first. */
  List<Plan> front(String campaignKey, int cycle) {
    return plans(campaignKey, cycle, "found", null).list();
  }

  /** Those that people made up, the largest market share first. */
  List<Plan> byHand(String campaignKey, int cycle) {
    return plans(campaignKey, cycle, "by-hand", null).list();
  }

  Optional<Plan> published(String campaignKey, int cycle) {
    return plans(campaignKey, cycle, "published", null).optional();
  }

  Optional<Plan> find(String campaignKey, int cycle, String planId) {
    return plans(campaignKey, cycle, "id", planId).optional();
  }

  private MappedQuerySpec<Plan> plans(String campaignKey, int cycle, String kind, String planId) {
    return jdbc.sql(PLANS)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .param("kind", kind)
        .param("planId", planId)
        .query(PlanRepository::plan);
  }

  /** A plan of the cycle that dominates the figures. */
  Optional<Plan> better(String campaignKey, int cycle, PlanEvaluation than) {
    return jdbc.sql(BETTER)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .param("marketShare", than.marketShare())
        .param("revenue", than.revenue())
        .param("satisfaction", than.satisfaction())
        .query(String.class)
        .optional()
        .flatMap(planId -> find(campaignKey, cycle, planId));
  }

  /**
   * Replaces the proposed plans of the cycle.
   *
   * @param front the candidates first
   * @param candidates how many of them a person is shown
   */
  void replaceFront(String campaignKey, int cycle, List<Plan> front, int candidates) {
    jdbc.sql(DELETE_PROPOSED).param("campaignKey", campaignKey).param("cycle", cycle).update();
    List<Object[]> plans = new ArrayList<>();
    List<Object[]> channels = new ArrayList<>();
    for (int i = 0; i < front.size(); i++) {
      plans.add(row(front.get(i), i < candidates ? i + 1 : null, null));
      channels.addAll(channels(front.get(i)));
    }
    batches.batchUpdate(INSERT_PLAN, plans);
    batches.batchUpdate(INSERT_CHANNEL, channels);
  }

  /** Adds a plan that a person made up; nothing when there is one with this id. */
  void add(Plan plan, Instant now) {
    batches.update(INSERT_PLAN, row(plan, null, now));
    batches.batchUpdate(INSERT_CHANNEL, channels(plan));
  }

  private static List<Object[]> channels(Plan plan) {
    UUID id = UUID.fromString(plan.id());
    return plan.channels().stream().map(channel -> new Object[] {id, channel}).toList();
  }

  private static Object[] row(Plan plan, Integer candidate, Instant madeAt) {
    return new Object[] {
      UUID.fromString(plan.id()),
      plan.campaignKey(),
      plan.cycle(),
      plan.name(),
      plan.pricingModel().code(),
      plan.price(),
      plan.serviceLevel(),
      plan.marketShare(),
      plan.revenue(),
      plan.satisfaction(),
      candidate,
      plan.recommended(),
      plan.madeBy(),
      madeAt == null ? null : madeAt.atOffset(ZoneOffset.UTC)
    };
  }

  void publish(String campaignKey, int cycle, String planId, Instant now) {
    jdbc.sql(UNPUBLISH_OTHERS)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .param("planId", planId)
        .update();
    jdbc.sql(PUBLISH)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .param("planId", planId)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  private static Plan plan(ResultSet row, int index) throws SQLException {
    return new Plan(
        row.getString("plan_id"),
        row.getString("campaign_key"),
        row.getInt("cycle"),
        row.getString("name"),
        PricingModel.of(row.getString("pricing_model")),
        row.getDouble("price"),
        row.getDouble("service_level"),
        Arrays.asList((String[]) row.getArray("channels").getArray()),
        row.getDouble("market_share"),
        row.getDouble("revenue"),
        row.getDouble("satisfaction"),
        row.getBoolean("recommended"),
        row.getString("state").equals("published"),
        row.getString("made_by"));
  }
}
