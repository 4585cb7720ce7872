package io.channelwise.plan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class PlanRepository {
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

  private final JdbcClient jdbc;

  PlanRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Plan> published(String campaignKey, int cycle) {
    return jdbc.sql(PUBLISHED)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(PlanRepository::plan)
        .optional();
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
}
