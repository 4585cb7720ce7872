package io.channelwise.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.channel.EventFormat;
import io.channelwise.channel.EventService;
import io.channelwise.channel.UserBehaviour;
import io.channelwise.probability.BehaviourTable;
import io.channelwise.support.TestDomain;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PurchaseDatasetTest {
  private static final String MODEL = DatasetService.PURCHASE_PROBABILITY;
  private static TestDomain domain;
  private static DatasetService datasets;
  private static EventService events;
  private String campaign;

  @BeforeAll
  static void start() {
    domain = new TestDomain();
    datasets = domain.bean(DatasetService.class);
    events = domain.bean(EventService.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  @BeforeEach
  void newCampaign() {
    campaign = "p" + UUID.randomUUID().toString().substring(0, 8);
    domain.campaign(campaign, "en");
    domain.load("channels", campaign, List.of(channel("shop"), channel("forum")));
  }

  private static Map<String, Object> channel(String name) {
    Map<String, Object> row = new HashMap<>();
    row.put("channel", name);
    row.put("kind", "partner");
    row.put("reach", 10.0);
    row.put("fixed_cost", 0.0);
    row.put("revenue_share", 0.1);
    return row;
  }

  private void append(List<String> rows) {
    String csv =
        "event_id,user,segment,channel,type,occurred_at,revenue,cost\n" + String.join("\n", rows);
    events.append(
        campaign, EventFormat.CSV, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void shouldSumUpWhatHappenedBeforeTheFirstPurchase() {
    append(
        List.of(
            // Tuesday, ten o'clock; what follows the purchase must not count.
            "a1,ann,big,shop,view,2026-03-03T10:00:00Z,0,0",
            "a2,ann,other,shop,click,2026-03-03T10:15:00Z,0,0",
            "a3,ann,big,forum,click,2026-03-03T12:30:00Z,0,0",
            "a4,ann,big,shop,purchase,2026-03-03T13:00:00Z,9,0",
            "a5,ann,big,shop,click,2026-03-03T14:00:00Z,0,0",
            "a6,ann,big,shop,purchase,2026-03-03T15:00:00Z,9,0",
            // Nothing is known before these purchases.
            "b1,bob,big,shop,purchase,2026-03-03T10:00:00Z,9,0",
            "b2,bob,big,shop,click,2026-03-04T10:00:00Z,0,0",
            "d1,dan,big,shop,click,2026-03-03T10:00:00Z,0,0",
            "d2,dan,big,shop,purchase,2026-03-03T10:00:00Z,9,0",
            // Sunday in UTC; the earlier id comes first of two at one time.
            "c2,cid,small,shop,view,2026-03-08T23:30:00Z,0,0",
            "c1,cid,small,forum,view,2026-03-09T01:30:00+02:00,0,0"));

    List<UserBehaviour> users =
        events.behaviour(campaign, 10).stream()
            .sorted((a, b) -> a.user().compareTo(b.user()))
            .toList();

    assertThat(users)
        .containsExactly(
            new UserBehaviour(
                "ann", "big", "shop", 1, 2, Map.of("shop", 1, "forum", 1), 2, 2.5, 10, 2, true),
            new UserBehaviour("cid", "small", "forum", 2, 0, Map.of(), 2, 0, 23, 7, false));
    assertThat(events.behaviour(campaign, 1)).hasSize(1);
  }

  /** Every third buys after three clicks, the others click once or not at all. */
  private static List<String> rows(int users) {
    List<String> rows = new ArrayList<>();
    for (int u = 0; u < users; u++) {
      boolean buys = u % 3 == 0;
      String form = "e%d-%d,u%d,%s,%s,%s,2026-03-0%dT0%d:00:00Z,%d,0";
      String segment = u % 2 == 0 ? "big" : "small";
      String channel = u % 5 == 0 ? "forum" : "shop";
      int day = 1 + u % 7;
      rows.add(form.formatted(u, 0, u, segment, channel, "view", day, 0, 0));
      for (int c = 1; c <= (buys ? 3 : u % 2); c++) {
        rows.add(form.formatted(u, c, u, segment, channel, "click", day, c, 0));
      }
      if (buys) {
        rows.add(form.formatted(u, 9, u, segment, channel, "purchase", day, 9, 5));
      }
    }
    return rows;
  }

  @Test
  void shouldGiveTheSameDataset_whateverTheOrderOfEvents() {
    append(rows(150));
    DatasetBuild first = datasets.build(campaign, 1, MODEL, null);
    assertThat(datasets.build(campaign, 2, MODEL, null)).isEqualTo(first);
    assertThat(first.dataset().kind()).isEqualTo(Dataset.Kind.BEHAVIOUR);
    assertThat(first.dataset().labels()).containsExactly("no purchase", "purchase");
    assertThat(first.dataset().examples()).isEqualTo(150);
    assertThat(first.newExamples()).isEqualTo(150);

    newCampaign();
    List<String> shuffled = rows(150);
    Collections.shuffle(shuffled, new Random(1));
    append(shuffled);
    assertThat(datasets.build(campaign, 1, MODEL, null).dataset().sha256())
        .isEqualTo(first.dataset().sha256());
  }

  @Test
  void shouldHoldOutAFifthOfThoseWhoBoughtAndOfTheOthers() {
    append(rows(150));
    String id = datasets.build(campaign, 1, MODEL, null).dataset().id();

    BehaviourTable train = datasets.behaviour(id, Split.TRAIN);
    BehaviourTable judged = datasets.behaviour(id, Split.EVAL);

    assertThat(List.of(train.size(), train.purchases())).containsExactly(120, 40);
    assertThat(List.of(judged.size(), judged.purchases())).containsExactly(30, 10);
    assertThat(train.columns())
        .containsExactly(
            "segment",
            "first_channel",
            "views",
            "clicks",
            "channels",
            "hours",
            "first_hour",
            "first_weekday",
            "clicks: forum",
            "clicks: shop");
    FeedbackTrace trace = domain.bean(FeedbackTrace.class);
    assertThat(trace.dataset(id).path("kind").asText()).isEqualTo("behaviour");
    assertThat(trace.dataset(id).path("columns")).hasSize(10);
    assertThat(trace.examples(id, 0, 3).at("/rows/2/cells")).hasSize(10);
    var section = domain.bean(IterationReport.class).section(campaign, 1).orElseThrow();
    assertThat(section.tables())
        .anySatisfy(
            table ->
                assertThat(table.rows())
                    .containsExactly(List.of("no purchase", 80, 20), List.of("purchase", 40, 10)));
  }

  @Test
  void shouldCountWhatTheLiveVersionHasNotSeen() {
    append(rows(150));
    String before = datasets.build(campaign, 1, MODEL, null).dataset().id();
    assertThat(datasets.build(campaign, 1, MODEL, before).newExamples()).isZero();

    // Four new users; the others did nothing new.
    List<String> more = rows(154);
    append(more);

    DatasetBuild next = datasets.build(campaign, 2, MODEL, before);
    assertThat(next.dataset().examples()).isEqualTo(154);
    assertThat(next.newExamples()).isEqualTo(4);
    assertThat(next.dataset().id()).isNotEqualTo(before);
  }

  @Test
  void shouldSayWhy_whenThereAreTooFew() {
    append(rows(72));
    assertThatThrownBy(() -> datasets.build(campaign, 1, MODEL, null))
        .isInstanceOf(DatasetTooSmallException.class)
        .hasMessage(
            "Dataset purchase-probability of campaign %s, cycle 1 was not built: 72 users with behaviour before a first purchase were found, 24 of them bought; at least 130 users are expected, 25 who bought and as many who did not. Import more events; until then segments are weighed by their clicks."
                .formatted(campaign));
    newCampaign();
    assertThatThrownBy(() -> datasets.build(campaign, 1, MODEL, null))
        .isInstanceOf(DatasetTooSmallException.class)
        .hasMessageContaining("0 users");
  }
}
