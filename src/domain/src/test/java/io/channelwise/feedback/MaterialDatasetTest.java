package io.channelwise.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.promotion.CollectionService;
import io.channelwise.promotion.DispatchService;
import io.channelwise.promotion.MaterialRankService;
import io.channelwise.promotion.PromotionService;
import io.channelwise.support.TestDomain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ten segments, three channels with a material each, a hundred views of every segment on every
 * channel. A segment clicks 52 of 300, 0.1733. Wilson by hand: of 100 views, 30 clicks lie in
 * 0.2189 to 0.3958, 5 in 0.0215 to 0.1118, 17 in 0.1089 to 0.2555.
 */
class MaterialDatasetTest {
  private static final Map<String, Integer> CLICKS = Map.of("good", 30, "bad", 5, "usual", 17);
  private static final int SEGMENTS = 10;

  private static TestDomain domain;
  private static DatasetService datasets;

  @BeforeAll
  static void start() {
    domain = new TestDomain();
    datasets = domain.bean(DatasetService.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  private static String campaign() {
    String key = "m" + UUID.randomUUID().toString().substring(0, 8);
    domain.campaign(key, "en");
    List<Map<String, Object>> channels = new ArrayList<>();
    List<Map<String, Object>> materials = new ArrayList<>();
    for (String name : CLICKS.keySet()) {
      channels.add(
          Map.of(
              "channel",
              name,
              "market",
              "retail",
              "kind",
              "partner",
              "reach",
              100.0,
              "fixed_cost",
              0.0,
              "revenue_share",
              0.1,
              "contact",
              "mailto:a@example.com"));
      materials.add(
          Map.of(
              "material",
              "m-" + name,
              "kind",
              "post",
              "channel",
              name,
              "title",
              "The " + name,
              "body",
              "In full."));
    }
    domain.load("channels", key, channels);
    domain.load("materials", key, materials);
    CLICKS.keySet().forEach(name -> sign(key, name));
    Map<String, Object> answer = new HashMap<>();
    answer.put("market", "retail");
    answer.put("respondent", "r1");
    answer.put("need", true);
    answer.put("segment", "segment 0");
    answer.put("pain_point", "late parcels");
    domain.load("survey", key, List.of(answer));
    return key;
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

  private static void promote(String key) {
    DispatchService dispatches = domain.bean(DispatchService.class);
    domain.bean(PromotionService.class).prepare(key, 1, null);
    domain.bean(PromotionService.class).allocate(key, 1, 1000, null);
    for (DispatchService.Planned planned : dispatches.plan(key, 1)) {
      UUID claim = dispatches.claim(planned.message().id()).orElseThrow();
      dispatches.sent(key, 1, planned.message(), claim, "outbox");
    }
    domain.advance(Duration.ofHours(1));
  }

  private static void react(String key) {
    List<Map<String, Object>> events = new ArrayList<>();
    CLICKS.forEach(
        (channel, clicks) -> {
          for (int segment = 0; segment < SEGMENTS; segment++) {
            for (int i = 0; i < 100 + clicks; i++) {
              events.add(
                  Map.of(
                      "event_id",
                      UUID.randomUUID().toString(),
                      "user",
                      "u" + i,
                      "segment",
                      "segment " + segment,
                      "channel",
                      channel,
                      "type",
                      i < 100 ? "view" : "click",
                      "occurred_at",
                      domain.now(),
                      "revenue",
                      0.0,
                      "cost",
                      0.0));
            }
          }
        });
    domain.load("events", key, events);
    domain.advance(Duration.ofHours(1));
  }

  @Test
  void shouldLabelWhatClicksSayClearly_theSameOnEveryBuild() {
    String key = campaign();
    promote(key);
    react(key);
    domain.bean(CollectionService.class).collect(key, 1, "task-1");

    DatasetBuild build = datasets.build(key, 1, MaterialRankService.MODEL, null);
    // What comes in later is for a later cycle.
    domain.advance(Duration.ofHours(1));
    react(key);

    assertThat(datasets.build(key, 1, MaterialRankService.MODEL, null)).isEqualTo(build);
    assertThat(build.dataset().labels()).containsExactly("not", "suits");
    assertThat(build.newExamples()).isEqualTo(20);
    List<Example> examples =
        Stream.of(Split.TRAIN, Split.EVAL)
            .flatMap(split -> datasets.examples(build.dataset().id(), split).stream())
            .toList();
    assertThat(examples)
        .hasSize(20)
        .contains(
            new Example("segment 0: late parcels", "The good\nIn full.", "suits"),
            new Example("segment 1", "The bad\nIn full.", "not"))
        .noneMatch(example -> example.pair().contains("usual"));
    assertThat(examples).filteredOn(e -> e.label().equals("suits")).hasSize(SEGMENTS);
    assertThat(datasets.examples(build.dataset().id(), Split.EVAL)).hasSize(4);
    assertThat(
            datasets.build(key, 1, MaterialRankService.MODEL, build.dataset().id()).newExamples())
        .isZero();
  }

  @Test
  void shouldSayWhatIsMissing_whenClicksSayTooLittle() {
    String key = campaign();

    assertThatThrownBy(() -> datasets.build(key, 1, MaterialRankService.MODEL, null))
        .isInstanceOf(DatasetTooSmallException.class)
        .hasMessageContaining("Dataset material-fit of campaign " + key)
        .hasMessageContaining("0 different labelled texts were found")
        .hasMessageEndingWith(
            "Send materials to more segments, or let more views and clicks come in.");
  }
}
