package io.channelwise.deal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DealRepository {
  private static final String FIND =
      """
      select d.deal_id, d.campaign_key, d.cycle, d.channel, d.state, d.round,
             o.revenue_share, o.fixed_fee, d.revenue_share_max, d.fixed_fee_max,
             d.agreed_share, d.agreed_fee, d.expected_revenue, d.exclusive, d.term_months,
             d.created_at, d.updated_at
        from deal d
        join deal_offer o on o.deal_id = d.deal_id and o.round = d.round
       where d.deal_id = :dealId
      """;

  private static final String LIST =
      """
      select d.deal_id, d.campaign_key, d.cycle, d.channel, d.state, d.round,
             o.revenue_share, o.fixed_fee, d.revenue_share_max, d.fixed_fee_max,
             d.agreed_share, d.agreed_fee, d.expected_revenue, d.exclusive, d.term_months,
             d.created_at, d.updated_at
        from deal d
        join deal_offer o on o.deal_id = d.deal_id and o.round = d.round
       where d.campaign_key = :campaignKey
         and d.cycle = :cycle
       order by d.channel, d.created_at, d.deal_id
       limit 10000
      """;

  private final JdbcClient jdbc;

  DealRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Deal> find(String dealId) {
    return jdbc.sql(FIND).param("dealId", dealId).query(DealRepository::deal).optional();
  }

  List<Deal> list(String campaignKey, int cycle) {
    return jdbc.sql(LIST)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(DealRepository::deal)
        .list();
  }

  private static Deal deal(ResultSet row, int number) throws SQLException {
    Terms offer = new Terms(row.getDouble("revenue_share"), row.getDouble("fixed_fee"));
    double agreedShare = row.getDouble("agreed_share");
    Terms agreed = row.wasNull() ? null : new Terms(agreedShare, row.getDouble("agreed_fee"));
    double expectedRevenue = row.getDouble("expected_revenue");
    return new Deal(
        row.getString("deal_id"),
        row.getString("campaign_key"),
        row.getInt("cycle"),
        row.getString("channel"),
        DealState.of(row.getString("state")),
        row.getInt("round"),
        offer,
        new Terms(row.getDouble("revenue_share_max"), row.getDouble("fixed_fee_max")),
        agreed,
        expectedRevenue,
        (agreed == null ? offer : agreed).cost(expectedRevenue),
        row.getBoolean("exclusive"),
        row.getInt("term_months"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }
}
