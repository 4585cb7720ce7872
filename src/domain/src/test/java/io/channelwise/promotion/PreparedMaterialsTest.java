package io.channelwise.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.support.TestDomain;
import io.channelwise.support.TestPromotion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PreparedMaterialsTest {
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
  void shouldPrepareWhatFitsEachSignedChannel() {
    String key = given.threeChannels();

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
  void shouldRankMaterialsBySegment_fromWhatHappenedAfterTheyWereSent() {
    String key = given.threeChannels();
    promotions.prepare(key, 1, null);
    promotions.allocate(key, 1, 1000, null);
    given.events(key, "beta", "small", 50, "view");
    domain.advance(Duration.ofMinutes(1));
    given.send(key);
    domain.advance(Duration.ofDays(1));
    given.events(key, "alpha", "small", 40, "view");
    given.events(key, "alpha", "small", 20, "click");
    given.events(key, "beta", "small", 40, "view");
    given.events(key, "beta", "large", 8, "click");
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

  private static List<List<Object>> ranking(Briefing briefing) {
    return briefing.tables().stream()
        .filter(table -> table.title().en().startsWith("Which material suits which segment"))
        .flatMap(table -> table.rows().stream())
        .toList();
  }
}
