package io.channelwise.worker.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.TableLoader;
import io.channelwise.channel.EventFormat;
import io.channelwise.channel.EventService;
import io.channelwise.deal.DealMessages;
import io.channelwise.deal.DealService;
import io.channelwise.deal.DealState;
import io.channelwise.deal.LinkSigner;
import io.channelwise.deal.MessageKind;
import io.channelwise.deal.Reply;
import io.channelwise.deal.ReplySource;
import io.channelwise.deal.Terms;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.testing.TestDatabase;
import io.channelwise.worker.channel.ChannelScoreWorker;
import io.channelwise.worker.delivery.DeliverySettings;
import io.channelwise.worker.delivery.OutboundMessage;
import io.channelwise.worker.runtime.Contract;
import io.channelwise.worker.runtime.ContractCheck;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TransientFailure;
import io.channelwise.worker.runtime.Worker;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

class DealWorkersTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final FakeDelivery DELIVERY = new FakeDelivery();
  private static final MovableClock CLOCK = new MovableClock();
  private static AnnotationConfigApplicationContext context;
  private static DealService deals;
  private final String dealId = UUID.randomUUID().toString();
  private String campaign;

  @BeforeAll
  static void start() {
    context = new AnnotationConfigApplicationContext();
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    context.registerBean("domainClock", Clock.class, () -> CLOCK);
    context.registerBean(LinkSigner.class, () -> new LinkSigner("a-secret-for-the-tests", CLOCK));
    context.registerBean(FakeDelivery.class, () -> DELIVERY);
    context.registerBean(
        DeliverySettings.class,
        () ->
            DeliverySettings.outboxOnly(Path.of("unused"), URI.create("https://gtm.example.com/")));
    context.register(DomainConfiguration.class);
    context.scan("io.channelwise.worker.deal", "io.channelwise.worker.channel");
    context.refresh();
    deals = context.getBean(DealService.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @BeforeEach
  void newCampaign() {
    DELIVERY.reset();
    create("en");
  }

  private void create(String locale) {
    campaign = "deal-worker-" + NUMBER.incrementAndGet();
    context
        .getBean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"%s","name":"n","company":"Acme","product":"Acme LLM","locale":"%s",
                 "promotionBudget":1,"currency":"CNY"}"""
                    .formatted(campaign, locale)));
    load(channel("shop", "mailto:sales@shop.example"), channel("forum", null));
    String csv =
        """
        event_id,user,segment,channel,type,occurred_at,revenue
        1,u,s,shop,click,2026-01-01,0
        2,u,s,shop,purchase,2026-01-01,500
        """;
    context
        .getBean(EventService.class)
        .append(
            campaign,
            EventFormat.CSV,
            new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
  }

  private static Row channel(String name, String contact) {
    Map<String, Object> values =
        new HashMap<>(
            Map.of(
                "channel", name,
                "kind", "partner",
                "reach", 1_000.0,
                "fixed_cost", 400.0,
                "revenue_share", 0.2));
    values.put("contact", contact);
    return new Row(2, values);
  }

  private void load(Row... rows) {
    TableLoader loader =
        context.getBeansOfType(TableLoader.class).values().stream()
            .filter(l -> l.spec().name().equals("channels"))
            .findFirst()
            .orElseThrow();
    context
        .getBean(TransactionTemplate.class)
        .executeWithoutResult(status -> loader.load(campaign, List.of(rows).iterator()));
  }

  private DealDraftWorker.Output draft(String channel, String id) {
    return context
        .getBean(DealDraftWorker.class)
        .handle(new DealDraftWorker.Input(campaign, 1, channel, id, null), null);
  }

  private String send(int round) {
    return context
        .getBean(DealSendWorker.class)
        .handle(new DealSendWorker.Input(dealId, round), null)
        .sentVia();
  }

  private String remind(int round) {
    return context
        .getBean(DealRemindWorker.class)
        .handle(new DealRemindWorker.Input(dealId, round), null)
        .sentVia();
  }

  private int withdraw(String id) {
    return context
        .getBean(DealWithdrawWorker.class)
        .handle(new DealWithdrawWorker.Input(campaign, id), null)
        .withdrawn();
  }

  private static String token(OutboundMessage message) {
    String url = (String) message.payload().get("replyUrl");
    return url.substring(url.lastIndexOf('/') + 1);
  }

  @Test
  void shouldAgreeWithTheModels() {
    List<Contract<?, ?>> contracts = new ArrayList<>();
    for (Worker<?, ?> worker : context.getBeansOfType(Worker.class).values()) {
      contracts.add(worker.contract());
    }
    assertThat(contracts)
        .extracting(Contract::topic)
        .containsExactlyInAnyOrder(
            "channel.score",
            "deal.draft",
            "deal.send",
            "deal.remind",
            "deal.counter",
            "deal.offer",
            "deal.sign",
            "deal.withdraw",
            "deal.summarise");
    assertThat(ContractCheck.classpath("processes").differences(contracts)).isEmpty();
  }

  @Test
  void shouldScoreTwiceAlike() {
    ChannelScoreWorker worker = context.getBean(ChannelScoreWorker.class);
    ChannelScoreWorker.Input input = new ChannelScoreWorker.Input(campaign, 1, "retail");

    ChannelScoreWorker.Output output = worker.handle(input, null);

    assertThat(output.scoredChannels()).hasSize(2);
    assertThat(output.scoredChannels().get(0).channel()).isEqualTo("shop");
    assertThat(worker.handle(input, null)).isEqualTo(output);
    assertThat(context.getBean(BriefingService.class).find(output.briefingId())).isPresent();
  }

  @Test
  void shouldDraftTwiceAlike_withContractValueAndBriefing() {
    DealDraftWorker.Output output = draft("shop", dealId);

    assertThat(draft("shop", dealId)).isEqualTo(output);
    assertThat(output.round()).isEqualTo(1);
    assertThat(output.contractValue())
        .isEqualTo(
            output.offerRevenueShare() * output.expectedRevenue() + output.offerFixedFee(),
            within(1e-6));
    assertThat(output.acceptCostMax()).isGreaterThan(output.contractValue());
    assertThat(context.getBean(BriefingService.class).find(output.briefingId())).isPresent();
  }

  @Test
  void shouldBargainInTheRoundsOfTheProcess_andRaiseAnIncidentWhenThereAreNone() {
    DealDraftWorker worker = context.getBean(DealDraftWorker.class);

    worker.handle(new DealDraftWorker.Input(campaign, 1, "shop", dealId, 5), null);

    assertThat(deals.require(dealId).roundsMax()).isEqualTo(5);
    assertThatThrownBy(
            () -> worker.handle(new DealDraftWorker.Input(campaign, 1, "shop", "no", 0), null))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("The number of rounds is 0.0; a number from 1 to 20 is expected");
  }

  @Test
  void shouldTellThePartnerWhatTheOfferAnswers_andNothingOfOurLimits() {
    draft("shop", dealId);
    send(1);
    deals.recordReply(dealId, Reply.counter(0.24, 450.0), ReplySource.REST);
    deals.counter(dealId, 1, new Terms(0.24, 450.0));
    send(2);
    deals.offer(dealId, 2, new Terms(0.2, 400.0));
    send(3);

    assertThat(DELIVERY.taken().get(0).body())
        .contains("This is round 1 of at most 3.")
        .doesNotContain("You asked");
    assertThat(DELIVERY.taken().get(1).body())
        .contains("You asked for 24.00 % and 450.00 CNY; our last offer was 16.00 % and 320.00 CNY")
        .contains("in proportion to what you asked. This is round 2 of at most 3.");
    assertThat(DELIVERY.taken().get(2).body())
        .as("a person's offer answers nothing")
        .doesNotContain("You asked")
        .contains("This is round 3 of at most 3.");
    assertThat(DELIVERY.taken().toString()).doesNotContain("25.00 %").doesNotContain("500.00");
  }

  @Test
  void shouldRaiseAnIncident_whenChannelOrCampaignIsUnknown() {
    assertThatThrownBy(() -> draft("radio", dealId))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("has no channel “radio”");
    assertThatThrownBy(() -> send(1))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void shouldSendAnOfferOnce_withALinkThatWorks() {
    draft("shop", dealId);

    assertThat(send(1)).isEqualTo("outbox");
    assertThat(send(1)).isEqualTo("outbox");

    assertThat(DELIVERY.taken()).hasSize(1);
    OutboundMessage offer = DELIVERY.taken().get(0);
    assertThat(offer.id()).isEqualTo("deal-" + dealId + "-1-offer");
    assertThat(offer.to()).isEqualTo("mailto:sales@shop.example");
    assertThat(offer.subject()).isEqualTo("Offer from Acme: Acme LLM (round 1)");
    assertThat(offer.body())
        .contains("Your share of the revenue: 16.00 %", "One-time fee: 320.00 CNY")
        .contains("https://gtm.example.com/reply/" + token(offer) + "?answer=accept")
        .contains("until 2026-03-31 UTC");
    assertThat(offer.payload())
        .containsEntry("replyApi", "https://gtm.example.com/api/deals/" + token(offer) + "/reply");
    assertThat(offer.body() + offer.payload()).doesNotContain("0.25").doesNotContain("500.0");
    deals.reply(token(offer), Reply.accept());
    assertThat(deals.require(dealId).state()).isEqualTo(DealState.AGREED);
  }

  @Test
  void shouldWriteChinese_whenTheCampaignIsChinese() {
    create("zh");
    draft("shop", dealId);
    send(1);

    OutboundMessage offer = DELIVERY.taken().get(0);
    assertThat(offer.subject()).isEqualTo("Acme的合作报价：Acme LLM（第 1 轮）");
    assertThat(offer.body()).contains("本次为第 1 轮，最多 3 轮。");
    assertThat(offer.body()).contains("贵方收入分成：16.00%", "接受：https://gtm.example.com/reply/");
  }

  @Test
  void shouldSendOnce_whenTwoWorkersHaveTheSameTask() throws Exception {
    draft("shop", dealId);
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    DELIVERY.beforeTaking(
        () -> {
          sending.countDown();
          await(go);
        });
    var pool = Executors.newSingleThreadExecutor();
    try {
      Future<String> first = pool.submit(() -> send(1));
      await(sending);
      TransientFailure busy = catchThrowableOfType(TransientFailure.class, () -> send(1));
      assertThat(busy.retryAfter()).contains(DealMessages.CLAIM);
      go.countDown();
      assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("outbox");
    } finally {
      go.countDown();
      pool.shutdownNow();
    }
    assertThat(send(1)).isEqualTo("outbox");
    assertThat(DELIVERY.taken()).hasSize(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void shouldSendTheSameMessage_afterASenderDied() {
    draft("shop", dealId);
    // The dead worker: claimed, sent perhaps, never confirmed.
    context.getBean(DealMessages.class).claim(dealId, 1, MessageKind.OFFER);
    assertThatThrownBy(() -> send(1)).isInstanceOf(TransientFailure.class);

    CLOCK.advance(DealMessages.CLAIM);

    assertThat(send(1)).isEqualTo("outbox");
    assertThat(DELIVERY.taken()).hasSize(1);
  }

  @Test
  void shouldRepeatTheSameBytes_whenTheAnswerOfTheReceiverWasLost() {
    draft("shop", dealId);
    DELIVERY.failAfterTaking(true);
    assertThatThrownBy(() -> send(1)).isInstanceOf(TransientFailure.class);
    DELIVERY.failAfterTaking(false);
    CLOCK.advance(Duration.ofMinutes(3));

    send(1);

    assertThat(DELIVERY.taken()).hasSize(2);
    assertThat(DELIVERY.taken().get(0)).isEqualTo(DELIVERY.taken().get(1));
  }

  @Test
  void shouldRaiseAnIncident_whenThePartnerRefusesTheMessage() {
    draft("shop", dealId);
    DELIVERY.reject("shop");
    assertThatThrownBy(() -> send(1)).isInstanceOf(PermanentFailure.class);
    assertThat(withdraw(dealId)).isEqualTo(1);
    assertThat(DELIVERY.taken()).isEmpty();
  }

  @Test
  void shouldRemindOnce_andNotAfterAnAnswer() {
    draft("shop", dealId);
    send(1);
    assertThat(remind(1)).isEqualTo("outbox");
    assertThat(remind(1)).isEqualTo("outbox");
    assertThat(DELIVERY.taken()).hasSize(2);
    assertThat(DELIVERY.taken().get(1).subject()).startsWith("Reminder: offer from Acme");
    assertThat(token(DELIVERY.taken().get(1))).isEqualTo(token(DELIVERY.taken().get(0)));

    String other = UUID.randomUUID().toString();
    draft("forum", other);
    deals.recordReply(other, Reply.accept(), ReplySource.HAND);
    assertThat(
            context
                .getBean(DealRemindWorker.class)
                .handle(new DealRemindWorker.Input(other, 1), null)
                .sentVia())
        .isEqualTo("none");
  }

  @Test
  void shouldCounterAndSignTwiceAlike() {
    draft("shop", dealId);
    DealCounterWorker counter = context.getBean(DealCounterWorker.class);
    DealCounterWorker.Input asked = new DealCounterWorker.Input(dealId, 1, 0.9, 9_000.0);

    DealCounterWorker.Output offer = counter.handle(asked, null);
    assertThat(counter.handle(asked, null)).isEqualTo(offer);
    assertThat(offer.round()).isEqualTo(2);
    // Revenue 1,000 × 0.75 × 500; w = 75,400, S = 299,600, L = 18,850: a fair division costs
    // 93,134,
    // 32,814 more than the opening; the fee takes 180 to its limit, the share the rest.
    assertThat(offer.offerRevenueShare()).isEqualTo(0.2470, within(1e-12));
    assertThat(offer.offerFixedFee()).isEqualTo(500, within(1e-9));
    assertThatThrownBy(() -> counter.handle(new DealCounterWorker.Input(dealId, 2, 1.2, 0.0), null))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("must be between 0 and 1");

    DealOfferWorker byHand = context.getBean(DealOfferWorker.class);
    DealOfferWorker.Input wanted = new DealOfferWorker.Input(dealId, 2, 0.21, 90.0);
    DealOfferWorker.Output third = byHand.handle(wanted, null);
    assertThat(byHand.handle(wanted, null)).isEqualTo(third);
    assertThat(third.offerRevenueShare()).isEqualTo(0.21);
    assertThat(third.contractValue()).isEqualTo(0.21 * 375_000 + 90, within(1e-6));
    // The last round: all within the limits of 0.25 and 500.
    assertThat(third.acceptCostMax()).isEqualTo(0.25 * 375_000 + 500, within(0.02));

    DealSignWorker sign = context.getBean(DealSignWorker.class);
    DealSignWorker.Input agreed = new DealSignWorker.Input(dealId, 0.205, 100.0);
    assertThat(sign.handle(agreed, null).dealOutcome()).isEqualTo("signed");
    assertThat(sign.handle(agreed, null).dealOutcome()).isEqualTo("signed");
    assertThatThrownBy(() -> sign.handle(new DealSignWorker.Input(dealId, 0.3, 100.0), null))
        .isInstanceOf(PermanentFailure.class);
    DealSummariseWorker summarise = context.getBean(DealSummariseWorker.class);
    assertThat(summarise.handle(new DealSummariseWorker.Input(campaign, 1), null).signedDeals())
        .isEqualTo(1);
  }

  @Test
  void shouldWithdrawAll_andTellEachPartnerOnce() {
    draft("shop", dealId);
    send(1);
    String quiet = UUID.randomUUID().toString();
    draft("forum", quiet);

    assertThat(withdraw(null)).isEqualTo(2);
    assertThat(withdraw(null)).isEqualTo(2);
    assertThat(withdraw(dealId)).isEqualTo(1);

    assertThat(DELIVERY.taken()).hasSize(2);
    assertThat(DELIVERY.taken().get(1).id()).isEqualTo("deal-" + dealId + "-1-withdrawal");
    assertThat(DELIVERY.taken().get(1).subject()).isEqualTo("Acme withdraws its offer: Acme LLM");
    assertThat(deals.require(quiet).state()).isEqualTo(DealState.WITHDRAWN);
  }

  @Test
  void shouldTellTheOthers_whenOnePartnerCannotBeTold() {
    draft("shop", dealId);
    send(1);
    String other = UUID.randomUUID().toString();
    draft("forum", other);
    context.getBean(DealSendWorker.class).handle(new DealSendWorker.Input(other, 1), null);
    DELIVERY.reject("shop");

    assertThatThrownBy(() -> withdraw(null)).isInstanceOf(PermanentFailure.class);
    assertThat(DELIVERY.taken())
        .extracting(OutboundMessage::id)
        .contains("deal-" + other + "-1-withdrawal");
  }

  @Test
  void shouldWithdrawNothing_beforeADraft() {
    assertThat(withdraw(dealId)).isZero();
    assertThat(withdraw(null)).isZero();
  }
}
