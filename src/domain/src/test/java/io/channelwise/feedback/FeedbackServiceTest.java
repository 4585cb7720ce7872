package io.channelwise.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.support.NewTicket;
import io.channelwise.support.SupportService;
import io.channelwise.support.TestDomain;
import io.channelwise.support.Ticket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FeedbackServiceTest {
  private static TestDomain domain;
  private static FeedbackService feedback;
  private static DatasetService datasets;
  private static SupportService support;

  @BeforeAll
  static void start() {
    domain = new TestDomain();
    feedback = domain.bean(FeedbackService.class);
    datasets = domain.bean(DatasetService.class);
    support = domain.bean(SupportService.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  private static String campaign() {
    String key = "f" + UUID.randomUUID().toString().substring(0, 8);
    domain.campaign(key, "zh");
    return key;
  }

  private static Map<String, Object> row(String text, String label, Double rating) {
    Map<String, Object> row = new HashMap<>();
    row.put("kind", "survey");
    row.put("text", text);
    row.put("label", label);
    row.put("rating", rating);
    row.put("created_at", domain.now());
    return row;
  }

  private static List<Map<String, Object>> rows(int count) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row("invoice " + i, "Billing", 1.0));
      rows.add(row("太棒了 " + i, "praise", 5.0));
    }
    return rows;
  }

  private static Ticket closed(String key, String text, String corrected, String answer) {
    Ticket ticket = support.open(new NewTicket(key, text, null, null, null));
    support.recordClassification(ticket.id(), "billing", "negative", 0.7, "1");
    return support.close(ticket.id(), answer, corrected, null);
  }

  @Test
  void shouldGatherImportedRowsAndClosedTickets_once() {
    String key = campaign();
    assertThat(domain.load("feedback", key, rows(600))).isEqualTo(1200);
    closed(key, "cancel my plan", "cancellation", "Done.");
    support.open(new NewTicket(key, "still open", null, null, null));

    assertThat(feedback.collect(key, 1).feedback()).isEqualTo(1201);
    assertThat(feedback.collect(key, 1).feedback()).isEqualTo(1201);
    closed(key, "new in cycle two", null, "Done.");
    assertThat(feedback.collect(key, 2).feedback()).isEqualTo(1);
    assertThat(feedback.collect(key, 1).feedback()).isEqualTo(1201);
  }

  @Test
  void shouldReplaceImportedRows_whenTheFileIsBroughtAgain() {
    String key = campaign();
    domain.load("feedback", key, rows(10));
    domain.load("feedback", key, rows(3));

    assertThat(feedback.collect(key, 1).feedback()).isEqualTo(6);
  }

  @Test
  void shouldTakeAPersonsWordForALabelOnly() {
    String key = campaign();
    Ticket corrected = closed(key, "a", "Cancellation", "Done.");
    Ticket confirmed = closed(key, "b", null, "Done.");
    Ticket unseen = closed(key, "c", null, null);

    assertThat(FeedbackService.feedback(corrected).label()).isEqualTo("cancellation");
    assertThat(FeedbackService.feedback(confirmed).label()).isEqualTo("billing");
    assertThat(FeedbackService.feedback(confirmed).sentiment()).isEqualTo("negative");
    assertThat(FeedbackService.feedback(unseen).label()).isNull();
    assertThat(FeedbackService.feedback(unseen).sentiment()).isNull();
  }

  @Test
  void shouldBuildTheDatasetOfIntents_onceForTheSameFeedback() {
    String key = campaign();
    domain.load("feedback", key, rows(20));
    feedback.collect(key, 1);

    DatasetBuild build = datasets.build(key, 1, "ticket-intent", null);
    assertThat(build.dataset().labels()).containsExactly("billing", "praise");
    assertThat(build.dataset().examples()).isEqualTo(40);
    assertThat(build.newExamples()).isEqualTo(40);
    assertThat(datasets.build(key, 1, "ticket-intent", null)).isEqualTo(build);

    String id = build.dataset().id();
    assertThat(datasets.find(id)).contains(build.dataset());
    assertThat(datasets.examples(id, Split.TRAIN)).hasSize(32).doesNotHaveDuplicates();
    assertThat(datasets.examples(id, Split.EVAL)).hasSize(8);
    assertThat(datasets.examples(id, Split.EVAL))
        .doesNotContainAnyElementsOf(datasets.examples(id, Split.TRAIN));
    assertThat(datasets.examples(id, Split.EVAL).stream().map(Example::label))
        .containsOnly("billing", "praise");
  }

  @Test
  void shouldCountWhatTheLiveVersionHasNotSeen() {
    String key = campaign();
    domain.load("feedback", key, rows(20));
    feedback.collect(key, 1);
    String live = datasets.build(key, 1, "ticket-intent", null).dataset().id();
    assertThat(datasets.build(key, 1, "ticket-intent", live).newExamples()).isZero();

    closed(key, "invoice is wrong again", "billing", "Done.");
    closed(key, "Invoice 3", "praise", "A label that changed counts as new.");
    feedback.collect(key, 2);
    DatasetBuild second = datasets.build(key, 2, "ticket-intent", live);

    assertThat(second.dataset().id()).isNotEqualTo(live);
    assertThat(second.dataset().examples()).isEqualTo(41);
    assertThat(second.newExamples()).isEqualTo(2);
  }

  @Test
  void shouldBuildTheDatasetOfSentiments_fromRatings() {
    String key = campaign();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(row("bad " + i, null, 2.0));
      rows.add(row("so so " + i, null, 3.0));
      rows.add(row("good " + i, null, 4.0));
      rows.add(row("unrated " + i, null, null));
    }
    domain.load("feedback", key, rows);
    feedback.collect(key, 1);

    Dataset dataset = datasets.build(key, 1, "ticket-sentiment", null).dataset();

    assertThat(dataset.labels()).containsExactly("negative", "neutral", "positive");
    assertThat(dataset.examples()).isEqualTo(30);
    assertThat(datasets.examples(dataset.id(), Split.TRAIN))
        .filteredOn(e -> e.text().startsWith("so so"))
        .hasSize(8)
        .allSatisfy(e -> assertThat(e.label()).isEqualTo("neutral"));
    assertThatThrownBy(() -> datasets.build(key, 1, "ticket-intent", null))
        .isInstanceOf(DatasetTooSmallException.class)
        .hasMessageContaining("0 different labelled texts");
    assertThatThrownBy(() -> datasets.build(key, 1, "other", null))
        .hasMessageContaining(
            "Use ticket-intent, ticket-sentiment, purchase-probability, material-fit");
    assertThatThrownBy(() -> datasets.require("nonsense"))
        .isInstanceOf(UnknownDatasetException.class);
  }

  @Test
  void shouldRankImprovements_andKeepTheChoice() {
    String key = campaign();
    domain.load(
        "improvements",
        key,
        List.of(
            Map.of("kind", "model", "description", "Slow", "effort", 8.0, "value", 4.0),
            Map.of("kind", "product", "description", "Unknown"),
            Map.of("kind", "product", "description", "Quick win", "effort", 1.0, "value", 5.0)));
    domain.load("feedback", key, rows(2));
    String briefingId = feedback.collect(key, 1).briefingId();

    assertThat(briefingId).isEqualTo(key + "/1/improvements");
    Briefing briefing = domain.bean(BriefingService.class).find(briefingId).orElseThrow();
    assertThat(briefing.tables().get(0).rows().stream().map(r -> r.get(1)))
        .containsExactly("Quick win", "Slow", "Unknown");
    assertThat(briefing.tables().get(1).rows().get(0)).startsWith("billing", 2);

    List<String> chosen = new ArrayList<>(List.of("slow", "1", "quick win", " An idea of ours "));
    assertThat(feedback.plan(key, 1, chosen, "go")).isEqualTo(3);
    assertThat(feedback.plan(key, 1, chosen, "go")).isEqualTo(3);
    Briefing section = domain.bean(IterationReport.class).section(key, 1).orElseThrow();
    assertThat(section.tables().get(0).rows().stream().map(r -> r.get(1)))
        .containsExactly("Slow", "Quick win", "An idea of ours");
    assertThat(feedback.plan(key, 1, null, null)).isZero();
    assertThat(domain.bean(IterationReport.class).section(key, 2)).isEmpty();
  }
}
