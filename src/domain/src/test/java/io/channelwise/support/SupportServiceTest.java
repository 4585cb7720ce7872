package io.channelwise.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.UnknownCampaignException;
import java.time.Duration;
import java.util.ArrayList;
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

class SupportServiceTest {
  private static TestDomain domain;
  private static SupportService support;
  private static ServiceWindowService windows;

  @BeforeAll
  static void start() {
    domain = new TestDomain();
    support = domain.bean(SupportService.class);
    windows = domain.bean(ServiceWindowService.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  private static String campaign() {
    String key = "c" + UUID.randomUUID().toString().substring(0, 8);
    domain.campaign(key, "en");
    domain.load(
        "support",
        key,
        List.of(
            Map.of("support_channel", "mail", "hours", "9-17", "sla_minutes", 60L),
            Map.of("support_channel", "chat")));
    domain.load(
        "training-material",
        key,
        List.of(
            Map.of(
                "material", "billing-guide",
                "channel", "mail",
                "title", "Invoices and refunds",
                "body", "Invoices are under Billing. Refunds take five days."),
            Map.of(
                "material", "key-guide",
                "title", "API keys",
                "body", "Create an API key on the console."),
            Map.of("material", "退款", "title", "退款说明", "body", "七日内可申请退款，款项原路退回。")));
    return key;
  }

  private static Ticket open(String campaign, String text) {
    return support.open(new NewTicket(campaign, text, "mail", "C-1", null));
  }

  @Test
  void shouldKeepATicket_fromQuestionToClosedAnswer() {
    String key = campaign();
    Ticket open = open(key, "  Where is my invoice?  ");
    assertThat(open.state()).isEqualTo("open");
    assertThat(open.text()).isEqualTo("Where is my invoice?");
    assertThat(open.language()).isEqualTo("en");
    assertThat(open.openedAt()).isEqualTo(domain.now());

    var classification =
        support.recordClassification(open.id(), "billing", "neutral", 0.9, "ticket-intent/1");
    assertThat(classification.surge()).isFalse();
    assertThat(classification.ticket().state()).isEqualTo("classified");

    assertThat(support.answer(open.id())).isTrue();
    Ticket answered = support.require(open.id());
    assertThat(answered.answer()).contains("Invoices and refunds", "Invoices are under Billing.");
    assertThat(answered.answeredBy()).isEqualTo("material");
    assertThat(answered.material()).isEqualTo("billing-guide");

    domain.advance(Duration.ofMinutes(5));
    assertThat(support.answer(open.id())).isTrue();
    assertThat(support.require(open.id())).isEqualTo(answered);

    Ticket closed = support.close(open.id(), null, null, "Positive");
    assertThat(closed.state()).isEqualTo("closed");
    assertThat(closed.correctedSentiment()).isEqualTo("positive");
    domain.advance(Duration.ofMinutes(5));
    assertThat(support.close(open.id(), "another answer", "other", null)).isEqualTo(closed);
    assertThat(support.closed(key)).containsExactly(closed);
  }

  @Test
  void shouldAnswerInTheCustomersLanguage() {
    Ticket ticket = open(campaign(), "请问怎么申请退款？");

    assertThat(support.answer(ticket.id())).isTrue();
    assertThat(support.require(ticket.id()).answer()).startsWith("感谢您的来信").contains("《退款说明》");
  }

  @Test
  void shouldLeaveTheAnswerToAnAgent_whenNoMaterialFits() {
    Ticket ticket = open(campaign(), "Does your office dog like bananas?");

    assertThat(support.answer(ticket.id())).isFalse();
    assertThat(support.require(ticket.id()).state()).isEqualTo("open");

    Ticket closed = support.close(ticket.id(), "It does.", "Small-Talk ", null);
    assertThat(closed.answer()).isEqualTo("It does.");
    assertThat(closed.answeredBy()).isEqualTo("agent");
    assertThat(closed.correctedIntent()).isEqualTo("small-talk");
  }

  @Test
  void shouldEscalateOnce() {
    Ticket ticket = open(campaign(), "Hurry");
    Ticket escalated = support.escalate(ticket.id());
    domain.advance(Duration.ofMinutes(1));

    assertThat(escalated.priority()).isEqualTo("urgent");
    assertThat(support.escalate(ticket.id())).isEqualTo(escalated);
  }

  @Test
  void shouldAlarmOnceAWindow_whenTicketsTurnNegative() {
    String key = campaign();
    List<Integer> alarms = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      Ticket ticket = open(key, "ticket " + i);
      String sentiment = i > 12 ? "negative" : "neutral";
      var found = support.recordClassification(ticket.id(), "other", sentiment, 0.8, "1");
      var again = support.recordClassification(ticket.id(), "other", "positive", 0.1, "2");
      assertThat(again.surge()).isEqualTo(found.surge());
      assertThat(again.ticket()).isEqualTo(found.ticket());
      if (found.surge()) {
        alarms.add(i);
      }
    }
    // By hand: the 20th ticket is the 8th negative one: 8/20 = 0.4 > 2 · 0.1. The next may come at
    // 40 (20 of 20 negative; before it 8 of 20: 9/30; 1 > 0.6).
    assertThat(alarms).containsExactly(20, 40);
  }

  @Test
  void shouldAlarmOnce_whenTicketsAreClassifiedAtOnce() throws Exception {
    String key = campaign();
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      tickets.add(open(key, "angry " + i));
    }
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (Ticket ticket : tickets) {
        calls.add(
            () -> support.recordClassification(ticket.id(), "other", "negative", 0.8, "1").surge());
      }
      int alarms = 0;
      for (Future<Boolean> result : pool.invokeAll(calls, 60, TimeUnit.SECONDS)) {
        alarms += result.get() ? 1 : 0;
      }
      assertThat(alarms).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void shouldHandTheMaterialOutOnce() {
    String key = campaign();

    assertThat(windows.open(key, 1)).isEqualTo(2);
    assertThat(windows.open(key, 1)).isEqualTo(2);
    windows.summarise(key, 1);

    var section = domain.bean(ServiceReport.class).section(key, 1).orElseThrow();
    // billing-guide to mail only, the two others to mail and chat.
    assertThat(section.figures().stream().filter(f -> f.id().equals("handed-out")).findFirst())
        .hasValueSatisfying(figure -> assertThat(figure.value()).isEqualTo(5));
    assertThat(domain.bean(BriefingService.class).find(key + "/1/service")).contains(section);
    assertThat(domain.bean(ServiceReport.class).section(key, 2)).isEmpty();
  }

  @Test
  void shouldSumAWindowUp_andKeepItsFigures() {
    String key = campaign();
    windows.open(key, 1);
    Ticket first = support.open(new NewTicket(key, "invoice?", "mail", null, 5));
    Ticket second = support.open(new NewTicket(key, "angry", "mail", null, null));
    open(key, "still open");
    support.recordClassification(first.id(), "billing", "unknown", 0.5, "none");
    support.recordClassification(second.id(), "other", "neutral", 0.5, "1");
    support.answer(first.id());
    support.close(first.id(), null, null, null);
    domain.advance(Duration.ofMinutes(90));
    support.close(second.id(), "Sorry.", null, "negative");

    ServiceSummary summary = windows.summarise(key, 1);
    domain.advance(Duration.ofHours(1));
    open(key, "in the next window");

    // Satisfaction (1 + 0) / 2; negative 1 of 1 known + … the rated one has no known sentiment.
    assertThat(summary).isEqualTo(new ServiceSummary(3, 2, 1, 1, 0, 0, 45, 0.5, 0.5, 1));
    assertThat(windows.summarise(key, 1)).isEqualTo(summary);

    windows.open(key, 2);
    domain.advance(Duration.ofHours(1));
    assertThat(windows.summarise(key, 2).tickets()).isEqualTo(1);
  }

  @Test
  void shouldHaveNeutralFigures_whenNobodyWrote() {
    String key = campaign();
    windows.open(key, 1);

    assertThat(windows.summarise(key, 1))
        .isEqualTo(new ServiceSummary(0, 0, 0, 0, 0, 0, 0, null, 0.5, 0));
    assertThatThrownBy(() -> windows.summarise(key, 7))
        .hasMessageContaining("cycle 7 was not summarised: it was never opened");
  }

  @Test
  void shouldBriefTheAgent() {
    Ticket ticket = open(campaign(), "Where is my invoice?");

    String id = support.brief(ticket.id());

    assertThat(id).isEqualTo("ticket/" + ticket.id());
    var briefing = domain.bean(BriefingService.class).find(id).orElseThrow();
    assertThat(briefing.tables()).hasSize(2);
    assertThat(briefing.tables().get(1).rows().get(0).get(0)).isEqualTo("Invoices and refunds");
    assertThat((Double) briefing.tables().get(1).rows().get(0).get(2)).isBetween(0.12, 1.0);
  }

  @Test
  void shouldOfferTheIntentsOfTheCampaign_notOnlyThoseOfTheSample() {
    String key = campaign();
    Ticket unlabelled = open(key, "Hello");
    support.recordClassification(unlabelled.id(), "unknown", "neutral", 0, "none");
    Ticket told = open(key, "Where is my parcel?");
    support.recordClassification(told.id(), "delivery", "neutral", 0.9, "3");
    support.correct(told.id(), "lost-parcel", null);
    support.recordClassification(open(campaign(), "x").id(), "other-campaign", "neutral", 0.9, "3");

    String id = support.brief(unlabelled.id());

    var tables = domain.bean(BriefingService.class).find(id).orElseThrow().tables();
    var intents = tables.get(tables.size() - 1);
    assertThat(intents.title().en()).isEqualTo("Intents in use");
    assertThat(intents.rows()).containsExactly(List.of("delivery"), List.of("lost-parcel"));
  }

  @Test
  void shouldRefuseBadTickets_andSayWhy() {
    String key = campaign();
    assertThatThrownBy(() -> open(key, "  "))
        .isInstanceOf(InvalidTicketException.class)
        .hasMessageContaining("0 characters; 1 to 5000");
    assertThatThrownBy(() -> open(key, "x".repeat(5001))).hasMessageContaining("5001 characters");
    assertThat(open(key, "x".repeat(5000)).text()).hasSize(5000);
    assertThatThrownBy(() -> open(key, "a\0b")).hasMessageContaining("NUL");
    assertThatThrownBy(() -> open("nowhere", "hello")).isInstanceOf(UnknownCampaignException.class);
    assertThatThrownBy(() -> support.open(new NewTicket(key, "hi", null, null, 6)))
        .hasMessageContaining("rating is 6");
    assertThatThrownBy(() -> support.require("not-an-id"))
        .isInstanceOf(UnknownTicketException.class);
    assertThat(support.find(null)).isEmpty();
    Ticket ticket = open(key, "hello");
    assertThatThrownBy(() -> support.correct(ticket.id(), null, "furious"))
        .hasMessageContaining("sentiment is furious; negative, neutral or positive");
    assertThatThrownBy(
            () -> support.recordClassification(ticket.id(), "x", "positive", Double.NaN, "1"))
        .hasMessageContaining("confidence is NaN");
  }
}
