package io.channelwise.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.promotion.RankedMaterials.Rank;
import io.channelwise.promotion.RankedMaterials.Source;
import io.channelwise.support.TestDomain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class MaterialRankServiceTest {
  private static TestDomain domain;
  private static PromotionService promotions;
  private static DispatchService dispatches;
  private static MaterialRankService ranks;

  @BeforeAll
  static void start() {
    domain = new TestDomain();
    promotions = domain.bean(PromotionService.class);
    dispatches = domain.bean(DispatchService.class);
    ranks = domain.bean(MaterialRankService.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  /** One channel with a deal and two materials. */
  private static String campaign() {
    String key = "r" + UUID.randomUUID().toString().substring(0, 8);
    domain.campaign(key, "en");
    domain.load(
        "channels",
        key,
        List.of(
            Map.of(
                "channel",
                "alpha",
                "market",
                "retail",
                "kind",
                "partner",
                "reach",
                600.0,
                "fixed_cost",
                0.0,
                "revenue_share",
                0.1,
                "contact",
                "mailto:a@example.com")));
    domain.load("materials", key, List.of(material("case", "Parcels"), material("paper", "Loans")));
    for (int cycle = 1; cycle <= 2; cycle++) {
      sign(key, cycle);
    }
    return key;
  }

  private static Map<String, Object> material(String name, String title) {
    return Map.of(
        "material", name, "kind", "post", "channel", "alpha", "title", title, "body", "In full.");
  }

  private static void sign(String key, int cycle) {
    JdbcClient jdbc = domain.bean(JdbcClient.class);
    String id = UUID.randomUUID().toString();
    jdbc.sql(
            """
            insert into deal
              (deal_id, campaign_key, cycle, channel, state, round, revenue_share_open,
               fixed_fee_open, revenue_share_max, fixed_fee_max, agreed_share, agreed_fee,
               expected_revenue, exclusive, term_months, created_at, updated_at)
            values (?, ?, ?, 'alpha', 'signed', 1, 0.1, 0, 0.2, 0, 0.1, 0, 100, false, 12, now(),
                    now())
            """)
        .params(id, key, cycle)
        .update();
    jdbc.sql("insert into deal_offer values (?, 1, 0.1, 0, now())").params(id).update();
  }

  private static void survey(String key) {
    List<Map<String, Object>> rows = new ArrayList<>();
    String[][] answers = {
      {"shops", "late parcels; returns"}, {"shops", "returns"}, {"banks", "slow loans"}
    };
    for (int i = 0; i < answers.length; i++) {
      Map<String, Object> row = new HashMap<>();
      row.put("market", "retail");
      row.put("respondent", "r" + i);
      row.put("need", true);
      row.put("segment", answers[i][0]);
      row.put("pain_point", answers[i][1]);
      rows.add(row);
    }
    domain.load("survey", key, rows);
  }

  private static void events(String key, String segment, String type, int count) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          Map.of(
              "event_id",
              UUID.randomUUID().toString(),
              "user",
              "u" + i,
              "segment",
              segment,
              "channel",
              "alpha",
              "type",
              type,
              "occurred_at",
              domain.now(),
              "revenue",
              0.0,
              "cost",
              0.0));
    }
    domain.load("events", key, rows);
  }

  private static Briefing briefing(String id) {
    return domain.bean(BriefingService.class).find(id).orElseThrow();
  }

  private static List<String> titles(Briefing briefing) {
    return briefing.tables().stream().map(table -> table.title().en()).toList();
  }

  @Test
  void shouldPairSegmentsOfClicksAndSurveyWithWhatIsPrepared() {
    String key = campaign();
    survey(key);
    events(key, "shops", "click", 3);
    events(key, "cafes", "click", 1);
    promotions.prepare(key, 1, null);

    assertThat(ranks.pairs(key, 1))
        .containsExactly(
            new MaterialPair("shops", "case", "shops: returns; late parcels", "Parcels\nIn full."),
            new MaterialPair("shops", "paper", "shops: returns; late parcels", "Loans\nIn full."),
            new MaterialPair("cafes", "case", "cafes", "Parcels\nIn full."),
            new MaterialPair("cafes", "paper", "cafes", "Loans\nIn full."),
            new MaterialPair("banks", "case", "banks: slow loans", "Parcels\nIn full."),
            new MaterialPair("banks", "paper", "banks: slow loans", "Loans\nIn full."));
    assertThat(ranks.pairs(key, 2)).isEmpty();
  }

  @Test
  void shouldStoreTheModelsRankingOnce_showIt_andSendTheBetterFirst() {
    String key = campaign();
    events(key, "shops", "click", 3);
    promotions.prepare(key, 1, null);
    List<MaterialPair.Scored> scores =
        List.of(
            new MaterialPair.Scored("shops", "case", 0.25),
            new MaterialPair.Scored("shops", "paper", 0.75),
            new MaterialPair.Scored("shops", "gone", 0.9));

    RankedMaterials first = ranks.byModel(key, 1, 4, scores);
    RankedMaterials again = ranks.byModel(key, 1, 5, List.of());

    assertThat(first.ranks())
        .extracting(Rank::segment, Rank::place, Rank::material, Rank::score)
        .containsExactly(tuple("shops", 1, "paper", 0.75), tuple("shops", 2, "case", 0.25));
    assertThat(again).isEqualTo(first);
    assertThat(ranks.byClicks(key, 1)).isEqualTo(first);
    assertThat(first.modelVersion()).isEqualTo(4);
    // What a late delivery of the preparation prepares again is the same, and stays ranked.
    String briefingId = promotions.prepare(key, 1, null).briefingId();
    assertThat(ranks.brief(key, 1)).isEqualTo(briefingId);
    Briefing briefing = briefing(briefingId);
    assertThat(titles(briefing))
        .containsExactly(
            "Materials by channel",
            "Planned activities",
            "Which material suits which segment, by model material-fit, version 4",
            "What each channel sends first");
    assertThat(briefing.tables().get(2).rows())
        .containsExactly(List.of("shops", 1, "paper", 0.75), List.of("shops", 2, "case", 0.25));
    assertThat(briefing.tables().get(2).sources())
        .extracting(Briefing.Source::href)
        .containsExactly(
            "/api/models/material-fit/versions", "/api/campaigns/%s/promotions/1".formatted(key));
    JsonNode recorded =
        domain.bean(PromotionTrace.class).promotion(key, 1).orElseThrow().path("materialRanking");
    assertThat(recorded.path("modelVersion").asInt()).isEqualTo(4);
    assertThat(recorded.at("/ranks/0/score").asDouble()).isEqualTo(0.75);
    assertThat(recorded.at("/order/0/material").asText()).isEqualTo("paper");
    assertThat(briefing.tables().get(3).rows())
        .containsExactly(List.of("alpha", 1, "paper", 0.75), List.of("alpha", 2, "case", 0.25));
    assertThat(briefing.summary().en()).contains("by version 4 of model material-fit");
    assertThat(briefing.summary().zh()).contains("模型 material-fit 第 4 版");
    // The order follows, the money does not.
    promotions.allocate(key, 1, 1000, null);
    assertThat(dispatches.plan(key, 1))
        .extracting(p -> p.message().material(), p -> p.message().approved().intValue())
        .containsExactly(tuple("paper", 1000), tuple("case", 1000));
    assertThat(titles(domain.bean(PromotionReport.class).section(key, 1).orElseThrow()))
        .contains(
            "Which material suits which segment, by model material-fit, version 4",
            "What each channel sends first");
  }

  @Test
  void shouldRankAgain_whenOtherMaterialsArePrepared() {
    String key = campaign();
    promotions.prepare(key, 1, null);
    ranks.byModel(key, 1, 1, List.of(new MaterialPair.Scored("shops", "case", 0.25)));

    Briefing reworked = briefing(promotions.prepare(key, 1, List.of("case")).briefingId());

    assertThat(ranks.find(key, 1)).isEmpty();
    assertThat(titles(reworked)).containsExactly("Materials by channel", "Planned activities");
    assertThat(ranks.byClicks(key, 1).source()).isEqualTo(Source.NONE);
  }

  @Test
  void shouldRankByClicks_whereTheMaterialsWentBefore() {
    String key = campaign();
    promotions.prepare(key, 1, List.of("paper"));
    ranks.byClicks(key, 1);
    promotions.allocate(key, 1, 1000, null);
    for (DispatchService.Planned planned : dispatches.plan(key, 1)) {
      UUID claim = dispatches.claim(planned.message().id()).orElseThrow();
      dispatches.sent(key, 1, planned.message(), claim, "outbox");
    }
    events(key, "shops", "view", 80);
    events(key, "shops", "click", 9);
    domain.advance(Duration.ofDays(1));
    promotions.prepare(key, 2, null);

    RankedMaterials ranking = ranks.byClicks(key, 2);

    // Prior mean (9 + 1) / (80 + 20) = 0.1 from Beta(1, 9); (1 + 9) / (10 + 80) of case.
    assertThat(ranking.source()).isEqualTo(Source.CLICKS);
    assertThat(ranking.ranks())
        .singleElement()
        .satisfies(
            rank -> {
              assertThat(rank.material()).isEqualTo("case");
              assertThat(rank.score()).isCloseTo(10.0 / 90, within(1e-12));
              assertThat(rank.low()).isLessThan(rank.score());
            });
    Briefing briefing = briefing(ranks.brief(key, 2));
    assertThat(titles(briefing))
        .contains("Which material suits which segment, by clicks before these were sent");
    // paper was not seen: it counts with the segment's 0.1.
    List<List<Object>> order = briefing.tables().get(3).rows();
    assertThat(order).extracting(row -> row.get(2)).containsExactly("case", "paper");
    assertThat((double) order.get(1).get(3)).isCloseTo(0.1, within(1e-12));
    assertThat(ranks.byClicks(key, 2)).isEqualTo(ranking);
    domain.advance(Duration.ofDays(1));
    assertThat(ranks.byClicks(key, 2)).isEqualTo(ranking);
  }

  @Test
  void shouldSayThatMaterialsStandUnranked_whenNothingIsKnown() {
    String key = campaign();
    promotions.prepare(key, 1, null);

    RankedMaterials ranking = ranks.byClicks(key, 1);

    assertThat(ranking).isEqualTo(new RankedMaterials(Source.NONE, null, null, List.of()));
    Briefing briefing = briefing(ranks.brief(key, 1));
    assertThat(titles(briefing)).containsExactly("Materials by channel", "Planned activities");
    assertThat(briefing.summary().en()).contains("They stand unranked: no model material-fit");
    assertThat(briefing.summary().zh()).contains("材料尚无排名");
    assertThat(briefing.tables().get(0).rows())
        .extracting(row -> row.get(0))
        .containsExactly("case", "paper");
  }
}
