package io.channelwise.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.springframework.stereotype.Repository;

@Repository
class PlanRepository {
  private static final String UPSERT_SEARCH =
      """
      insert into plan_search (campaign_key, cycle, target_market, seed, evaluations, inputs,
                               certificate, searched_at)
      values (:campaignKey, :cycle, :targetMarket, :seed, :evaluations, cast(:inputs as jsonb),
              cast(:certificate as jsonb), :searchedAt)
      on conflict (campaign_key, cycle) do update
        set target_market = excluded.target_market,
            seed = excluded.seed,
            evaluations = excluded.evaluations,
            inputs = excluded.inputs,
            certificate = excluded.certificate,
            searched_at = excluded.searched_at
      """;

  private static final String INPUTS =
      """
      select inputs
        from plan_search
       where campaign_key = :campaignKey
         and cycle = :cycle
      """;

  private static final String CERTIFICATE =
      """
      select certificate
        from plan_search
       where campaign_key = :campaignKey
         and cycle = :cycle
         and certificate is not null
      """;

  private static final String LATEST_CYCLE =
      """
      select max(cycle)
        from plan_search
       where campaign_key = :campaignKey
      having max(cycle) is not null
      """;

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
                        market_share, revenue, satisfaction, candidate, recommended, state)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'proposed')
      on conflict (plan_id) do nothing
      """;

  private static final String INSERT_CHANNEL =
      """
      insert into plan_channel (plan_id, channel)
      values (?, ?)
      on conflict (plan_id, channel) do nothing
      """;

  private static final String PUBLISHED =
      """
      select p.plan_id, p.campaign_key, p.cycle, p.name, p.pricing_model, p.price,
             p.service_level, p.market_share, p.revenue, p.satisfaction, p.recommended, p.state,
             array(select c.channel
                     from plan_channel c
                    where c.plan_id = p.plan_id
                    order by c.channel) as channels
        from plan p
       where p.campaign_key = :campaignKey
         and p.cycle = :cycle
         and p.state = 'published'
      """;

  private static final String FIND =
      """
      select p.plan_id, p.campaign_key, p.cycle, p.name, p.pricing_model, p.price,
             p.service_level, p.market_share, p.revenue, p.satisfaction, p.recommended, p.state,
             array(select c.channel
                     from plan_channel c
                    where c.plan_id = p.plan_id
                    order by c.channel) as channels
        from plan p
       where p.campaign_key = :campaignKey
         and p.cycle = :cycle
         and p.plan_id = cast(:planId as uuid)
      """;

  private static final String FRONT =
      """
      select p.plan_id, p.campaign_key, p.cycle, p.name, p.pricing_model, p.price,
             p.service_level, p.market_share, p.revenue, p.satisfaction, p.recommended, p.state,
             array(select c.channel
                     from plan_channel c
                    where c.plan_id = p.plan_id
                    order by c.channel) as channels
        from plan p
       where p.campaign_key = :campaignKey
         and p.cycle = :cycle
       order by p.candidate nulls last, p.market_share desc, p.plan_id
       limit 10000
      """;

  private static final String CANDIDATES =
      """
      select p.plan_id, p.campaign_key, p.cycle, p.name, p.pricing_model, p.price,
             p.service_level, p.market_share, p.revenue, p.satisfaction, p.recommended, p.state,
             array(select c.channel
                     from plan_channel c
                    where c.plan_id = p.plan_id
                    order by c.channel) as channels
        from plan p
       where p.campaign_key = :campaignKey
         and p.cycle = :cycle
         and p.candidate is not null
       order by p.candidate, p.plan_id
       limit 100
      """;

  /** A plan at least as good in all three aims and better in one; the highest revenue first. */
  private static final String BETTER =
      """
      select p.plan_id, p.campaign_key, p.cycle, p.name, p.pricing_model, p.price,
             p.service_level, p.market_share, p.revenue, p.satisfaction, p.recommended, p.state,
             array(select c.channel
                     from plan_channel c
                    where c.plan_id = p.plan_id
                    order by c.channel) as channels
        from plan p
       where p.campaign_key = :campaignKey
         and p.cycle = :cycle
         and p.market_share >= :marketShare
         and p.revenue >= :revenue
         and p.satisfaction >= :satisfaction
         and (p.market_share > :marketShare or p.revenue > :revenue
              or p.satisfaction > :satisfaction)
       order by p.revenue desc, p.plan_id
       limit 1
      """;

  private static final String LOCK_SEARCH =
      """
      select cycle
        from plan_search
       where campaign_key = :campaignKey
         and cycle = :cycle
         for update
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
  private final ObjectMapper json;

  PlanRepository(
      JdbcClient jdbc,
      @Qualifier("domainDataSource") DataSource dataSource,
      @Qualifier("domainJson") ObjectMapper json) {
    this.jdbc = jdbc;
    this.batches = new JdbcTemplate(dataSource);
    this.json = json;
  }

  void saveSearch(
      String campaignKey, int cycle, PlanInputs inputs, PlanCertificate certificate, Instant now) {
    jdbc.sql(UPSERT_SEARCH)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .param("targetMarket", inputs.targetMarket())
        .param("seed", certificate.seed())
        .param("evaluations", certificate.evaluations())
        .param("inputs", write(inputs))
        .param("certificate", write(certificate))
        .param("searchedAt", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  Optional<PlanInputs> inputs(String campaignKey, int cycle) {
    return jdbc.sql(INPUTS)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(String.class)
        .optional()
        .map(content -> read(content, PlanInputs.class));
  }

  Optional<PlanCertificate> certificate(String campaignKey, int cycle) {
    return jdbc.sql(CERTIFICATE)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(String.class)
        .optional()
        .map(content -> read(content, PlanCertificate.class));
  }

  /** The last cycle with a search. */
  Optional<Integer> latestCycle(String campaignKey) {
    return jdbc.sql(LATEST_CYCLE).param("campaignKey", campaignKey).query(Integer.class).optional();
  }

  /** The plans a person is shown, the recommended one first. */
  List<Plan> candidates(String campaignKey, int cycle) {
    return jdbc.sql(CANDIDATES)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(PlanRepository::plan)
        .list();
  }

  /** A plan of the cycle that dominates the figures. */
  Optional<Plan> better(String campaignKey, int cycle, PlanEvaluation than) {
    return jdbc.sql(BETTER)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .param("marketShare", than.marketShare())
        .param("revenue", than.revenue())
        .param("satisfaction", than.satisfaction())
        .query(PlanRepository::plan)
        .optional();
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
      Plan plan = front.get(i);
      UUID id = UUID.fromString(plan.id());
      plans.add(row(plan, id, i < candidates ? i + 1 : null));
      plan.channels().forEach(channel -> channels.add(new Object[] {id, channel}));
    }
    batches.batchUpdate(INSERT_PLAN, plans);
    batches.batchUpdate(INSERT_CHANNEL, channels);
  }

  private static Object[] row(Plan plan, UUID id, Integer candidate) {
    return new Object[] {
      id,
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
      plan.recommended()
    };
  }

  Optional<Plan> published(String campaignKey, int cycle) {
    return jdbc.sql(PUBLISHED)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(PlanRepository::plan)
        .optional();
  }

  Optional<Plan> find(String campaignKey, int cycle, String planId) {
    return jdbc.sql(FIND)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .param("planId", planId)
        .query(PlanRepository::plan)
        .optional();
  }

  List<Plan> front(String campaignKey, int cycle) {
    return jdbc.sql(FRONT)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(PlanRepository::plan)
        .list();
  }

  /** Makes writers of one cycle wait for each other. */
  void lock(String campaignKey, int cycle) {
    jdbc.sql(LOCK_SEARCH)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(Integer.class)
        .optional();
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
        row.getString("state").equals("published"));
  }

  private String write(Object content) {
    try {
      return json.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("What a plan search computes with is no JSON.", e);
    }
  }

  private <T> T read(String content, Class<T> type) {
    try {
      return json.readValue(content, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What is stored of a plan search cannot be read.", e);
    }
  }
}
