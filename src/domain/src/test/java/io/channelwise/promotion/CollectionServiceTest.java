package io.channelwise.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.support.TestDomain;
import io.channelwise.support.TestPromotion;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CollectionServiceTest {
  private static TestDomain domain;
  private static TestPromotion given;
  private static PromotionService promotions;
  private static CollectionService collections;

  @BeforeAll
  static void start() {
    domain = new TestDomain();
    given = new TestPromotion(domain);
    promotions = domain.bean(PromotionService.class);
    collections = domain.bean(CollectionService.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  @Test
  void shouldCollectOnceARequest_andSteerTheRest() {
    String key = given.threeChannels();
    promotions.prepare(key, 1, null);
    promotions.allocate(key, 1, 1000, null);
    given.events(key, "alpha", "small", 7, "click");
    domain.advance(Duration.ofMinutes(1));
    given.send(key);
    domain.advance(Duration.ofDays(3).plusHours(12));
    given.events(key, "alpha", "small", 30, "click");
    given.events(key, "alpha", "small", 9, "purchase");
    given.events(key, "beta", "small", 80, "click");
    given.events(key, "gamma", "small", 5, "click");
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

  @Test
  void shouldSteerNoChannelPastItsPlan() {
    String key = given.threeChannels();
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
    given.send(key);
    given.events(key, "alpha", "small", 300, "click");
    given.events(key, "alpha", "small", 200, "purchase");
    domain.advance(Duration.ofDays(11));

    assertThat(collections.collect(key, 1, "task-1").spent()).isEqualByComparingTo("1000");

    Briefing section = domain.bean(PromotionReport.class).section(key, 1).orElseThrow();
    assertThat(section.tables().get(0).rows())
        .extracting(row -> row.get(0), row -> row.get(3))
        .containsExactly(tuple("alpha", 450.0), tuple("beta", 550.0));
    assertThat(moved(section).get(0).get(9).toString())
        .contains("It is at its limit of 450.00, the cap of the approved allocation.");
  }

  private static List<List<Object>> moved(Briefing section) {
    return section.tables().stream()
        .filter(table -> table.title().en().equals("Money moved by results"))
        .flatMap(table -> table.rows().stream())
        .toList();
  }
}
