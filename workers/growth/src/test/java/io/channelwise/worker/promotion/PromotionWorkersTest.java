package io.channelwise.worker.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.channelwise.support.TestDomain;
import io.channelwise.support.TestPromotion;
import io.channelwise.worker.delivery.OutboundMessage;
import io.channelwise.worker.runtime.BusinessError;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.TransientFailure;
import io.channelwise.worker.support.OneTask;
import java.math.BigDecimal;
import java.time.Duration;
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
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every worker runs twice: a task may be delivered again after its effect was committed. */
class PromotionWorkersTest {
  private static final TaskContext TASK = new OneTask("promotion", "task-1");
  private static TestDomain domain;
  private static SwitchableDelivery delivery;
  private static PromotionPrepareWorker prepare;
  private static PromotionAllocateWorker allocate;
  private static PromotionDispatchWorker dispatch;
  private static PromotionCollectWorker collect;

  @BeforeAll
  static void start() {
    domain =
        new TestDomain(
            SwitchableDelivery.class,
            PromotionPrepareWorker.class,
            PromotionAllocateWorker.class,
            PromotionDispatchWorker.class,
            PromotionCollectWorker.class);
    delivery = domain.bean(SwitchableDelivery.class);
    prepare = domain.bean(PromotionPrepareWorker.class);
    allocate = domain.bean(PromotionAllocateWorker.class);
    dispatch = domain.bean(PromotionDispatchWorker.class);
    collect = domain.bean(PromotionCollectWorker.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  /** Two channels of the given names with signed deals, reach 3 : 1, one material each. */
  private static String campaign(String locale, String first, String second) {
    String key = "w" + UUID.randomUUID().toString().substring(0, 8);
    domain.campaign(key, locale);
    domain.load("channels", key, List.of(channel(first, 300), channel(second, 100)));
    domain.load(
        "materials",
        key,
        List.of(
            Map.of(
                "material",
                "paper",
                "kind",
                "paper",
                "channel",
                first,
                "title",
                "Line 1\nLine 2",
                "body",
                "Body of the paper."),
            Map.of("material", "post", "kind", "post", "title", "Post", "body", "Body.")));
    sign(key, first);
    sign(key, second);
    prepare.handle(new PromotionPrepareWorker.Input(key, 1, null), TASK);
    return key;
  }

  private static Map<String, Object> channel(String name, double reach) {
    Map<String, Object> row = new HashMap<>();
    row.put("channel", name);
    row.put("market", "retail");
    row.put("kind", "partner");
    row.put("reach", reach);
    row.put("fixed_cost", 0.0);
    row.put("revenue_share", 0.1);
    row.put("contact", "mailto:partner@example.com");
    return row;
  }

  private static void sign(String key, String channel) {
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

  private static PromotionAllocateWorker.Output share(String key, List<String> excluded) {
    return share(key, 1000.0, excluded);
  }

  private static PromotionAllocateWorker.Output share(
      String key, double budget, List<String> excluded) {
    return allocate.handle(new PromotionAllocateWorker.Input(key, 1, budget, excluded), TASK);
  }

  private static PromotionDispatchWorker.Output send(String key) {
    return dispatch.handle(new PromotionDispatchWorker.Input(key, 1), TASK);
  }

  @Test
  void shouldSendAndSpendOnce_whenDeliveredTwice() {
    String key = campaign("en", "a1", "b1");
    var input = new PromotionPrepareWorker.Input(key, 1, null);
    assertThat(prepare.handle(input, TASK)).isEqualTo(prepare.handle(input, TASK));
    assertThat(share(key, null)).isEqualTo(share(key, List.of()));

    assertThat(send(key)).isEqualTo(new PromotionDispatchWorker.Output(2, 500.0));
    assertThat(send(key)).isEqualTo(new PromotionDispatchWorker.Output(2, 500.0));

    List<OutboundMessage> sent = delivery.of(key, "promotion");
    assertThat(sent).hasSize(2);
    assertThat(sent.get(0).subject()).isEqualTo("Line 1 Line 2");
    assertThat(sent.get(0).body())
        .contains("Body of the paper.")
        .contains("up to 750.00 CNY, of which 375.00 CNY are released now");
    assertThat(sent.get(0).to()).isEqualTo("mailto:partner@example.com");
    assertThat(sent.get(0).payload()).containsEntry("released", new BigDecimal("375.00"));
  }

  @Test
  void shouldSendOnce_whenTwoWorkersDoItAtOnce() throws Exception {
    String key = campaign("zh", "北风", "店主协会");
    share(key, null);
    Callable<PromotionDispatchWorker.Output> worker =
        () -> {
          try {
            return send(key);
          } catch (TransientFailure busy) {
            return null;
          }
        };
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      for (Future<PromotionDispatchWorker.Output> result :
          pool.invokeAll(List.of(worker, worker, worker, worker), 60, TimeUnit.SECONDS)) {
        result.get();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(send(key)).isEqualTo(new PromotionDispatchWorker.Output(2, 500.0));
    assertThat(delivery.of(key, "promotion")).hasSize(2);
    assertThat(delivery.of(key, "promotion").get(0).body()).contains("本次推广预算上限");
  }

  @Test
  void shouldReportARejectedChannel_andGoOnWithoutIt() {
    String key = campaign("en", "a2", "b2");
    share(key, null);
    delivery.refusing.add("b2");

    for (int attempt = 0; attempt < 2; attempt++) {
      BusinessError error = catchThrowableOfType(BusinessError.class, () -> send(key));
      assertThat(error.code()).isEqualTo("DISPATCH_REJECTED");
      assertThat(error.variables()).isEqualTo(Map.of("rejectedChannel", "b2"));
      assertThat(error).hasMessageContaining("Channel b2 refused material post: 550");
    }
    assertThat(share(key, List.of("b2")).allocatedChannels()).isEqualTo(1);
    assertThatThrownBy(() -> share(key, List.of("a2", "b2")))
        .isInstanceOfSatisfying(
            BusinessError.class, error -> assertThat(error.code()).isEqualTo("NO_CHANNEL_LEFT"));
    assertThat(send(key)).isEqualTo(new PromotionDispatchWorker.Output(1, 375.0));
    assertThat(delivery.of(key, "promotion")).hasSize(1);
  }

  @Test
  void shouldTryAgain_whenTheNetworkFails() {
    String key = campaign("en", "a3", "b3");
    share(key, null);
    delivery.down.add("b3");

    assertThatThrownBy(() -> send(key)).isInstanceOf(TransientFailure.class);
    delivery.down.remove("b3");

    assertThat(send(key)).isEqualTo(new PromotionDispatchWorker.Output(2, 500.0));
    assertThat(delivery.of(key, "promotion")).hasSize(2);
  }

  @Test
  void shouldCollectOnceATask_andTellOfMoneyOnce() {
    String key = campaign("en", "a4", "b4");
    share(key, null);
    send(key);
    domain.advance(Duration.ofDays(7));
    var input = new PromotionCollectWorker.Input(key, 1);
    delivery.down.add("b4");
    assertThatThrownBy(() -> collect.handle(input, TASK)).isInstanceOf(TransientFailure.class);
    delivery.down.remove("b4");

    var first = collect.handle(input, TASK);
    domain.advance(Duration.ofDays(1));
    assertThat(collect.handle(input, TASK)).isEqualTo(first);

    // 7 of 10.5 days: 500 + 333.33; nobody clicked, so 3 : 1.
    assertThat(first).isEqualTo(new PromotionCollectWorker.Output(0, 0, 833.33));
    assertThat(delivery.of(key, "promotion-budget"))
        .extracting(m -> m.payload().get("released"))
        .containsExactlyInAnyOrder(new BigDecimal("250.00"), new BigDecimal("83.33"));
    assertThat(collect.handle(input, new OneTask("promotion.collect", "task-2")).spent())
        .isGreaterThan(833.33);
  }

  @Test
  void shouldFailForGood_whenTheBudgetIsNoAmountOrSpentAlready() {
    String key = campaign("en", "a6", "b6");
    share(key, null);
    send(key);

    for (double budget :
        new double[] {
          0, 0.009, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e14, 1e308
        }) {
      assertThatThrownBy(() -> share(key, budget, null))
          .isInstanceOf(PermanentFailure.class)
          .hasMessageContaining("The budget is %s; an amount of at least 0.01".formatted(budget));
    }
    // 500 are released at once.
    assertThatThrownBy(() -> share(key, 499.99, null))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("cannot be 499.99: 500.00 are spent already");
    assertThatThrownBy(() -> share(key, 375, List.of("b6"))).isInstanceOf(PermanentFailure.class);
    assertThat(share(key, 500, null).allocatedBudget()).isEqualTo(500);
  }

  @Test
  void shouldSpendLessThanTheBudget_whenThePlansOfAllChannelsAreSmaller() {
    String key = campaign("en", "a7", "b7");
    domain.load(
        "activities",
        key,
        List.of(
            Map.of("activity", "x", "material", "post", "channel", "a7", "budget", 100.0),
            Map.of("activity", "y", "material", "post", "channel", "b7", "budget", 200.0)));

    // At most 1.5 times the plan each; a budget too small for any plan is spent nevertheless.
    assertThat(share(key, null).allocatedBudget()).isEqualTo(450);
    assertThat(share(key, null)).isEqualTo(share(key, List.of()));
    assertThat(share(key, 0.01, null).allocatedBudget()).isEqualTo(0.01);
  }

  @Test
  void shouldShareOut_whenAChannelNeverSellsOrIsNeverReached_andASegmentNeverClicks() {
    String key = campaign("en", "a8", "b8");
    TestPromotion given = new TestPromotion(domain);
    // Nobody is ever at b8; those at a8 come again and again and never buy; others only look.
    for (int again = 0; again < 20; again++) {
      given.events(key, "a8", "young", 3, "click");
    }
    given.events(key, "a8", "quiet", 5, "view");

    var loops = share(key, null);

    // One segment, R = 60.5 : 0.5, so everything goes to the one that is clicked.
    assertThat(loops.largestShare()).isEqualTo(1);
    assertThat(share(key, null)).isEqualTo(loops);
    given.events(key, "b8", "old", 1, "purchase");
    var single = share(key, null);
    assertThat(single.allocatedBudget()).isEqualTo(1000);
    assertThat(share(key, null)).isEqualTo(single);
  }

  @Test
  void shouldFailForGood_whenNothingCanBeShared() {
    String key = campaign("en", "a5", "b5");

    assertThatThrownBy(() -> send(key))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("no budget was shared out");
    assertThatThrownBy(() -> share("nowhere", null))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("Campaign nowhere does not exist");
    assertThatThrownBy(() -> send("nowhere"))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("Campaign nowhere does not exist");
  }
}
