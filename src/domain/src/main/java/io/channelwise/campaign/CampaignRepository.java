package io.channelwise.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class CampaignRepository {
  private static final String INSERT_IF_NEW =
      """
      insert into campaign (campaign_key, name, company, product, description, locale,
                            promotion_budget, currency, settings, created_at)
      values (:key, :name, :company, :product, :description, :locale,
              :promotionBudget, :currency, cast(:settings as jsonb), :createdAt)
      on conflict (campaign_key) do nothing
      """;

  private static final String FIND =
      """
      select campaign_key, name, company, product, description, locale,
             promotion_budget, currency, settings, created_at
        from campaign
       where campaign_key = :key
      """;

  private static final String LIST =
      """
      select campaign_key, name, company, product, description, locale,
             promotion_budget, currency, settings, created_at
        from campaign
       order by created_at desc, campaign_key
       limit :limit
      """;

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  CampaignRepository(JdbcClient jdbc, @Qualifier("domainJson") ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** False when the key is taken. */
  boolean insertIfNew(Campaign campaign) {
    return jdbc.sql(INSERT_IF_NEW)
            .param("key", campaign.key())
            .param("name", campaign.name())
            .param("company", campaign.company())
            .param("product", campaign.product())
            .param("description", campaign.description())
            .param("locale", campaign.locale())
            .param("promotionBudget", campaign.promotionBudget())
            .param("currency", campaign.currency())
            .param("settings", write(campaign))
            .param("createdAt", campaign.createdAt().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  Optional<Campaign> find(String key) {
    return jdbc.sql(FIND).param("key", key).query(this::campaign).optional();
  }

  List<Campaign> list(int limit) {
    return jdbc.sql(LIST).param("limit", limit).query(this::campaign).list();
  }

  private String write(Campaign campaign) {
    try {
      return json.writeValueAsString(campaign.settings());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Settings of campaign %s cannot be written as JSON.".formatted(campaign.key()), e);
    }
  }

  private Campaign campaign(ResultSet row, int index) throws SQLException {
    String key = row.getString("campaign_key");
    return new Campaign(
        key,
        row.getString("name"),
        row.getString("company"),
        row.getString("product"),
        row.getString("description"),
        row.getString("locale"),
        row.getDouble("promotion_budget"),
        row.getString("currency"),
        settings(key, row.getString("settings")),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private CampaignSettings settings(String key, String content) {
    try {
      return json.readValue(content, CampaignSettings.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Settings of campaign %s cannot be read from JSON.".formatted(key), e);
    }
  }
}
