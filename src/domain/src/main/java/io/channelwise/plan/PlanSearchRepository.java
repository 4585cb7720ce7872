package io.channelwise.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the search of a cycle computed with, and how good it was. */
@Repository
class PlanSearchRepository {
  private static final String UPSERT =
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

  private static final String LOCK =
      """
      select cycle
        from plan_search
       where campaign_key = :campaignKey
         and cycle = :cycle
         for update
      """;

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  PlanSearchRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  void save(
      String campaignKey, int cycle, PlanInputs inputs, PlanCertificate certificate, Instant now) {
    jdbc.sql(UPSERT)
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

  /** Makes writers of one cycle wait for each other. */
  void lock(String campaignKey, int cycle) {
    jdbc.sql(LOCK)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(Integer.class)
        .optional();
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
