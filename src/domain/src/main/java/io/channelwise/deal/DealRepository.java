package io.channelwise.deal;

import io.channelwise.campaign.Text;
import io.channelwise.deal.NegotiationStrategy.Opening;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DealRepository {
  private static final String FIND =
      """
      select d.deal_id, d.campaign_key, d.cycle, d.channel, d.state, d.round, d.rounds_max,
             o.revenue_share, o.fixed_fee, d.revenue_share_max, d.fixed_fee_max,
             d.agreed_share, d.agreed_fee, d.expected_revenue,
             coalesce(d.gross_revenue, d.expected_revenue) as gross_revenue, d.exclusive,
             d.term_months, d.created_at, d.updated_at
        from deal d
        join deal_offer o on o.deal_id = d.deal_id and o.round = d.round
       where d.deal_id = :dealId
      """;

  private static final String LOCK =
      """
      select 1
        from deal
       where deal_id = :dealId
         for update
      """;

  private static final String LIST =
      """
      select d.deal_id, d.campaign_key, d.cycle, d.channel, d.state, d.round, d.rounds_max,
             o.revenue_share, o.fixed_fee, d.revenue_share_max, d.fixed_fee_max,
             d.agreed_share, d.agreed_fee, d.expected_revenue,
             coalesce(d.gross_revenue, d.expected_revenue) as gross_revenue, d.exclusive,
             d.term_months, d.created_at, d.updated_at
        from deal d
        join deal_offer o on o.deal_id = d.deal_id and o.round = d.round
       where d.campaign_key = :campaignKey
         and d.cycle = :cycle
       order by d.channel, d.created_at, d.deal_id
       limit 10000
      """;

  private static final String LIST_IDS_TO_WITHDRAW =
      """
      select deal_id
        from deal
       where campaign_key = :campaignKey
         and state not in ('withdrawn', 'lost')
       order by deal_id
       limit 100000
      """;

  private static final String LIST_IDS_WITHDRAWN =
      """
      select deal_id
        from deal
       where campaign_key = :campaignKey
         and state = 'withdrawn'
       order by deal_id
       limit 100000
      """;

  private static final String INSERT =
      """
      insert into deal (deal_id, campaign_key, cycle, channel, state, round, rounds_max,
                        revenue_share_open, fixed_fee_open, revenue_share_max, fixed_fee_max,
                        partner_walk_away, expected_revenue, gross_revenue, exclusive, term_months,
                        created_at, updated_at)
      values (:dealId, :campaignKey, :cycle, :channel, 'drafted', 1, :roundsMax, :shareOpen,
              :feeOpen, :shareMax, :feeMax, :walkAway, :expectedRevenue, :grossRevenue, false,
              :termMonths, :now, :now)
      on conflict (deal_id) do nothing
      """;

  private static final String INSERT_OFFER =
      """
      insert into deal_offer (deal_id, round, revenue_share, fixed_fee, reason_en, reason_zh,
                              created_at)
      values (:dealId, :round, :revenueShare, :fixedFee, :reasonEn, :reasonZh, :now)
      """;

  /** A deal drafted before walk-aways were estimated: what it opened with is the best guess. */
  private static final String OPENING =
      """
      select revenue_share_open, fixed_fee_open, revenue_share_max, fixed_fee_max,
             coalesce(partner_walk_away, revenue_share_open * expected_revenue + fixed_fee_open)
               as partner_walk_away
        from deal
       where deal_id = :dealId
      """;

  private static final String OFFERS =
      """
      select o.round, o.revenue_share, o.fixed_fee, o.created_at, o.reason_en, o.reason_zh,
             r.outcome,
             r.revenue_share as reply_share, r.fixed_fee as reply_fee
        from deal_offer o
        left join deal_reply r on r.deal_id = o.deal_id and r.round = o.round
       where o.deal_id = :dealId
       order by o.round
       limit 1000
      """;

  private static final String REASONS =
      """
      select d.deal_id, o.reason_en, o.reason_zh
        from deal d
        join deal_offer o on o.deal_id = d.deal_id and o.round = d.round
       where d.campaign_key = :campaignKey
         and d.cycle = :cycle
         and o.reason_en is not null
       order by d.deal_id
       limit 10000
      """;

  private static final String NEXT_ROUND =
      """
      update deal
         set round = :round, state = 'countered', updated_at = :now
       where deal_id = :dealId
         and round = :round - 1
      """;

  private static final String SET_STATE =
      """
      update deal
         set state = :state, updated_at = :now
       where deal_id = :dealId
      """;

  private static final String SIGN =
      """
      update deal
         set state = 'signed', agreed_share = :share, agreed_fee = :fee, updated_at = :now
       where deal_id = :dealId
      """;

  /**
   * A round: our offer, why, and the answer to it.
   *
   * @param reason null when none was kept
   * @param outcome null before there is an answer
   * @param asked null before there is an answer
   */
  record Round(
      int round, Terms offer, Text reason, Instant offeredAt, ReplyOutcome outcome, Terms asked) {}

  private final JdbcClient jdbc;

  DealRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Deal> find(String dealId) {
    return jdbc.sql(FIND).param("dealId", dealId).query(DealRepository::deal).optional();
  }

  /** The deal, locked until the transaction ends; read after the lock, so that it is current. */
  Optional<Deal> lock(String dealId) {
    return jdbc.sql(LOCK)
        .param("dealId", dealId)
        .query(Integer.class)
        .optional()
        .flatMap(found -> find(dealId));
  }

  List<Deal> list(String campaignKey, int cycle) {
    return jdbc.sql(LIST)
        .param("campaignKey", campaignKey)
        .param("cycle", cycle)
        .query(DealRepository::deal)
        .list();
  }

  List<String> idsToWithdraw(String campaignKey) {
    return jdbc.sql(LIST_IDS_TO_WITHDRAW)
        .param("campaignKey", campaignKey)
        .query(String.class)
        .list();
  }

  List<String> idsWithdrawn(String campaignKey) {
    return jdbc.sql(LIST_IDS_WITHDRAWN)
        .param("campaignKey", campaignKey)
        .query(String.class)
        .list();
  }

  /** Inserts the deal and its first offer; false when the deal is there already. */
  boolean insertIfNew(double partnerWalkAway, Text reason, Deal deal) {
    int inserted =
        jdbc.sql(INSERT)
            .param("dealId", deal.id())
            .param("campaignKey", deal.campaignKey())
            .param("cycle", deal.cycle())
            .param("channel", deal.channel())
            .param("roundsMax", deal.roundsMax())
            .param("shareOpen", deal.offer().revenueShare())
            .param("feeOpen", deal.offer().fixedFee())
            .param("shareMax", deal.limits().revenueShare())
            .param("feeMax", deal.limits().fixedFee())
            .param("walkAway", partnerWalkAway)
            .param("expectedRevenue", deal.expectedRevenue())
            .param("grossRevenue", deal.grossRevenue())
            .param("termMonths", deal.termMonths())
            .param("now", deal.createdAt().atOffset(ZoneOffset.UTC))
            .update();
    if (inserted == 0) {
      return false;
    }
    insertOffer(deal.id(), 1, deal.offer(), reason, deal.createdAt());
    return true;
  }

  private void insertOffer(String dealId, int round, Terms terms, Text reason, Instant now) {
    jdbc.sql(INSERT_OFFER)
        .param("dealId", dealId)
        .param("round", round)
        .param("revenueShare", terms.revenueShare())
        .param("fixedFee", terms.fixedFee())
        .param("reasonEn", reason.en())
        .param("reasonZh", reason.zh())
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
  }

  Opening opening(String dealId) {
    return jdbc.sql(OPENING)
        .param("dealId", dealId)
        .query(
            (row, n) ->
                new Opening(
                    terms(row, "revenue_share_open", "fixed_fee_open"),
                    terms(row, "revenue_share_max", "fixed_fee_max"),
                    row.getDouble("partner_walk_away")))
        .single();
  }

  List<Round> rounds(String dealId) {
    return jdbc.sql(OFFERS).param("dealId", dealId).query(DealRepository::round).list();
  }

  /** What the offer of a round answers; empty when it does not answer a counter-offer. */
  Optional<Movement> movement(String dealId, int round) {
    return rounds(dealId).stream()
        .filter(r -> r.round() == round - 1 && r.outcome() == ReplyOutcome.COUNTER)
        .map(r -> new Movement(r.offer(), r.asked()))
        .findFirst();
  }

  /** Why the offer on the table is what it is, by deal; deals without a reason are left out. */
  Map<String, Text> reasons(String campaignKey, int cycle) {
    Map<String, Text> reasons = new TreeMap<>();
    RowCallbackHandler keep = row -> reasons.put(row.getString("deal_id"), reason(row));
    jdbc.sql(REASONS).param("campaignKey", campaignKey).param("cycle", cycle).query(keep);
    return reasons;
  }

  /** Puts a new offer on the table. */
  void nextRound(String dealId, int round, Terms offer, Text reason, Instant now) {
    insertOffer(dealId, round, offer, reason, now);
    int updated =
        jdbc.sql(NEXT_ROUND)
            .param("dealId", dealId)
            .param("round", round)
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update();
    mustHitOne(updated, dealId, "in round " + (round - 1));
  }

  void setState(String dealId, DealState state, Instant now) {
    int updated =
        jdbc.sql(SET_STATE)
            .param("dealId", dealId)
            .param("state", state.text())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update();
    mustHitOne(updated, dealId, "there");
  }

  void sign(String dealId, Terms agreed, Instant now) {
    int updated =
        jdbc.sql(SIGN)
            .param("dealId", dealId)
            .param("share", agreed.revenueShare())
            .param("fee", agreed.fixedFee())
            .param("now", now.atOffset(ZoneOffset.UTC))
            .update();
    mustHitOne(updated, dealId, "there");
  }

  private static void mustHitOne(int updated, String dealId, String expected) {
    if (updated != 1) {
      throw new IllegalStateException(
          "Deal %s was not changed: %d rows hit, expected the deal to be %s."
              .formatted(dealId, updated, expected));
    }
  }

  private static Terms terms(ResultSet row, String share, String fee) throws SQLException {
    return new Terms(row.getDouble(share), row.getDouble(fee));
  }

  private static Round round(ResultSet row, int number) throws SQLException {
    String outcome = row.getString("outcome");
    return new Round(
        row.getInt("round"),
        terms(row, "revenue_share", "fixed_fee"),
        reason(row),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        outcome == null ? null : ReplyOutcome.of(outcome),
        outcome == null ? null : terms(row, "reply_share", "reply_fee"));
  }

  private static Text reason(ResultSet row) throws SQLException {
    String en = row.getString("reason_en");
    return en == null ? null : new Text(en, row.getString("reason_zh"));
  }

  private static Deal deal(ResultSet row, int number) throws SQLException {
    Terms offer = terms(row, "revenue_share", "fixed_fee");
    boolean signed = row.getObject("agreed_share") != null;
    Terms agreed = signed ? terms(row, "agreed_share", "agreed_fee") : null;
    double expectedRevenue = row.getDouble("expected_revenue");
    return new Deal(
        row.getString("deal_id"),
        row.getString("campaign_key"),
        row.getInt("cycle"),
        row.getString("channel"),
        DealState.of(row.getString("state")),
        row.getInt("round"),
        row.getInt("rounds_max"),
        offer,
        terms(row, "revenue_share_max", "fixed_fee_max"),
        agreed,
        expectedRevenue,
        row.getDouble("gross_revenue"),
        (signed ? agreed : offer).cost(expectedRevenue),
        row.getBoolean("exclusive"),
        row.getInt("term_months"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }
}
