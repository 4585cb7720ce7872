package io.channelwise.promotion;

import io.channelwise.promotion.RankedMaterials.Rank;
import io.channelwise.promotion.RankedMaterials.Source;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of the ranking of a cycle's materials and of the order that follows from it. */
@Repository
class MaterialRankRepository {
  private static final String DELETE =
      "delete from material_ranking where campaign_key = :campaignKey and cycle = :cycle";

  private static final String INSERT =
      """
      insert into material_ranking
        (campaign_key, cycle, source, model_name, model_version, ranked_at)
      values (:campaignKey, :cycle, :source, :modelName, :modelVersion, :now)
      """;

  private static final String INSERT_RANK =
      """
      insert into material_rank
        (campaign_key, cycle, segment, material, place, score, views, clicks, low, high)
      values
        (:campaignKey, :cycle, :segment, :material, :place, :score, :views, :clicks, :low, :high)
      """;

  private static final String FIND =
      """
      select source, model_name, model_version
        from material_ranking
       where campaign_key = :campaignKey and cycle = :cycle
      """;

  private static final String RANKS =
      """
      select segment, place, material, score, views, clicks, low, high
        from material_rank
       where campaign_key = :campaignKey and cycle = :cycle
       order by segment collate "C", place, material collate "C"
       limit 100000
      """;

  private static final String SET_ORDER =
      """
      update prepared_material
         set send_order = :position, fit = :fit
       where campaign_key = :campaignKey and cycle = :cycle
         and channel = :channel and material = :material
      """;

  private static final String ORDER =
      """
      select channel, send_order as position, material, fit
        from prepared_material
       where campaign_key = :campaignKey and cycle = :cycle and send_order is not null
       order by channel collate "C", send_order
      """;

  private final JdbcClient jdbc;

  MaterialRankRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Forgets the ranking of materials that were replaced. */
  void delete(String campaignKey, int cycle) {
    cycle(DELETE, campaignKey, cycle).update();
  }

  /** The promotion's row must be locked, and the cycle not be ranked yet. */
  void save(
      String campaignKey,
      int cycle,
      RankedMaterials ranking,
      List<MaterialOrder.Placed> order,
      Instant now) {
    cycle(INSERT, campaignKey, cycle)
        .param("source", ranking.source().text())
        .param("modelName", ranking.modelName())
        .param("modelVersion", ranking.modelVersion())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
    for (Rank rank : ranking.ranks()) {
      cycle(INSERT_RANK, campaignKey, cycle)
          .param("segment", rank.segment())
          .param("material", rank.material())
          .param("place", rank.place())
          .param("score", rank.score())
          .param("views", rank.views())
          .param("clicks", rank.clicks())
          .param("low", rank.low())
          .param("high", rank.high())
          .update();
    }
    for (MaterialOrder.Placed placed : order) {
      cycle(SET_ORDER, campaignKey, cycle)
          .param("channel", placed.channel())
          .param("material", placed.material())
          .param("position", placed.position())
          .param("fit", placed.fit())
          .update();
    }
  }

  Optional<RankedMaterials> find(String campaignKey, int cycle) {
    return cycle(FIND, campaignKey, cycle)
        .query(Header.class)
        .optional()
        .map(
            header ->
                new RankedMaterials(
                    Source.of(header.source()),
                    header.modelName(),
                    header.modelVersion(),
                    cycle(RANKS, campaignKey, cycle).query(Rank.class).list()));
  }

  private record Header(String source, String modelName, Integer modelVersion) {}

  /** By channel, then position; empty when the materials stand unranked. */
  List<MaterialOrder.Placed> order(String campaignKey, int cycle) {
    return cycle(ORDER, campaignKey, cycle).query(MaterialOrder.Placed.class).list();
  }

  private JdbcClient.StatementSpec cycle(String sql, String campaignKey, int cycle) {
    return jdbc.sql(sql).param("campaignKey", campaignKey).param("cycle", cycle);
  }
}
