package io.channelwise.promotion;

import io.channelwise.campaign.Text;
import io.channelwise.steering.Arm;
import io.channelwise.steering.SteeringAnswer.Shift;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of what results moved between channels, and why. */
@Repository
class ShiftRepository {
  private static final String INSERT =
      """
      insert into promotion_shift
        (campaign_key, cycle, step, channel, version, amount, planned, spent, clicks, conversions,
         best, rate, rate_low, rate_high, reason_en, reason_zh)
      values
        (:campaignKey, :cycle, :step, :channel, :version, :amount, :planned, :spent, :clicks,
         :conversions, :best, :rate, :low, :high, :en, :zh)
      """;

  private static final String LATEST =
      """
      select step, version, channel, amount, planned, spent, clicks, conversions, best, rate,
             rate_low, rate_high, reason_en, reason_zh
        from promotion_shift
       where campaign_key = :campaignKey and cycle = :cycle
       order by step desc, channel
       limit 200
      """;

  private final JdbcClient jdbc;

  ShiftRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * What happened to a channel in a collection.
   *
   * @param version of the allocation steered from
   * @param spent before this release; {@code clicks}, {@code conversions} since the dispatch
   */
  record Recorded(
      int step, int version, BigDecimal spent, long clicks, long conversions, Shift shift) {}

  /** The collection of the step must be recorded before. */
  void insert(String campaignKey, int cycle, int step, int version, Arm arm, Shift shift) {
    jdbc.sql(INSERT)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .param("step", step)
        .param("channel", shift.channel())
        .param("version", version)
        .param("amount", shift.amount())
        .param("planned", shift.planned())
        .param("spent", arm.spent())
        .param("clicks", arm.clicks())
        .param("conversions", arm.conversions())
        .param("best", shift.best())
        .param("rate", shift.rate())
        .param("low", shift.low())
        .param("high", shift.high())
        .param("en", shift.reason().en())
        .param("zh", shift.reason().zh())
        .update();
  }

  /** The latest step first, by channel within a step. */
  List<Recorded> latest(String campaignKey, int cycle) {
    return jdbc.sql(LATEST)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(ShiftRepository::recorded)
        .list();
  }

  private static Recorded recorded(ResultSet rs, int row) throws SQLException {
    return new Recorded(
        rs.getInt("step"),
        rs.getInt("version"),
        rs.getBigDecimal("spent"),
        rs.getLong("clicks"),
        rs.getLong("conversions"),
        new Shift(
            rs.getString("channel"),
            rs.getBigDecimal("amount"),
            rs.getBigDecimal("planned"),
            rs.getDouble("best"),
            rs.getDouble("rate"),
            rs.getDouble("rate_low"),
            rs.getDouble("rate_high"),
            new Text(rs.getString("reason_en"), rs.getString("reason_zh"))));
  }
}
