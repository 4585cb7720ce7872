package io.channelwise.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.TableLoader;
import io.channelwise.campaign.Text;
import io.channelwise.channel.EventFormat;
import io.channelwise.channel.EventService;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
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

class DealServiceTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static AnnotationConfigApplicationContext context;
  private static DealService deals;
  private static DealMessages messages;
  private static LinkSigner signer;
  private final String dealId = UUID.randomUUID().toString();
  private String campaign;

  @BeforeAll
  static void start() {
    context = new AnnotationConfigApplicationContext();
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    signer = new LinkSigner("a-secret-for-the-tests", Clock.systemUTC());
    context.registerBean(LinkSigner.class, () -> signer);
    context.register(DomainConfiguration.class);
    context.refresh();
    deals = context.getBean(DealService.class);
    messages = context.getBean(DealMessages.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  /** 10 clicks, 2 purchases of 100; attraction of shop (8 + 0.5) / (10 + 1). */
  @BeforeEach
  void newCampaign() {
    campaign = "deal-test-" + NUMBER.incrementAndGet();
    context
        .getBean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"%s","name":"n","company":"c","product":"p","promotionBudget":1,
                 "currency":"CNY"}"""
                    .formatted(campaign)));
    load("channels", channel("shop", 1_100, 400.0), channel("forum", 500, 0.0));
    load("negotiations", past("shop", 1, 0.3, "counter"), past("shop", 2, 0.16, "accept"));
    StringBuilder csv =
        new StringBuilder("event_id,user,segment,channel,type,occurred_at,revenue\n");
    for (int i = 0; i < 10; i++) {
      String channel = i < 8 ? "shop" : "forum";
      csv.append("c%d,u,s,%s,click,2026-01-01,0\n".formatted(i, channel));
    }
    csv.append("p1,u,s,shop,purchase,2026-01-01,100\np2,u,s,forum,purchase,2026-01-01,100\n");
    context
        .getBean(EventService.class)
        .append(
            campaign,
            EventFormat.CSV,
            new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static Row channel(String name, double reach, double cost) {
    return new Row(
        2,
        Map.of(
            "channel",
            name,
            "kind",
            "partner",
            "reach",
            reach,
            "fixed_cost",
            cost,
            "revenue_share",
            0.2));
  }

  private static Row past(String channel, long round, double share, String outcome) {
    Map<String, Object> values = new HashMap<>();
    values.put("channel", channel);
    values.put("round", round);
    values.put("revenue_share", share);
    values.put("fixed_fee", 100.0);
    values.put("exclusive", false);
    values.put("term_months", 24L);
    values.put("outcome", outcome);
    return new Row(2, values);
  }

  private void load(String table, Row... rows) {
    TableLoader loader =
        context.getBeansOfType(TableLoader.class).values().stream()
            .filter(l -> l.spec().name().equals(table))
            .findFirst()
            .orElseThrow();
    context
        .getBean(TransactionTemplate.class)
        .executeWithoutResult(status -> loader.load(campaign, List.of(rows).iterator()));
  }

  private Deal draft() {
    return deals.draft(campaign, 1, "shop", dealId);
  }

  private String link(int round) {
    return signer.sign(dealId, round, Instant.now().plusSeconds(3_600));
  }

  private void send(MessageKind kind, int round) {
    assertThat(messages.claim(dealId, round, kind)).isInstanceOf(Claim.Granted.class);
    messages.confirm(dealId, round, kind, "outbox");
  }

  @Test
  void shouldDraftOnce_fromHistoryAndEvents() {
    Deal deal = draft();

    // By hand: p = 0.2; conversion (1 + 50 × 0.2) / (8 + 50); A = 8.5 / 11; 100 a purchase.
    double revenue = 1_100 * (8.5 / 11) * (11.0 / 58) * 100;
    assertThat(deal.expectedRevenue()).isEqualTo(revenue, within(1e-6));
    assertThat(deal.offer().revenueShare()).isEqualTo(0.8 * 0.16, within(1e-12));
    assertThat(deal.offer().fixedFee()).isEqualTo(80, within(1e-9));
    assertThat(deal.limits().revenueShare()).isEqualTo(0.25, within(1e-12));
    assertThat(deal.limits().fixedFee()).isEqualTo(500, within(1e-9));
    assertThat(deal.termMonths()).isEqualTo(24);
    assertThat(deal.contractValue()).isEqualTo(0.128 * revenue + 80, within(1e-6));
    assertThat(deal.state()).isEqualTo(DealState.DRAFTED);
    assertThat(draft()).isEqualTo(deal);
    assertThat(deals.list(campaign, 1)).containsExactly(deal);
    // Forum brings 500 × 2.5 for shop's 1,100 × 8.5; half comes over, the 80 % left of it are lost.
    double rival = 500 * 2.5 / (1_100 * 8.5);
    assertThat(
            context.getBean(BriefingService.class).find("deal/" + dealId).orElseThrow().figures())
        .filteredOn(f -> f.id().equals("exclusive-share"))
        .extracting(f -> number(f.value()))
        .first(org.assertj.core.api.InstanceOfAssertFactories.DOUBLE)
        .isEqualTo(1 - (0.872 + 0.8 * rival) / (1 + rival / 2), within(1e-9));
  }

  @Test
  void shouldRefuseToDraft_forAnUnknownChannel() {
    assertThatThrownBy(() -> deals.draft(campaign, 1, "radio", dealId))
        .isInstanceOf(DealStateException.class)
        .hasMessageContaining("has no channel “radio”");
    assertThat(deals.find(dealId)).isEmpty();
  }

  @Test
  void shouldLeaveTheTiersAboveTheirMargin_whenAResellerIsDealtWith() {
    Row shop = channel("shop", 1_100, 400.0);
    Map<String, Object> forum = new HashMap<>();
    forum.put("channel", "forum");
    forum.put("kind", "partner");
    forum.put("reach", 500.0);
    forum.put("fixed_cost", 0.0);
    forum.put("revenue_share", 0.25);
    forum.put("parent", "shop");
    load("channels", shop, new Row(3, forum));

    Deal deal = deals.draft(campaign, 1, "forum", dealId);

    // By hand: A = 2.5 / 11, conversion (1 + 50 × 0.2) / (2 + 50); shop keeps 0.2 of the rest.
    double paid = 500 * (2.5 / 11) * (11.0 / 52) * 100;
    assertThat(deal.expectedRevenue()).isEqualTo(paid * 0.8, within(1e-6));
    Briefing briefing = context.getBean(BriefingService.class).find("deal/" + dealId).orElseThrow();
    List<List<Object>> tiers = briefing.tables().get(2).rows();
    double share = deal.offer().revenueShare();
    assertThat(tiers).hasSize(3);
    assertThat(number(tiers.get(0).get(3))).isEqualTo(paid * share, within(1e-6));
    assertThat(number(tiers.get(1).get(3))).isEqualTo(paid * (1 - share) * 0.2, within(1e-6));
    assertThat(number(tiers.get(2).get(3))).isEqualTo(paid * (1 - share) * 0.8, within(1e-6));
    assertThat(number(tiers.get(2).get(3)))
        .isEqualTo(new Terms(share, 0).value(deal.expectedRevenue()), within(1e-6));
  }

  private static double number(Object cell) {
    return ((Number) cell).doubleValue();
  }

  @Test
  void shouldWalkThroughRounds_toASignedDeal() {
    draft();
    send(MessageKind.OFFER, 1);
    assertThat(deals.require(dealId).state()).isEqualTo(DealState.OFFERED);

    DealReply reply = deals.reply(link(1), Reply.counter(0.30, null));
    assertThat(reply.terms().revenueShare()).isEqualTo(0.30);
    assertThat(reply.terms().fixedFee()).isEqualTo(80, within(1e-9));

    Deal second = deals.counter(dealId, 1, reply.terms());
    assertThat(second.round()).isEqualTo(2);
    // Ready for w + S L / (S + L) = 4,306 (w = 2,679 of the past, S = 13,441, L = 1,851); the share
    // alone is asked and ends at its limit.
    assertThat(second.offer().revenueShare()).isEqualTo(0.25, within(1e-12));
    assertThat(second.offer().fixedFee()).isEqualTo(80, within(1e-9));
    assertThat(deals.counter(dealId, 1, reply.terms())).isEqualTo(second);
    send(MessageKind.OFFER, 2);
    assertThat(deals.reply(link(2), Reply.accept()).terms()).isEqualTo(second.offer());
    assertThat(deals.require(dealId).state()).isEqualTo(DealState.AGREED);

    Deal signed = deals.sign(dealId, second.offer());
    assertThat(signed.state()).isEqualTo(DealState.SIGNED);
    assertThat(deals.sign(dealId, second.offer())).isEqualTo(signed);
    assertThat(deals.signed(campaign, 1)).containsExactly(signed);
    assertThat(deals.signed(campaign, 2)).isEmpty();
    assertThat(deals.summarise(campaign, 1)).isEqualTo(1);
    assertThatThrownBy(() -> deals.sign(dealId, new Terms(0.5, 0)))
        .isInstanceOf(DealStateException.class);
    Briefing briefing = context.getBean(BriefingService.class).find("deal/" + dealId).orElseThrow();
    assertThat(briefing.tables().get(0).rows()).hasSize(2);
    assertThat(briefing.tables().get(0).rows().get(0)).contains("counter");
    assertThat(briefing.tables().get(1).rows()).hasSize(2);
    assertThat(briefing.tables().get(1).rows().get(1).get(1).toString())
        .contains("In round 2 we are ready to spend 4,306");
    assertThat(briefing.figures())
        .anyMatch(
            f ->
                f.id().equals("partner-walk-away")
                    && Math.abs(((Number) f.value()).doubleValue() - 2_679.31) < 0.01);
    assertThat(
            context.getBean(DealReport.class).section(campaign, 1).orElseThrow().tables().stream()
                .flatMap(t -> t.rows().get(0).stream())
                .filter(Text.class::isInstance)
                .map(t -> ((Text) t).zh()))
        .anyMatch(t -> t.contains("第 2 轮我方愿付出"));
    assertThat(context.getBean(DealReport.class).section(campaign, 1).orElseThrow().figures())
        .anyMatch(f -> f.id().equals("signed") && f.value().equals(1));
    assertThat(context.getBean(DealReport.class).section(campaign, 2)).isEmpty();
  }

  @Test
  void shouldRefuseALinkUsedTwice_andKeepTheFirstAnswer() {
    draft();
    deals.reply(link(1), Reply.accept());

    LinkUsedException refused =
        catchThrowableOfType(
            LinkUsedException.class, () -> deals.reply(link(1), Reply.counter(0.9, 9.0)));

    assertThat(refused.text().zh()).isEqualTo("第 1 轮报价已有答复，以首次答复为准。");
    assertThat(deals.require(dealId).state()).isEqualTo(DealState.AGREED);
    assertThatThrownBy(() -> deals.open(link(1))).isInstanceOf(LinkUsedException.class);
    assertThatThrownBy(() -> deals.recordReply(dealId, Reply.reject(), ReplySource.HAND))
        .isInstanceOf(LinkUsedException.class);
  }

  @Test
  void shouldRefuseForgedExpiredSupersededAndClosedLinks() {
    draft();
    assertThatThrownBy(() -> deals.reply(link(1) + "x", Reply.accept()))
        .isInstanceOf(LinkForgedException.class);
    String old = signer.sign(dealId, 1, Instant.now().minusSeconds(1));
    assertThatThrownBy(() -> deals.reply(old, Reply.accept()))
        .isInstanceOf(LinkExpiredException.class);
    String unknown = signer.sign("nobody", 1, Instant.now().plusSeconds(60));
    assertThatThrownBy(() -> deals.reply(unknown, Reply.accept()))
        .isInstanceOf(UnknownDealException.class);
    assertThat(deals.require(dealId).state()).isEqualTo(DealState.DRAFTED);

    deals.counter(dealId, 1, new Terms(0.3, 0));
    assertThatThrownBy(() -> deals.reply(link(1), Reply.accept()))
        .isInstanceOf(OfferSupersededException.class);
    deals.withdraw(campaign, dealId);
    assertThatThrownBy(() -> deals.reply(link(2), Reply.accept()))
        .isInstanceOf(DealClosedException.class)
        .hasMessageContaining("the deal is withdrawn");
  }

  @Test
  void shouldRefuseAnswersThatMakeNoSense() {
    draft();
    for (Reply wrong :
        List.of(
            new Reply(null, null, null),
            Reply.counter(null, null),
            Reply.counter(1.01, 0.0),
            Reply.counter(-0.1, 0.0),
            Reply.counter(Double.NaN, 0.0),
            Reply.counter(0.1, -1.0),
            Reply.counter(0.1, Double.POSITIVE_INFINITY))) {
      assertThatThrownBy(() -> deals.reply(link(1), wrong))
          .isInstanceOf(InvalidReplyException.class);
    }
    assertThat(deals.require(dealId).state()).isEqualTo(DealState.DRAFTED);
    assertThat(deals.reply(link(1), Reply.counter(0.0, 0.0)).terms()).isEqualTo(new Terms(0, 0));
  }

  @Test
  void shouldShowThePartnerTheOffer_withoutOurLimits() {
    Deal deal = draft();

    PartnerOffer offer = deals.open(link(1));

    assertThat(offer.terms()).isEqualTo(deal.offer());
    assertThat(offer.company()).isEqualTo("c");
    assertThat(PartnerOffer.class.getRecordComponents())
        .noneMatch(c -> c.getName().toLowerCase(Locale.ROOT).contains("limit"));
  }

  @Test
  void shouldListAnAnswerUntilItIsCorrelated() {
    draft();
    deals.recordReply(dealId, 1, Reply.counter(0.3, 10.0), ReplySource.REST);

    assertThat(mine(deals.pendingCorrelations())).hasSize(1);
    assertThat(deals.markCorrelated(dealId, 1)).isTrue();
    assertThat(deals.markCorrelated(dealId, 1)).isFalse();
    assertThat(mine(deals.pendingCorrelations())).isEmpty();
  }

  @Test
  void shouldNotListAnAnswer_whenRefusedOrTheDealWasWithdrawn() {
    draft();
    deals.recordReply(dealId, 1, Reply.accept(), ReplySource.REST);
    deals.markRefused(dealId, 1, "the negotiation ended");
    assertThat(mine(deals.pendingCorrelations())).isEmpty();

    String other = UUID.randomUUID().toString();
    deals.draft(campaign, 1, "forum", other);
    deals.recordReply(other, Reply.accept(), ReplySource.HAND);
    assertThat(mine(deals.pendingCorrelations())).hasSize(1);
    deals.withdraw(campaign, other);
    assertThat(mine(deals.pendingCorrelations())).isEmpty();
  }

  private List<DealReply> mine(List<DealReply> replies) {
    return replies.stream().filter(r -> r.campaignKey().equals(campaign)).toList();
  }

  @Test
  void shouldRecordOneAnswer_whenTwoComeAtOnce() throws Exception {
    draft();
    String token = link(1);
    List<Object> results =
        together(
            () -> deals.reply(token, Reply.accept()), () -> deals.reply(token, Reply.reject()));

    assertThat(results).filteredOn(DealReply.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(LinkUsedException.class::isInstance).hasSize(1);
  }

  @Test
  void shouldGrantOneClaim_whenTwoSendersMeet() throws Exception {
    draft();
    List<Object> results =
        together(
            () -> messages.claim(dealId, 1, MessageKind.OFFER),
            () -> messages.claim(dealId, 1, MessageKind.OFFER));

    assertThat(results).filteredOn(Claim.Granted.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Claim.Busy.class::isInstance).hasSize(1);
  }

  private static List<Object> together(Callable<Object> one, Callable<Object> two)
      throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    var pool = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Object>> tasks = new ArrayList<>();
      for (Callable<Object> task : List.of(one, two)) {
        tasks.add(
            () -> {
              barrier.await(10, TimeUnit.SECONDS);
              return task.call();
            });
      }
      List<Object> results = new ArrayList<>();
      for (Future<Object> done : pool.invokeAll(tasks, 30, TimeUnit.SECONDS)) {
        try {
          results.add(done.get());
        } catch (ExecutionException e) {
          results.add(e.getCause());
        }
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void shouldGrantAgain_afterReleaseButNotAfterSending() {
    draft();
    Claim.Granted first = (Claim.Granted) messages.claim(dealId, 1, MessageKind.OFFER);
    assertThat(messages.claim(dealId, 1, MessageKind.OFFER)).isInstanceOf(Claim.Busy.class);
    messages.release(first.messageId());
    assertThat(messages.claim(dealId, 1, MessageKind.OFFER)).isEqualTo(first);
    messages.confirm(dealId, 1, MessageKind.OFFER, "smtp");
    assertThat(messages.claim(dealId, 1, MessageKind.OFFER))
        .isEqualTo(new Claim.AlreadySent("smtp"));
    assertThat(first.messageId()).isEqualTo("deal-" + dealId + "-1-offer");
  }

  @Test
  void shouldKeepTheAnswersState_whenThePartnerIsQuickerThanOurConfirmation() {
    draft();
    messages.claim(dealId, 1, MessageKind.OFFER);
    deals.reply(link(1), Reply.counter(0.4, null));
    messages.confirm(dealId, 1, MessageKind.OFFER, "smtp");

    assertThat(deals.require(dealId).state()).isEqualTo(DealState.COUNTERED);
  }

  @Test
  void shouldNotifyOnlyPartnersThatMayHaveAnOffer_whenWithdrawn() {
    draft();
    assertThat(deals.withdraw(campaign, dealId))
        .isEqualTo(new DealService.Withdrawal(1, List.of()));

    String offered = UUID.randomUUID().toString();
    deals.draft(campaign, 1, "forum", offered);
    messages.claim(offered, 1, MessageKind.OFFER);
    messages.confirm(offered, 1, MessageKind.OFFER, "outbox");
    DealService.Withdrawal all = deals.withdraw(campaign, null);
    assertThat(all.withdrawn()).isEqualTo(2);
    assertThat(all.toNotify()).extracting(Deal::id).containsExactly(offered);
    assertThat(deals.withdraw(campaign, null)).isEqualTo(all);
    assertThat(deals.withdraw(campaign, "never drafted").withdrawn()).isZero();
  }

  @Test
  void shouldLeaveLostDealsLost_andWithdrawSignedOnes() {
    draft();
    deals.sign(dealId, new Terms(0.2, 0));
    String lost = UUID.randomUUID().toString();
    deals.draft(campaign, 1, "forum", lost);
    deals.recordReply(lost, Reply.reject(), ReplySource.REST);

    assertThat(deals.withdraw(campaign, null).withdrawn()).isEqualTo(1);
    assertThat(deals.require(lost).state()).isEqualTo(DealState.LOST);
    assertThat(deals.signed(campaign, 1)).isEmpty();
    assertThatThrownBy(() -> messages.claim(dealId, 1, MessageKind.OFFER))
        .isInstanceOf(DealStateException.class);
    assertThat(messages.claim(dealId, 1, MessageKind.REMINDER)).isEqualTo(new Claim.NotNeeded());
  }
}
