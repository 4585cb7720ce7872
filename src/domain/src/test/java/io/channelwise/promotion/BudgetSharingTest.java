package io.channelwise.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.support.TestDomain;
import io.channelwise.support.TestPromotion;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class BudgetSharingTest {
  private static TestDomain domain;
  private static TestPromotion given;
  private static PromotionService promotions;
  private static DispatchService dispatches;

  @BeforeAll
  static void start() {
    domain = new TestDomain();
    given = new TestPromotion(domain);
    promotions = domain.bean(PromotionService.class);
    dispatches = domain.bean(DispatchService.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  @Test
  void shouldShareByReach_beforeAnyClick() {
    String key = given.threeChannels();
    promotions.prepare(key, 1, null);

    Allocated allocated = promotions.allocate(key, 1, 1000.009, null);

    // Reach 600 : 400; gamma has no deal.
    assertThat(allocated).isEqualTo(new Allocated(1, 1000, 0.6, 2, key + "/1/promotion-budget"));
    assertThat(promotions.allocate(key, 1, 1000.009, List.of())).isEqualTo(allocated);
    Briefing briefing =
        domain.bean(BriefingService.class).find(allocated.briefingId()).orElseThrow();
    assertThat(briefing.tables().get(0).rows())
        .extracting(row -> row.get(0), row -> row.get(2))
        .containsExactly(tuple("alpha", 600.0), tuple("beta", 400.0));
    assertThat(briefing.figures()).extracting(Briefing.Figure::id).contains("duality-gap");
  }

  @Test
  void shouldShareByAttraction_andMakeANewVersionForOtherTerms() {
    String key = given.threeChannels();
    // Clicks small : large as 1 : 1; smoothed R with K = 3 and α = ½ over n(U) + 1.5 = 101.5.
    given.events(key, "alpha", "small", 80, "click");
    given.events(key, "beta", "small", 20, "click");
    given.events(key, "alpha", "large", 30, "click");
    given.events(key, "beta", "large", 70, "click");
    promotions.prepare(key, 1, null);

    Allocated first = promotions.allocate(key, 1, 1000, null);

    // ½ ln(20.5 + 60 b) + ½ ln(70.5 − 40 b): 30 (70.5 − 40 b) = 20 (20.5 + 60 b),
    // b = 1705 / 2400.
    assertThat(first.largestShare()).isEqualTo(1705.0 / 2400, within(1e-5));
    assertThat(first.allocatedBudget()).isEqualTo(1000);

    Allocated second = promotions.allocate(key, 1, 1000, List.of("alpha"));
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.allocatedChannels()).isEqualTo(1);
    assertThat(second.largestShare()).isEqualTo(1);
    assertThatThrownBy(() -> promotions.allocate(key, 1, -5, null))
        .hasMessageContaining("The budget is -5.0; an amount of at least 0.01");
  }

  @Test
  void shouldKeepToThePlan_andSayWhatTheLimitCosts() {
    String key = given.threeChannels();
    domain.load(
        "activities",
        key,
        List.of(
            Map.of("activity", "a", "material", "case", "channel", "alpha", "budget", 200.0),
            Map.of("activity", "b", "material", "paper", "channel", "alpha", "budget", 100.0)));
    promotions.prepare(key, 1, null);

    Allocated allocated = promotions.allocate(key, 1, 1000, null);

    // Planned 300 in all, so at most 450; reach alone would give alpha 600.
    assertThat(allocated.largestShare()).isEqualTo(0.55);
    Briefing briefing =
        domain.bean(BriefingService.class).find(allocated.briefingId()).orElseThrow();
    assertThat(figure(briefing, "proven")).isEqualTo(true);
    assertThat(briefing.tables().get(0).rows())
        .extracting(row -> row.get(0), row -> row.get(2))
        .containsExactly(tuple("beta", 550.0), tuple("alpha", 450.0));
    assertThat(reasons(briefing))
        .anyMatch(r -> r.contains("Spending on alpha stays at 450.00 CNY because its cap binds"))
        .anyMatch(r -> r.contains("alpha 的支出停在 450.00 CNY，因为已达上限"));
    assertThat(briefing.tables().get(2).rows())
        .extracting(row -> row.get(1))
        .containsExactly(null, "alpha");
    // The report says the same.
    Briefing section = domain.bean(PromotionReport.class).section(key, 1).orElseThrow();
    assertThat(reasons(section)).hasSameSizeAs(reasons(briefing));
    assertThat(promotions.allocate(key, 1, 1000, null).version()).isEqualTo(1);
  }

  @Test
  void shouldShareOutTheWholeBudget_whateverFeesAreSignedAndSoOwed() {
    String key = given.threeChannels();
    String free = given.threeChannels();
    for (String each : List.of(key, free)) {
      given.events(each, "alpha", "small", 70, "click");
      given.events(each, "beta", "small", 30, "click");
      promotions.prepare(each, 1, null);
    }
    domain
        .bean(JdbcClient.class)
        .sql(
            "update deal set agreed_fee = case channel when 'alpha' then 100 else 3000 end"
                + " where campaign_key = ?")
        .param(key)
        .update();

    Allocated allocated = promotions.allocate(key, 1, 1000, null);

    Allocated without = promotions.allocate(free, 1, 1000, null);
    assertThat(allocated.allocatedBudget()).isEqualTo(1000);
    assertThat(allocated.allocatedChannels()).isEqualTo(without.allocatedChannels());
    assertThat(allocated.largestShare()).isEqualTo(without.largestShare());
    Briefing briefing =
        domain.bean(BriefingService.class).find(allocated.briefingId()).orElseThrow();
    assertThat(figure(briefing, "signed-fees")).isEqualTo(3100.0);
    // The database holds releases within the budget.
    SpendRepository spends = domain.bean(SpendRepository.class);
    assertThatThrownBy(
            () -> spends.spend(key, 1, "alpha", 5, new BigDecimal("1000.01"), domain.now()))
        .hasMessageContaining("promotion_never_over_budget");
  }

  @Test
  void shouldSpendLessOnWhatSaturates_asTheClosedFormSays() {
    String key = given.threeChannels();
    Map<String, Object> alpha = TestPromotion.channel("alpha", 600);
    alpha.put("half_saturation", 200.0);
    domain.load("channels", key, List.of(alpha, TestPromotion.channel("beta", 400)));
    given.events(key, "alpha", "small", 40, "click");
    given.events(key, "beta", "small", 60, "click");
    promotions.prepare(key, 1, null);

    Allocated allocated = promotions.allocate(key, 1, 1000, null);

    // One segment: r_a (1 + κ) x / (x + κ) + r_b (1 − x), κ = 0.2, is best where
    // x = √(κ (1 + κ) r_a / r_b) − κ, r = 40.5 : 60.5.
    double x = Math.sqrt(0.2 * 1.2 * 40.5 / 60.5) - 0.2;
    assertThat(allocated.largestShare()).isEqualTo(1 - x, within(1e-5));
    Briefing briefing =
        domain.bean(BriefingService.class).find(allocated.briefingId()).orElseThrow();
    assertThat(reasons(briefing))
        .anyMatch(r -> r.contains("alpha reaches half of what it can bring at a spend of 200.00"))
        .anyMatch(r -> r.contains("No saturation is taken for beta: fewer than 14 days"));
  }

  @Test
  void shouldEstimateSaturation_fromDaysWithSpend_andTellItInBothLanguages() {
    String key = given.threeChannels();
    given.saturatingDays(key, "alpha", 80);
    given.events(key, "beta", "large", 300, "click");
    promotions.prepare(key, 1, null);

    Allocated allocated = promotions.allocate(key, 1, 5000, null);

    Briefing briefing =
        domain.bean(BriefingService.class).find(allocated.briefingId()).orElseThrow();
    Briefing section = domain.bean(PromotionReport.class).section(key, 1).orElseThrow();
    for (Briefing told : List.of(briefing, section)) {
      assertThat(reasons(told))
          .anyMatch(r -> r.contains("alpha saturates: it reaches half of what it can bring at"))
          .anyMatch(r -> r.contains("alpha 会饱和：整个推广期内支出"));
      List<Object> row =
          told.tables().stream()
              .filter(table -> table.title().en().equals("Saturation by channel"))
              .findFirst()
              .orElseThrow()
              .rows()
              .get(0);
      // 80 a day is 1,120 over 14 days; clicks are rounded and scatter less than Poisson's.
      assertThat(row.get(0)).isEqualTo("alpha");
      assertThat((Double) row.get(1)).isEqualTo(1_120, within(60.0));
      assertThat((Double) row.get(2)).isLessThan(1_120);
      assertThat((Double) row.get(3)).isGreaterThan(1_120);
      assertThat(row.get(4)).isEqualTo(30);
    }
    assertThat(promotions.allocate(key, 1, 5000, null)).isEqualTo(allocated);
  }

  private static List<String> reasons(Briefing briefing) {
    return briefing.tables().stream()
        .filter(table -> table.title().en().equals("Why"))
        .flatMap(table -> table.rows().stream())
        .map(row -> row.get(0).toString())
        .toList();
  }

  private static Object figure(Briefing briefing, String id) {
    return briefing.figures().stream()
        .filter(f -> f.id().equals(id))
        .map(Briefing.Figure::value)
        .findFirst()
        .orElse(null);
  }
}
