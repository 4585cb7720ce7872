package io.channelwise.model;

import io.channelwise.model.SegmentProbabilities.Segment;
import io.channelwise.probability.PurchaseStudy;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of the purchase probability of segments. */
@Repository
class SegmentRepository {
  private static final String INSERT =
      """
      insert into model_segment
        (model_name, version, campaign_key, segment, users, probability, low, high, observed)
      values
        (:modelName, :version, :campaignKey, :segment, :users, :probability, :low, :high, :observed)
      on conflict (model_name, version, segment) do nothing
      """;

  /** A retired version was released, too. */
  private static final String NEWEST_RELEASED =
      """
      select v.version
        from model_version as v
       where v.model_name = :modelName
         and v.stage in ('live', 'retired')
         and exists (select 1
                       from model_segment as s
                      where s.model_name = v.model_name
                        and s.version = v.version
                        and s.campaign_key = :campaignKey)
       order by v.version desc
       limit 1
      """;

  private static final String LIST =
      """
      select segment, users, probability, low, high, observed
        from model_segment
       where model_name = :modelName and version = :version
       order by segment collate "C"
       limit 10000
      """;

  private final JdbcClient jdbc;

  SegmentRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(ModelVersion version, String campaignKey, List<PurchaseStudy.Segment> segments) {
    for (PurchaseStudy.Segment segment : segments) {
      jdbc.sql(INSERT)
          .param("modelName", version.modelName())
          .param("version", version.version())
          .param("campaignKey", campaignKey)
          .param("segment", segment.segment())
          .param("users", segment.rows())
          .param("probability", segment.probability())
          .param("low", segment.low())
          .param("high", segment.high())
          .param("observed", segment.observed())
          .update();
    }
  }

  Optional<SegmentProbabilities> newestReleased(String campaignKey, String modelName) {
    return jdbc.sql(NEWEST_RELEASED)
        .param("modelName", modelName)
        .param("campaignKey", campaignKey)
        .query(Integer.class)
        .optional()
        .map(version -> new SegmentProbabilities(modelName, version, list(modelName, version)));
  }

  private List<Segment> list(String modelName, int version) {
    return jdbc.sql(LIST)
        .param("modelName", modelName)
        .param("version", version)
        .query(Segment.class)
        .list();
  }
}
