package io.channelwise.replay;

import static io.channelwise.support.TestPromotion.channel;
import static io.channelwise.support.TestPromotion.material;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.campaign.Text;
import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.plan.Plan;
import io.channelwise.plan.PlanDecision;
import io.channelwise.plan.PlanEvaluation;
import io.channelwise.plan.PlanService;
import io.channelwise.promotion.Allocated;
import io.channelwise.promotion.PromotionService;
import io.channelwise.promotion.SharingRefusedException;
import io.channelwise.replay.Replay.Compared;
import io.channelwise.support.TestDomain;
import io.channelwise.support.TestPromotion;
import io.channelwise.support.TestPurchases;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReplayServiceTest {
  private static TestDomain domain;
  private static TestPromotion given;
  private static ReplayService replays;
  private static PromotionService promotions;
  private static PlanService plans;

  @BeforeAll
  static void start() {
    domain = new TestDomain();
    given = new TestPromotion(domain);
    replays = domain.bean(ReplayService.class);
    promotions = domain.bean(PromotionService.class);
    plans = domain.bean(PlanService.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  /** Channels alpha, beta and gamma with deals, clicks of two segments, one competitor. */
  private static String campaign(double fee) {
    String key = given.campaign();
    List<String> names = List.of("alpha", "beta", "gamma");
    domain.load("channels", key, names.stream().map(name -> channel(name, 500)).toList());
    domain.load(
        "competitors",
        key,
        List.of(
            new HashMap<>(
                Map.of(
                    "market",
                    "retail",
                    "competitor",
                    "Big",
                    "market_share",
                    0.5,
                    "price",
                    100.0))));
    domain.load(
        "materials", key, names.stream().map(name -> material("m-" + name, name, "t")).toList());
    names.forEach(channel -> given.sign(key, channel, fee));
    clicks(key, "alpha", "small", 80);
    clicks(key, "beta", "small", 20);
    clicks(key, "alpha", "large", 30);
    clicks(key, "beta", "large", 70);
    clicks(key, "gamma", "large", 20);
    return key;
  }

  private static void clicks(String key, String channel, String segment, int count) {
    given.events(key, channel, segment, count, "click");
  }

  private static Compared figure(List<Compared> figures, String id) {
    return figures.stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
  }

  private static Plan decided(String key) {
    plans.optimise(key, 1, "retail");
    Plan recommended = plans.plans(key, 1).get(0);
    return plans.publish(key, 1, recommended.id());
  }

  @Test
  void shouldReplayAPlanMadeByHand_likeOneThatWasFound() {
    String key = campaign(50);
    plans.optimise(key, 1, "retail");
    Plan found = plans.plans(key, 1).get(0);
    Plan made =
        plans.makeByHand(
            key,
            1,
            new PlanDecision(
                found.pricingModel(),
                found.price() * 1.013,
                found.serviceLevel(),
                found.channels()),
            "lead");
    plans.publish(key, 1, made.id());
    shared(key, 3000, null);

    Replay replay = replays.replay(key, 1, new Change(null, found.price(), null));

    assertThat(figure(replay.plan(), "price").recorded()).isEqualTo(made.price());
    assertThat(figure(replay.plan(), "revenue").recorded()).isEqualTo(made.revenue());
    assertThat(figure(replay.plan(), "revenue").replayed())
        .isCloseTo(found.revenue(), within(1e-6));
  }

  private static Allocated shared(String key, double budget, List<String> excluded) {
    promotions.prepare(key, 1, null);
    return promotions.allocate(key, 1, budget, excluded);
  }

  private static Change channels(String... names) {
    return new Change(List.of(names), null, null);
  }

  @Test
  void shouldKeepTheSegmentWeightsOfItsTime_whenAnotherModelIsReleased() {
    String key = campaign(0);
    Allocated byClicks = shared(key, 1000, null);
    int version = release(key, 0.3, 0.1);
    Allocated byPurchases = promotions.allocate(key, 1, 1000, null);
    assertThat(byPurchases.version()).isEqualTo(byClicks.version() + 1);
    release(key, 0.05, 0.4);

    Replay replay = replays.replay(key, 1, Change.NONE);

    assertThat(replay.budget()).allMatch(Compared::isSame);
    assertThat(replay.channels()).hasSize(3).allMatch(Compared::isSame);
    assertThat(replay.sentences())
        .extracting(Text::en)
        .first()
        .asString()
        .startsWith("The replay gives exactly what was recorded");
    Replay changed = replays.replay(key, 1, new Change(null, null, 900.0));
    assertThat(changed.sentences())
        .extracting(Text::en)
        .anyMatch(
            sentence ->
                sentence.startsWith("P(U) is the mean purchase probability")
                    && sentence.contains("version " + version + ","));
  }

  private static int release(String key, double large, double small) {
    return TestPurchases.release(
        domain,
        TestPurchases.candidate(
            domain,
            key,
            TestPurchases.segment("large", 60, large),
            TestPurchases.segment("small", 140, small)));
  }

  @Test
  void shouldGiveTheRecordedFiguresExactly_whenNothingIsChanged_evenAfterMoreClicks() {
    String key = campaign(7.5);
    Plan plan = decided(key);
    Allocated allocated = shared(key, 1000.01, null);
    clicks(key, "gamma", "small", 500);

    Replay replay = replays.replay(key, 1, Change.NONE);

    assertThat(replay.planId()).isEqualTo(plan.id());
    assertThat(replay.sharingVersion()).isEqualTo(allocated.version());
    assertThat(figure(replay.plan(), "revenue").recorded()).isEqualTo(plan.revenue());
    assertThat(figure(replay.budget(), "budget").recorded()).isEqualTo(1000.01);
    for (List<Compared> part : List.of(replay.plan(), replay.budget(), replay.channels())) {
      assertThat(part).isNotEmpty();
      assertThat(part).allSatisfy(f -> assertThat(f.replayed()).isEqualTo(f.recorded()));
      assertThat(part).allSatisfy(f -> assertThat(f.difference()).isZero());
    }
    assertThat(replay.sentences()).hasSize(1);
    assertThat(replay.sentences().get(0).en()).contains("exactly what was recorded");
    assertThat(replay.heldFixed()).hasSize(2);
    // Told to use what was used anyway: the same.
    Replay told =
        replays.replay(
            key, 1, new Change(List.of("gamma", "beta", "alpha"), plan.price(), 1000.01));
    assertThat(told.budget()).isEqualTo(replay.budget());
    assertThat(told.channels()).isEqualTo(replay.channels());
  }

  @Test
  void shouldShareByTheSaturationOfTheTime_whateverDaysCameSince() {
    String key = campaign(0);
    given.saturatingDays(key, "alpha", 80);
    shared(key, 5000, null);
    given.saturatingDays(key, "alpha", 5);
    given.saturatingDays(key, "beta", 5);

    Replay replay = replays.replay(key, 1, Change.NONE);

    assertThat(replay.channels()).hasSize(3);
    assertThat(replay.channels()).allSatisfy(c -> assertThat(c.difference()).isZero());
    assertThat(figure(replay.budget(), "objective").difference()).isZero();
    Allocated now = promotions.allocate(key, 1, 5000, null);
    assertThat(now.version()).as("shared out anew by the days that came").isEqualTo(2);
  }

  @Test
  void shouldMeasureAnotherBudgetByTheRecordedYardstick() {
    String key = campaign(0);
    shared(key, 1000, null);

    Replay replay = replays.replay(key, 1, new Change(null, null, 2000.0));

    // Without limits the shares stay, so that every b doubles: ln 2 more.
    assertThat(figure(replay.budget(), "objective").difference())
        .isEqualTo(Math.log(2), within(1e-9));
    assertThat(replay.channels())
        .allSatisfy(c -> assertThat(c.replayed()).isEqualTo(2 * c.recorded(), within(0.02)));
    assertThat(replay.planId()).isNull();
    assertThat(replay.plan()).isEmpty();
    assertThat(replay.sentences().get(0).en()).contains("changes by +100.00 %");
    assertThat(replay.sentences().get(0).zh()).contains("+100.00 %");
  }

  @Test
  void shouldShareAsTheCycleWouldHave_withAnotherChannelSet() {
    String key = campaign(25);
    shared(key, 1000, null);
    String twin = campaign(25);
    Allocated without = shared(twin, 1000, List.of("alpha"));

    Replay replay = replays.replay(key, 1, channels("gamma", "beta"));

    double largest =
        replay.channels().stream().mapToDouble(Compared::replayed).max().orElseThrow() / 1000;
    assertThat(largest).isEqualTo(without.largestShare());
    assertThat(figure(replay.channels(), "alpha").replayed()).isZero();
    assertThat(figure(replay.budget(), "objective").difference())
        .as("fewer channels are never better")
        .isNegative();
    assertThat(replays.replay(key, 1, channels("beta", "gamma"))).isEqualTo(replay);
  }

  @Test
  void shouldLeaveSpentWhatWasSpent_whenItsChannelIsLeftOut() {
    String key = spending();
    promotions.allocate(key, 1, 1200, null);
    Allocated without = promotions.allocate(spending(), 1, 1200, List.of("alpha"));

    Replay same = replays.replay(key, 1, Change.NONE);
    Replay replay = replays.replay(key, 1, channels("beta", "gamma"));

    assertThat(same.sharingVersion()).isEqualTo(2);
    assertThat(same.channels()).allSatisfy(c -> assertThat(c.difference()).isZero());
    double amounts = replay.channels().stream().mapToDouble(Compared::replayed).sum();
    assertThat(amounts).isEqualTo(without.allocatedBudget(), within(1e-9));
    assertThat(amounts).as("alpha's money is gone").isLessThan(1200);
    assertThatThrownBy(
            () -> replays.replay(key, 1, new Change(List.of("beta", "gamma"), null, 20.0)))
        .isInstanceOf(SharingRefusedException.class)
        .hasMessageContaining("were spent already on other channels");
  }

  /** A campaign whose budget of 1,000 was shared out and released for the first time. */
  private static String spending() {
    String key = campaign(25);
    shared(key, 1000, null);
    given.send(key);
    return key;
  }

  @Test
  void shouldEvaluateThePlanAtAnotherPrice_asTheFormDoes() {
    String key = campaign(5);
    Plan plan = decided(key);
    PlanEvaluation expected =
        plans.evaluate(
            key,
            1,
            new PlanDecision(plan.pricingModel(), 120, plan.serviceLevel(), List.of("beta")));

    Replay replay = replays.replay(key, 1, new Change(List.of("beta"), 120.0, null));

    Compared revenue = figure(replay.plan(), "revenue");
    assertThat(revenue.replayed()).isEqualTo(expected.revenue());
    assertThat(revenue.difference()).isEqualTo(expected.revenue() - plan.revenue());
    assertThat(revenue.low()).isLessThanOrEqualTo(revenue.high());
    assertThat(figure(replay.plan(), "price").difference()).isEqualTo(120 - plan.price());
    assertThat(replay.sharingVersion()).isNull();
    assertThat(replay.sentences())
        .extracting(Text::en)
        .anySatisfy(s -> assertThat(s).contains("At a price of 120.00 CNY"))
        .anySatisfy(s -> assertThat(s).contains("only the plan was replayed"));
    assertThat(replay.sentences()).allSatisfy(s -> assertThat(s.zh()).isNotBlank());
  }

  @Test
  void shouldStoreNothing() {
    String key = campaign(5);
    decided(key);
    shared(key, 1000, null);
    List<List<Map<String, Object>>> before = stored(key);

    replays.replay(key, 1, new Change(List.of("beta"), 50.0, 300.0));

    assertThat(stored(key)).isEqualTo(before);
  }

  private static List<List<Map<String, Object>>> stored(String key) {
    JdbcClient jdbc = domain.bean(JdbcClient.class);
    return List.of(
        jdbc.sql("select plan_id::text, state from plan where campaign_key = ? order by 1")
            .param(key)
            .query()
            .listOfRows(),
        jdbc.sql("select version, budget, objective from allocation where campaign_key = ?")
            .param(key)
            .query()
            .listOfRows(),
        jdbc.sql("select version, budget, spent from promotion where campaign_key = ?")
            .param(key)
            .query()
            .listOfRows());
  }

  @Test
  void shouldRefuseWhatCannotBeReplayed_withASentence() {
    String key = campaign(100);
    shared(key, 1000, null);

    refused(key, channels("alpha", "radio"), "channel radio", "alpha, beta, gamma");
    refused(key, new Change(null, 9.0, null), "no plan, so there is no price");
    assertThatThrownBy(() -> channels(" ")).hasMessageContaining("list of channels is empty");
    assertThatThrownBy(() -> new Change(null, -1.0, null))
        .hasMessageContaining("The price is -1.0; it must be a number above 0.");
    assertThatThrownBy(() -> new Change(null, null, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> replays.replay(key, 1, new Change(null, null, 1e300)))
        .isInstanceOf(SharingRefusedException.class)
        .hasMessageContaining("The budget is 1.0E300");
    assertThatThrownBy(() -> replays.replay(key, 7, Change.NONE))
        .isInstanceOf(NothingToReplayException.class)
        .hasMessageContaining("cycle 7, has recorded neither");
    assertThatThrownBy(() -> replays.replay("nowhere", 1, Change.NONE))
        .isInstanceOf(UnknownCampaignException.class);
  }

  private static void refused(String key, Change change, String... parts) {
    assertThatThrownBy(() -> replays.replay(key, 1, change))
        .isInstanceOf(InvalidReplayException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void shouldSaySo_whenASharingWasMadeBeforeItsInputsWereKept() {
    String key = campaign(5);
    decided(key);
    shared(key, 1000, null);
    domain
        .bean(JdbcClient.class)
        .sql("update allocation set inputs = null where campaign_key = ?")
        .param(key)
        .update();

    Replay replay = replays.replay(key, 1, Change.NONE);

    assertThat(replay.budget()).isEmpty();
    assertThat(replay.sentences().get(1).en()).contains("only the plan was replayed");
    refused(key, new Change(null, null, 10.0), "no sharing of its budget");
  }
}
