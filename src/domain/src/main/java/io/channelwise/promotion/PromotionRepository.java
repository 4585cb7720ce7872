package io.channelwise.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.allocation.AllocationAnswer.Binding;
import io.channelwise.allocation.AllocationAnswer.Limit;
import io.channelwise.campaign.Text;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of materials, activities, the promotion of a cycle and its allocations. */
@Repository
class PromotionRepository {
  private static final String DELETE_MATERIALS =
      "delete from material where campaign_key = :campaignKey";

  private static final String INSERT_MATERIAL =
      """
      insert into material (campaign_key, line, material, kind, channel, title, body)
      values (:campaignKey, :line, :material, :kind, :channel, :title, :body)
      """;

  private static final String MATERIALS =
      """
      select material, kind, channel, title, body
        from material
       where campaign_key = :campaignKey
       order by line
      """;

  private static final String DELETE_ACTIVITIES =
      "delete from activity where campaign_key = :campaignKey";

  private static final String INSERT_ACTIVITY =
      """
      insert into activity (campaign_key, line, activity, material, channel, starts, ends, budget)
      values (:campaignKey, :line, :activity, :material, :channel, :starts, :ends, :budget)
      """;

  private static final String ACTIVITIES =
      """
      select activity, material, channel, starts, ends, budget
        from activity
       where campaign_key = :campaignKey
       order by line
      """;

  private static final String START =
      """
      insert into promotion (campaign_key, cycle) values (:campaignKey, :cycle)
      on conflict do nothing
      """;

  private static final String FIND =
      """
      select version, budget, spent, dispatched_at
        from promotion
       where campaign_key = :campaignKey and cycle = :cycle
      """;

  private static final String LOCK = FIND + " for update";

  private static final String DELETE_PREPARED =
      "delete from prepared_material where campaign_key = :campaignKey and cycle = :cycle";

  private static final String INSERT_PREPARED =
      """
      insert into prepared_material (campaign_key, cycle, channel, material, kind, title, body)
      values (:campaignKey, :cycle, :channel, :material, :kind, :title, :body)
      """;

  private static final String PREPARED =
      """
      select material, kind, channel, title, body
        from prepared_material
       where campaign_key = :campaignKey and cycle = :cycle
       order by channel, send_order, material
      """;

  private static final String INSERT_ALLOCATION =
      """
      insert into allocation
        (campaign_key, cycle, version, budget, objective, duality_gap, iterations, excluded,
         created_at, fixed_costs, unspent, proven, nodes, sentences, inputs)
      values
        (:campaignKey, :cycle, :version, :budget, :objective, :gap, :iterations,
         cast(:excluded as jsonb), :now, :fixedCosts, :unspent, :proven, :nodes,
         cast(:sentences as jsonb), cast(:inputs as jsonb))
      """;

  private static final String INPUTS =
      """
      select inputs
        from allocation
       where campaign_key = :campaignKey and cycle = :cycle and version = :version
         and inputs is not null
      """;

  private static final String INSERT_SHARE =
      """
      insert into allocation_share
        (campaign_key, cycle, version, channel, chosen, share, amount, fixed_cost, marginal,
         cautious_amount, cap)
      values
        (:campaignKey, :cycle, :version, :channel, :chosen, :share, :amount, :fixedCost,
         :marginal, :cautiousAmount, :cap)
      """;

  private static final String INSERT_BINDING =
      """
      insert into allocation_binding
        (campaign_key, cycle, version, position, limit_kind, channel, money, shadow_price,
         one_per_cent)
      values
        (:campaignKey, :cycle, :version, :position, :kind, :channel, :money, :shadowPrice,
         :onePerCent)
      """;

  private static final String BINDINGS =
      """
      select limit_kind, channel, money, shadow_price, one_per_cent
        from allocation_binding
       where campaign_key = :campaignKey and cycle = :cycle and version = :version
       order by position
      """;

  private static final String SET_BUDGET =
      """
      update promotion
         set version = :version, budget = :budget
       where campaign_key = :campaignKey and cycle = :cycle
      """;

  private static final String ALLOCATION =
      """
      select a.version, a.budget, a.objective, a.duality_gap, a.iterations, a.excluded,
             a.fixed_costs, a.unspent, a.proven, a.nodes, a.sentences
        from promotion p
        join allocation a
          on a.campaign_key = p.campaign_key and a.cycle = p.cycle and a.version = p.version
       where p.campaign_key = :campaignKey and p.cycle = :cycle
      """;

  private static final String SHARES =
      """
      select channel, chosen, share, amount, fixed_cost, marginal, cautious_amount, cap
        from allocation_share
       where campaign_key = :campaignKey and cycle = :cycle and version = :version
       order by amount desc, channel
      """;

  private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};
  private static final TypeReference<List<Text>> TEXTS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  PromotionRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * The promotion of a cycle; {@code version} 0 before the first allocation.
   *
   * @param budget what may be spent on channels, fixed costs not included
   */
  record Promotion(int version, BigDecimal budget, BigDecimal spent, Instant dispatchedAt) {}

  void deleteMaterials(String campaignKey) {
    jdbc.sql(DELETE_MATERIALS).param("campaignKey", campaignKey).update();
  }

  void insertMaterial(String campaignKey, long line, Material material) {
    material(jdbc.sql(INSERT_MATERIAL), campaignKey, material).param("line", line).update();
  }

  List<Material> materials(String campaignKey) {
    return jdbc.sql(MATERIALS).param("campaignKey", campaignKey).query(Material.class).list();
  }

  void deleteActivities(String campaignKey) {
    jdbc.sql(DELETE_ACTIVITIES).param("campaignKey", campaignKey).update();
  }

  void insertActivity(String campaignKey, long line, Activity activity) {
    jdbc.sql(INSERT_ACTIVITY)
        .param("campaignKey", campaignKey)
        .param("line", line)
        .param("activity", activity.activity())
        .param("material", activity.material())
        .param("channel", activity.channel())
        .param("starts", activity.starts())
        .param("ends", activity.ends())
        .param("budget", activity.budget())
        .update();
  }

  List<Activity> activities(String campaignKey) {
    return jdbc.sql(ACTIVITIES).param("campaignKey", campaignKey).query(Activity.class).list();
  }

  /** The cycle's promotion, created when absent, locked until the transaction ends. */
  Promotion startAndLock(String campaignKey, int cycle) {
    cycle(jdbc.sql(START), campaignKey, cycle).update();
    return promotion(LOCK, campaignKey, cycle).orElseThrow();
  }

  Optional<Promotion> find(String campaignKey, int cycle) {
    return promotion(FIND, campaignKey, cycle);
  }

  private Optional<Promotion> promotion(String sql, String campaignKey, int cycle) {
    return cycle(jdbc.sql(sql), campaignKey, cycle)
        .query(
            (rs, row) -> {
              OffsetDateTime dispatched = rs.getObject("dispatched_at", OffsetDateTime.class);
              return new Promotion(
                  rs.getInt("version"),
                  rs.getBigDecimal("budget"),
                  rs.getBigDecimal("spent"),
                  dispatched == null ? null : dispatched.toInstant());
            })
        .optional();
  }

  void replacePrepared(String campaignKey, int cycle, List<Material> materials) {
    cycle(jdbc.sql(DELETE_PREPARED), campaignKey, cycle).update();
    for (Material material : materials) {
      material(jdbc.sql(INSERT_PREPARED), campaignKey, material).param("cycle", cycle).update();
    }
  }

  /** Materials by channel, in the order in which it sends them; every one has a channel. */
  List<Material> prepared(String campaignKey, int cycle) {
    return cycle(jdbc.sql(PREPARED), campaignKey, cycle).query(Material.class).list();
  }

  /**
   * @param movable what may ever be spent on channels: the promotion's limit in the database
   */
  void saveAllocation(
      String campaignKey,
      int cycle,
      Allocation allocation,
      SharingInputs inputs,
      BigDecimal movable,
      Instant now) {
    cycle(jdbc.sql(INSERT_ALLOCATION), campaignKey, cycle)
        .param("version", allocation.version())
        .param("budget", allocation.budget())
        .param("objective", allocation.proof().objective())
        .param("gap", allocation.proof().dualityGap())
        .param("iterations", allocation.proof().iterations())
        .param("excluded", text(allocation.excluded()))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("fixedCosts", allocation.fixedCosts())
        .param("unspent", allocation.unspent())
        .param("proven", allocation.proof().proven())
        .param("nodes", allocation.proof().nodes())
        .param("sentences", text(allocation.sentences()))
        .param("inputs", text(inputs))
        .update();
    for (Allocation.Share share : allocation.shares()) {
      cycle(jdbc.sql(INSERT_SHARE), campaignKey, cycle)
          .param("version", allocation.version())
          .param("channel", share.channel())
          .param("chosen", share.chosen())
          .param("share", share.share())
          .param("amount", share.amount())
          .param("fixedCost", share.fixedCost())
          .param("marginal", share.marginal())
          .param("cautiousAmount", share.cautiousAmount())
          .param("cap", share.cap())
          .update();
    }
    saveBinding(campaignKey, cycle, allocation);
    cycle(jdbc.sql(SET_BUDGET), campaignKey, cycle)
        .param("version", allocation.version())
        .param("budget", movable)
        .update();
  }

  private void saveBinding(String campaignKey, int cycle, Allocation allocation) {
    int position = 0;
    for (Binding binding : allocation.binding()) {
      cycle(jdbc.sql(INSERT_BINDING), campaignKey, cycle)
          .param("version", allocation.version())
          .param("position", position++)
          .param("kind", binding.limit().name().toLowerCase(Locale.ROOT))
          .param("channel", binding.channel())
          .param("money", binding.money())
          .param("shadowPrice", binding.shadowPrice())
          .param("onePerCent", binding.onePerCent())
          .update();
    }
  }

  /** The newest allocation of the cycle. */
  Optional<Allocation> allocation(String campaignKey, int cycle) {
    return cycle(jdbc.sql(ALLOCATION), campaignKey, cycle)
        .query(
            (rs, row) ->
                new Allocation(
                    rs.getInt("version"),
                    rs.getBigDecimal("budget"),
                    new Allocation.Proof(
                        rs.getDouble("objective"),
                        rs.getDouble("duality_gap"),
                        rs.getBoolean("proven"),
                        rs.getInt("iterations"),
                        rs.getInt("nodes")),
                    rs.getBigDecimal("fixed_costs"),
                    rs.getBigDecimal("unspent"),
                    read(rs.getString("excluded"), STRINGS),
                    List.of(),
                    List.of(),
                    read(rs.getString("sentences"), TEXTS)))
        .optional()
        .map(
            a ->
                a.with(
                    shares(campaignKey, cycle, a.version()),
                    binding(campaignKey, cycle, a.version()),
                    a.sentences()));
  }

  /** What the sharing was computed from; empty for one of an earlier release. */
  Optional<SharingInputs> inputs(String campaignKey, int cycle, int version) {
    return cycle(jdbc.sql(INPUTS), campaignKey, cycle)
        .param("version", version)
        .query(String.class)
        .optional()
        .map(this::inputs);
  }

  private SharingInputs inputs(String value) {
    try {
      return json.readValue(value, SharingInputs.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What an allocation was computed from is not readable.", e);
    }
  }

  private List<Binding> binding(String campaignKey, int cycle, int version) {
    return cycle(jdbc.sql(BINDINGS), campaignKey, cycle)
        .param("version", version)
        .query(
            (rs, row) ->
                new Binding(
                    Limit.valueOf(rs.getString("limit_kind").toUpperCase(Locale.ROOT)),
                    rs.getString("channel"),
                    rs.getDouble("money"),
                    rs.getDouble("shadow_price"),
                    rs.getDouble("one_per_cent")))
        .list();
  }

  private List<Allocation.Share> shares(String campaignKey, int cycle, int version) {
    return cycle(jdbc.sql(SHARES), campaignKey, cycle)
        .param("version", version)
        .query(Allocation.Share.class)
        .list();
  }

  private static JdbcClient.StatementSpec cycle(
      JdbcClient.StatementSpec statement, String campaignKey, int cycle) {
    return statement.param("campaignKey", campaignKey).param("cycle", cycle);
  }

  private static JdbcClient.StatementSpec material(
      JdbcClient.StatementSpec statement, String campaignKey, Material material) {
    return statement
        .param("campaignKey", campaignKey)
        .param("material", material.material())
        .param("kind", material.kind())
        .param("channel", material.channel())
        .param("title", material.title())
        .param("body", material.body());
  }

  private String text(Object values) {
    try {
      return json.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What an allocation stores is always JSON.", e);
    }
  }

  private <T> List<T> read(String value, TypeReference<List<T>> type) {
    try {
      return json.readValue(value, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A list that an allocation stored is not JSON.", e);
    }
  }
}
