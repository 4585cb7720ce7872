package io.channelwise.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.support.TestDomain;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

class PromotionServiceTest {
  private static TestDomain domain;
  private static PromotionService promotions;
  private static DispatchService dispatches;
  private static CollectionService collections;

  @BeforeAll
  static void start() {
    domain = new TestDomain();
    promotions = domain.bean(PromotionService.class);
    dispatches = domain.bean(DispatchService.class);
    collections = domain.bean(CollectionService.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  /** Three channels, two with a signed deal, three materials. */
  private static String campaign() {
    String key = "p" + UUID.randomUUID().toString().substring(0, 8);
    domain.campaign(key, "en");
    domain.load(
        "channels",
        key,
        List.of(channel("alpha", 600), channel("beta", 400), channel("gamma", 9000)));
    domain.load(
        "materials",
        key,
        List.of(
            material("paper", "alpha", "All about it"),
            material("case", "beta", "A customer"),
            material("post", null, "For everyone")));
    domain.load(
        "activities",
        key,
        List.of(Map.of("activity", "tour", "material", "case", "channel", "alpha", "budget", 0.0)));
    sign(key, "alpha");
    sign(key, "beta");
    return key;
  }

  private static Map<String, Object> channel(String name, double reach) {
    return Map.of(
        "channel",
        name,
        "market",
        "retail",
        "kind",
        "partner",
        "reach",
        reach,
        "fixed_cost",
        0.0,
        "revenue_share",
        0.1,
        "contact",
        "mailto:%s@example.com".formatted(name));
  }

  private static Map<String, Object> material(String name, String channel, String title) {
    Map<String, Object> row = new HashMap<>();
    row.put("material", name);
    row.put("kind", "post");
    row.put("channel", channel);
    row.put("title", title);
    row.put("body", title + ", in full.");
    return row;
  }

  static void sign(String key, String channel) {
    JdbcClient jdbc = domain.bean(JdbcClient.class);
    String id = UUID.randomUUID().toString();
    jdbc.sql(
            """
            insert into deal
              (deal_id, campaign_key, cycle, channel, state, round, revenue_share_open,
               fixed_fee_open, revenue_share_max, fixed_fee_max, agreed_share, agreed_fee,
               expected_revenue, exclusive, term_months, created_at, updated_at)
            values (?, ?, 1, ?, 'signed', 1, 0.1, 0, 0.2, 0, 0.1, 0, 100, false, 12, now(), now())
            """)
        .params(id, key, channel)
        .update();
    jdbc.sql("insert into deal_offer values (?, 1, 0.1, 0, now())").params(id).update();
  }

  private static void clicks(String key, String channel, String segment, int count, String type) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Object> row = new HashMap<>();
      row.put("event_id", UUID.randomUUID().toString());
      row.put("user", "u" + i);
      row.put("segment", segment);
      row.put("channel", channel);
      row.put("type", type);
      row.put("occurred_at", domain.now());
      row.put("revenue", type.equals("purchase") ? 10.0 : 0.0);
      row.put("cost", 0.0);
      rows.add(row);
    }
    domain.load("events", key, rows);
  }

  private static void send(String key) {
    for (DispatchService.Planned planned : dispatches.plan(key, 1)) {
      PromotionMessage message = planned.message();
      dispatches
          .claim(message.id())
          .ifPresent(claim -> dispatches.sent(key, 1, message, claim, "outbox"));
    }
  }

  private static List<String> prepared(String briefingId) {
    return domain
        .bean(BriefingService.class)
        .find(briefingId)
        .orElseThrow()
        .tables()
        .get(0)
        .rows()
        .stream()
        .map(row -> row.get(0) + "@" + row.get(1))
        .toList();
  }

  @Test
  void shouldPrepareWhatFitsEachSignedChannel() {
    String key = campaign();

    Prepared prepared = promotions.prepare(key, 1, null);
    assertThat(prepared(prepared.briefingId()))
        .containsExactly("case@alpha", "paper@alpha", "case@beta");
    assertThat(promotions.prepare(key, 1, null)).isEqualTo(prepared);

    // Rejected: alpha falls back to what is for any channel, then to the announcement.
    assertThat(prepared(promotions.prepare(key, 1, List.of("Case", "paper")).briefingId()))
        .containsExactly("post@alpha", "post@beta");
    assertThat(prepared(promotions.prepare(key, 1, List.of("case", "paper", "post")).briefingId()))
        .containsExactly("announcement@alpha", "announcement@beta");
    assertThat(
            promotions
                .prepare(key, 1, List.of("case", "paper", "post", "announcement"))
                .materials())
        .isZero();
    assertThatThrownBy(() -> promotions.allocate(key, 1, 100, null))
        .isInstanceOf(PromotionException.class)
        .hasMessageContaining("no channel with a signed deal and a material is left");
  }

  @Test
  void shouldShareByReach_beforeAnyClick() {
    String key = campaign();
    promotions.prepare(key, 1, null);

    Allocated allocated = promotions.allocate(key, 1, 1000.009, null);

    // Reach 600 : 400; gamma has no deal.
    assertThat(allocated).isEqualTo(new Allocated(1, 1000, 0.6, 2, key + "/1/promotion-budget"));
    assertThat(promotions.allocate(key, 1, 1000.009, List.of())).isEqualTo(allocated);
    Briefing briefing =
        domain.bean(BriefingService.class).find(allocated.briefingId()).orElseThrow();
    assertThat(briefing.tables().get(0).rows())
        .extracting(row -> row.get(0), row -> row.get(2))
        .containsExactly(tuple("alpha", 600.0), tuple("beta", 400.0));
    assertThat(briefing.figures()).extracting(Briefing.Figure::id).contains("duality-gap");
  }

  @Test
  void shouldShareByAttraction_andMakeANewVersionForOtherTerms() {
    String key = campaign();
    // Clicks small : large as 1 : 1; smoothed R with K = 3 and α = ½ over n(U) + 1.5 = 101.5.
    clicks(key, "alpha", "small", 80, "click");
    clicks(key, "beta", "small", 20, "click");
    clicks(key, "alpha", "large", 30, "click");
    clicks(key, "beta", "large", 70, "click");
    promotions.prepare(key, 1, null);

    Allocated first = promotions.allocate(key, 1, 1000, null);

    // ½ ln(20.5 + 60 b) + ½ ln(70.5 − 40 b): 30 (70.5 − 40 b) = 20 (20.5 + 60 b),
    // b = 1705 / 2400.
    assertThat(first.largestShare()).isEqualTo(1705.0 / 2400, within(1e-5));
    assertThat(first.allocatedBudget()).isEqualTo(1000);

    Allocated second = promotions.allocate(key, 1, 1000, List.of("alpha"));
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.allocatedChannels()).isEqualTo(1);
    assertThat(second.largestShare()).isEqualTo(1);
    assertThatThrownBy(() -> promotions.allocate(key, 1, -5, null))
        .hasMessageContaining("The budget is -5.0; an amount above 0");
  }

  private static List<String> reasons(Briefing briefing) {
    return briefing.tables().stream()
        .filter(table -> table.title().en().equals("Why"))
        .flatMap(table -> table.rows().stream())
        .map(row -> row.get(0).toString())
        .toList();
  }

  private static Object figure(Briefing briefing, String id) {
    return briefing.figures().stream()
        .filter(f -> f.id().equals(id))
        .map(Briefing.Figure::value)
        .findFirst()
        .orElse(null);
  }

  @Test
  void shouldKeepToThePlan_andSayWhatTheLimitCosts() {
    String key = campaign();
    domain.load(
        "activities",
        key,
        List.of(
            Map.of("activity", "a", "material", "case", "channel", "alpha", "budget", 200.0),
            Map.of("activity", "b", "material", "paper", "channel", "alpha", "budget", 100.0)));
    promotions.prepare(key, 1, null);

    Allocated allocated = promotions.allocate(key, 1, 1000, null);

    // Planned 300 in all, so at most 450; reach alone would give alpha 600.
    assertThat(allocated.largestShare()).isEqualTo(0.55);
    Briefing briefing =
        domain.bean(BriefingService.class).find(allocated.briefingId()).orElseThrow();
    assertThat(figure(briefing, "proven")).isEqualTo(true);
    assertThat(briefing.tables().get(0).rows())
        .extracting(row -> row.get(0), row -> row.get(2))
        .containsExactly(tuple("beta", 550.0), tuple("alpha", 450.0));
    assertThat(reasons(briefing))
        .anyMatch(r -> r.contains("Spending on alpha stays at 450.00 CNY because its cap binds"))
        .anyMatch(r -> r.contains("alpha 的支出停在 450.00 CNY，因为已达上限"));
    assertThat(briefing.tables().get(2).rows())
        .extracting(row -> row.get(1))
        .containsExactly(null, "alpha");
    // The report says the same.
    Briefing section = domain.bean(PromotionReport.class).section(key, 1).orElseThrow();
    assertThat(reasons(section)).hasSameSizeAs(reasons(briefing));
    assertThat(promotions.allocate(key, 1, 1000, null).version()).isEqualTo(1);
  }

  @Test
  void shouldShareOutTheWholeBudget_whateverFeesAreSignedAndSoOwed() {
    String key = campaign();
    String free = campaign();
    for (String each : List.of(key, free)) {
      clicks(each, "alpha", "small", 70, "click");
      clicks(each, "beta", "small", 30, "click");
      promotions.prepare(each, 1, null);
    }
    domain
        .bean(JdbcClient.class)
        .sql(
            "update deal set agreed_fee = case channel when 'alpha' then 100 else 3000 end"
                + " where campaign_key = ?")
        .param(key)
        .update();

    Allocated allocated = promotions.allocate(key, 1, 1000, null);

    Allocated without = promotions.allocate(free, 1, 1000, null);
    assertThat(allocated.allocatedBudget()).isEqualTo(1000);
    assertThat(allocated.allocatedChannels()).isEqualTo(without.allocatedChannels());
    assertThat(allocated.largestShare()).isEqualTo(without.largestShare());
    Briefing briefing =
        domain.bean(BriefingService.class).find(allocated.briefingId()).orElseThrow();
    assertThat(figure(briefing, "signed-fees")).isEqualTo(3100.0);
    // The database holds releases within the budget.
    SpendRepository spends = domain.bean(SpendRepository.class);
    assertThatThrownBy(
            () -> spends.spend(key, 1, "alpha", 5, new BigDecimal("1000.01"), domain.now()))
        .hasMessageContaining("promotion_never_over_budget");
  }

  @Test
  void shouldSpendOnce_whenTwoSendAtOnce() throws Exception {
    String key = campaign();
    promotions.prepare(key, 1, null);
    promotions.allocate(key, 1, 1000, null);
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      Callable<Integer> worker =
          () -> {
            int sent = 0;
            for (DispatchService.Planned planned : dispatches.plan(key, 1)) {
              var claim = dispatches.claim(planned.message().id());
              if (claim.isPresent()) {
                dispatches.sent(key, 1, planned.message(), claim.get(), "outbox");
                sent++;
              }
            }
            return sent;
          };
      int sent = 0;
      for (Future<Integer> result :
          pool.invokeAll(
              List.of(worker, worker, worker, worker, worker, worker), 60, TimeUnit.SECONDS)) {
        sent += result.get();
      }
      assertThat(sent).isEqualTo(3);
    } finally {
      pool.shutdownNow();
    }
    // Half of 600 and of 400, though alpha got two materials.
    assertThat(dispatches.totals(key, 1))
        .isEqualTo(new DispatchService.Totals(3, new BigDecimal("500.00")));
  }

  @Test
  void shouldTakeAMessageOver_whenItsSenderDied() {
    String key = campaign();
    promotions.prepare(key, 1, null);
    promotions.allocate(key, 1, 1000, null);
    PromotionMessage message = dispatches.plan(key, 1).get(0).message();
    UUID dead = dispatches.claim(message.id()).orElseThrow();

    assertThat(dispatches.claim(message.id())).isEmpty();
    domain.advance(DispatchService.CLAIM_DURATION.plusSeconds(1));
    UUID second = dispatches.claim(message.id()).orElseThrow();
    dispatches.sent(key, 1, message, dead, "outbox");
    assertThat(dispatches.totals(key, 1).dispatched()).isZero();
    dispatches.sent(key, 1, message, second, "outbox");
    dispatches.sent(key, 1, message, second, "outbox");

    assertThat(dispatches.totals(key, 1).dispatched()).isEqualTo(1);
    assertThat(dispatches.totals(key, 1).spent()).isEqualByComparingTo(message.released());
  }

  @Test
  void shouldLeaveARejectedChannelOut_andKeepWhatWasSpent() {
    String key = campaign();
    promotions.prepare(key, 1, null);
    promotions.allocate(key, 1, 1000, null);
    for (DispatchService.Planned planned : dispatches.plan(key, 1)) {
      UUID claim = dispatches.claim(planned.message().id()).orElseThrow();
      if (planned.message().channel().equals("beta")) {
        dispatches.rejected(planned.message().id(), claim, "no such mailbox");
      } else {
        dispatches.sent(key, 1, planned.message(), claim, "smtp");
      }
    }
    assertThat(dispatches.plan(key, 1))
        .filteredOn(p -> p.state() == DispatchService.State.REJECTED)
        .singleElement()
        .satisfies(p -> assertThat(p.reason()).isEqualTo("no such mailbox"));

    Allocated again = promotions.allocate(key, 1, 1000, List.of("beta"));
    assertThat(again.allocatedBudget()).isEqualTo(1000);
    assertThat(dispatches.plan(key, 1))
        .allMatch(p -> p.state() == DispatchService.State.SENT)
        .hasSize(2);
    assertThat(dispatches.totals(key, 1).spent()).isEqualByComparingTo("300.00");
    // Taken in again by a person, its message is tried again.
    promotions.allocate(key, 1, 1000, null);
    assertThat(dispatches.plan(key, 1))
        .filteredOn(p -> p.message().channel().equals("beta"))
        .allMatch(p -> p.state() == DispatchService.State.PENDING);
    assertThatThrownBy(() -> promotions.allocate(key, 1, 299, null))
        .hasMessageContaining("cannot be 299.00: 300.00 are spent already");
  }

  @Test
  void shouldCollectOnceARequest_andSteerTheRest() {
    String key = campaign();
    promotions.prepare(key, 1, null);
    promotions.allocate(key, 1, 1000, null);
    clicks(key, "alpha", "small", 7, "click");
    domain.advance(Duration.ofMinutes(1));
    send(key);
    domain.advance(Duration.ofDays(3).plusHours(12));
    clicks(key, "alpha", "small", 30, "click");
    clicks(key, "alpha", "small", 9, "purchase");
    clicks(key, "beta", "small", 80, "click");
    clicks(key, "gamma", "small", 5, "click");
    domain.advance(Duration.ofHours(42));

    Results first = collections.collect(key, 1, "task-1");
    // Since the dispatch, on funded channels; 5.25 of 10.5 days: 500 + 250.
    assertThat(first.clicks()).isEqualTo(110);
    assertThat(first.conversions()).isEqualTo(9);
    assertThat(first.revenue()).isEqualTo(90);
    assertThat(first.spent()).isEqualByComparingTo("750.00");
    domain.advance(Duration.ofDays(1));
    assertThat(collections.collect(key, 1, "task-1")).isEqualTo(first);

    // Of 250 the approved shares give alpha 150; nine purchases on two channels weigh 9 : 2, and
    // alpha is best in 986 of 1,000 draws (in 98.7 % of four million with numpy.random):
    // 250 · 0.986 · 9/11 + 150 · 2/11 = 228.95.
    var alpha = new Release("alpha", 1, new BigDecimal("228.95"));
    var beta = new Release("beta", 1, new BigDecimal("21.05"));
    assertThat(collections.claimUntold(key, 1)).contains(alpha);
    assertThat(collections.claimUntold(key, 1)).contains(beta);
    assertThat(collections.claimUntold(key, 1)).isEmpty();
    collections.giveBack(key, 1, beta);
    assertThat(collections.claimUntold(key, 1)).contains(beta);
    collections.told(key, 1, alpha);
    collections.told(key, 1, beta);
    domain.advance(Duration.ofDays(1));
    assertThat(collections.claimUntold(key, 1)).isEmpty();

    domain.advance(Duration.ofDays(20));
    Results last = collections.collect(key, 1, "task-2");
    assertThat(last.step()).isEqualTo(2);
    assertThat(last.spent()).isEqualByComparingTo("750.00");
    Briefing section = domain.bean(PromotionReport.class).section(key, 1).orElseThrow();
    assertThat(section.figures())
        .filteredOn(f -> f.id().equals("spent"))
        .extracting(Briefing.Figure::value)
        .containsExactly(750.0);
    assertThat(section.tables().get(0).rows().get(0))
        .containsExactly("alpha", 0.6, 600.0, 528.95, 30L, 9L, 90.0);
    assertThat(domain.bean(PromotionReport.class).section(key, 2)).isEmpty();
    // Nothing was due in the second collection; the first says why.
    List<List<Object>> moved = moved(section);
    assertThat(moved).hasSize(2);
    assertThat(moved.get(0).subList(0, 4)).containsExactly(1, "alpha", 228.95, 78.95);
    assertThat(moved.get(1).subList(0, 4)).containsExactly(1, "beta", 21.05, -78.95);
    assertThat(moved.get(0).get(8)).isEqualTo(1);
    assertThat(moved.get(0).get(9).toString())
        .contains(
            "alpha gets 228.95, 78.95 more than by the approved allocation: 9 purchases from 30 clicks for 300.00")
        .contains("alpha 获得 228.95，比批准的分配多 78.95");
  }

  private static List<List<Object>> moved(Briefing section) {
    return section.tables().stream()
        .filter(table -> table.title().en().equals("Money moved by results"))
        .flatMap(table -> table.rows().stream())
        .toList();
  }

  @Test
  void shouldSteerNoChannelPastItsPlan() {
    String key = campaign();
    domain.load(
        "activities",
        key,
        List.of(Map.of("activity", "a", "material", "case", "channel", "alpha", "budget", 300.0)));
    promotions.prepare(key, 1, null);
    Allocated allocated = promotions.allocate(key, 1, 1000, null);
    // alpha is approved at its cap, 450: results may not move it on to 675.
    Briefing briefing =
        domain.bean(BriefingService.class).find(allocated.briefingId()).orElseThrow();
    assertThat(briefing.tables().get(0).rows())
        .extracting(row -> row.get(0), row -> row.get(5))
        .containsExactly(tuple("beta", 825.0), tuple("alpha", 450.0));
    domain.advance(Duration.ofMinutes(1));
    send(key);
    clicks(key, "alpha", "small", 300, "click");
    clicks(key, "alpha", "small", 200, "purchase");
    domain.advance(Duration.ofDays(11));

    assertThat(collections.collect(key, 1, "task-1").spent()).isEqualByComparingTo("1000");

    Briefing section = domain.bean(PromotionReport.class).section(key, 1).orElseThrow();
    assertThat(section.tables().get(0).rows())
        .extracting(row -> row.get(0), row -> row.get(3))
        .containsExactly(tuple("alpha", 450.0), tuple("beta", 550.0));
    assertThat(moved(section).get(0).get(9).toString())
        .contains("It is at its limit of 450.00, the cap of the approved allocation.");
  }

  @Test
  void shouldRankMaterialsBySegment_fromWhatHappenedAfterTheyWereSent() {
    String key = campaign();
    promotions.prepare(key, 1, null);
    promotions.allocate(key, 1, 1000, null);
    clicks(key, "beta", "small", 50, "view");
    domain.advance(Duration.ofMinutes(1));
    send(key);
    domain.advance(Duration.ofDays(1));
    clicks(key, "alpha", "small", 40, "view");
    clicks(key, "alpha", "small", 20, "click");
    clicks(key, "beta", "small", 40, "view");
    clicks(key, "beta", "large", 8, "click");
    domain.advance(Duration.ofDays(1));
    collections.collect(key, 1, "task-1");

    // alpha sent case and paper, beta case: case has the views of both. No views by the large.
    List<List<Object>> ranking =
        ranking(domain.bean(PromotionReport.class).section(key, 1).orElseThrow());
    assertThat(ranking)
        .extracting(row -> row.subList(0, 5))
        .containsExactly(
            List.of("small", 1, "paper", 40L, 20L), List.of("small", 2, "case", 80L, 20L));
  }

  private static List<List<Object>> ranking(Briefing briefing) {
    return briefing.tables().stream()
        .filter(table -> table.title().en().startsWith("Which material suits which segment"))
        .flatMap(table -> table.rows().stream())
        .toList();
  }

  @Test
  void shouldHoldTheBudget_whateverTheProgramDoes() {
    String key = campaign();
    promotions.prepare(key, 1, null);
    promotions.allocate(key, 1, 10, null);
    SpendRepository spends = domain.bean(SpendRepository.class);

    assertThatThrownBy(
            () -> spends.spend(key, 1, "alpha", 5, new BigDecimal("10.01"), domain.now()))
        .isInstanceOf(DataIntegrityViolationException.class)
        .hasMessageContaining("promotion_never_over_budget");
    assertThatThrownBy(() -> dispatches.plan(key, 2))
        .isInstanceOf(PromotionException.class)
        .hasMessageContaining("no budget was shared out");
  }
}
