package io.channelwise.deal;

import io.channelwise.campaign.Row;
import io.channelwise.deal.NegotiationStrategy.Agreement;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class HistoryRepository {
  private static final int TERM_MONTHS_DEFAULT = 12;

  private static final String DELETE_ALL =
      """
      delete from negotiation_history
       where campaign_key = :campaignKey
      """;

  private static final String INSERT =
      """
      insert into negotiation_history (campaign_key, channel, round, revenue_share, fixed_fee,
                                       exclusive, term_months, outcome)
      values (:campaignKey, :channel, :round, :revenueShare, :fixedFee, :exclusive, :termMonths,
              :outcome)
      """;

  /** What was agreed before this cycle: brought as history, or signed by us. */
  private static final String AGREEMENTS =
      """
      select channel, revenue_share, fixed_fee
        from negotiation_history
       where campaign_key = :campaignKey
         and outcome = 'accept'
      union all
      select channel, agreed_share, agreed_fee
        from deal
       where campaign_key = :campaignKey
         and cycle < :cycle
         and state = 'signed'
       order by channel, revenue_share, fixed_fee
       limit 100000
      """;

  private static final String TERM_MONTHS =
      """
      select coalesce(
               cast(percentile_disc(0.5) within group (order by term_months) as integer), 12)
        from negotiation_history
       where campaign_key = :campaignKey
         and outcome = 'accept'
      """;

  private final JdbcClient jdbc;

  HistoryRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void deleteAll(String campaignKey) {
    jdbc.sql(DELETE_ALL).param("campaignKey", campaignKey).update();
  }

  void insert(String campaignKey, Row row) {
    Long termMonths = row.integer("term_months");
    jdbc.sql(INSERT)
        .param("campaignKey", campaignKey)
        .param("channel", row.text("channel"))
        .param("round", row.integer("round"))
        .param("revenueShare", row.number("revenue_share"))
        .param("fixedFee", row.number("fixed_fee") == null ? 0 : row.number("fixed_fee"))
        .param("exclusive", Boolean.TRUE.equals(row.bool("exclusive")))
        .param("termMonths", termMonths == null ? TERM_MONTHS_DEFAULT : termMonths)
        .param("outcome", row.text("outcome"))
        .update();
  }

  List<Agreement> agreements(String campaignKey, int cycle) {
    return jdbc.sql(AGREEMENTS)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(
            (row, number) ->
                new Agreement(
                    row.getString("channel"),
                    new Terms(row.getDouble("revenue_share"), row.getDouble("fixed_fee"))))
        .list();
  }

  /** Median term of past agreements; a year without any. */
  int termMonths(String campaignKey) {
    return jdbc.sql(TERM_MONTHS).param("campaignKey", campaignKey).query(Integer.class).single();
  }
}
