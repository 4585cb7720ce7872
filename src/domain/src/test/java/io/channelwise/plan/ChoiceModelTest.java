package io.channelwise.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.plan.ChoiceModel.Seller;
import io.channelwise.plan.PlanInputs.Rival;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected probabilities come from NumPy: exp(V) over its sum, written apart from this code. */
class ChoiceModelTest {
  private static final PlanInputs INPUTS = PlanModelTest.inputs(0.6, 2, 5000.0, 10);

  private static ChoiceModel model(PlanInputs inputs) {
    return new ChoiceModel(inputs, PlanModel.referencePrice(inputs));
  }

  private static PlanInputs with(List<Rival> rivals) {
    return new PlanInputs("m", rivals, 110.0, 40.0, 60L, 10, 0.6, 2, null, null, List.of(), null);
  }

  @Test
  void shouldGiveTheProbabilitiesOfNumPy() {
    ChoiceModel choice = model(INPUTS);
    PlanParameters given = PlanParameters.DEFAULT;

    assertThat(choice.beta()).isCloseTo(0.04534498410585545, within(1e-15));
    assertThat(choice.quality()).isCloseTo((135.28608278 + 60) / 2, within(1e-8));
    assertThat(choice.probability(90, 3)).isCloseTo(0.28829365, within(1e-8));
    assertThat(model(INPUTS.with(given.withOwnQuality(0.2))).probability(90, 3))
        .isCloseTo(0.50080347, within(1e-8));
    ChoiceModel cut = model(INPUTS.with(given.withRivalPrices(0.9)));
    assertThat(cut.probability(90, 3)).isCloseTo(0.21957529, within(1e-8));
    assertThat(cut.probabilityToday(90, 3)).isCloseTo(0.28829365, within(1e-8));
  }

  @Test
  void shouldScaleSharesDown_thatLeaveNobodyWhoBuysNothing() {
    ChoiceModel choice = model(with(List.of(new Rival("A", 0.8, 120), new Rival("B", 0.6, 60))));

    assertThat(choice.probability(90, 3)).isCloseTo(0.35007372, within(1e-8));
    assertThat(choice.sellers(0))
        .extracting(Seller::before)
        .satisfiesExactly(
            a -> assertThat(a).isCloseTo(0.54285714, within(1e-8)),
            b -> assertThat(b).isCloseTo(0.40714286, within(1e-8)),
            nobody -> assertThat(nobody).isCloseTo(0.05, within(1e-12)));
  }

  @Test
  void shouldGiveBackTheObservedShares_andShareOutTheWhole() {
    List<Seller> before = model(INPUTS).sellers(0);
    List<Seller> after = model(INPUTS).sellers(0.28829365);

    assertThat(before).extracting(Seller::before).containsExactly(0.5, 0.25, 0.25);
    assertThat(before).extracting(Seller::name).containsExactly("Big", "Small", "");
    for (int i = 0; i < before.size(); i++) {
      assertThat(before.get(i).after()).isCloseTo(before.get(i).before(), within(1e-12));
    }
    assertThat(after.get(0).after()).isCloseTo(0.35585318, within(1e-8));
    assertThat(after.stream().mapToDouble(Seller::after).sum() + 0.28829365)
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void shouldSeeMoreQuality_whereTheSameShareIsHeldAtAHigherPrice() {
    List<Seller> sellers =
        model(with(List.of(new Rival("Dear", 0.3, 150), new Rival("Cheap", 0.3, 50)))).sellers(0);

    assertThat(sellers.get(1).quality() - sellers.get(0).quality()).isCloseTo(100, within(1e-9));
  }

  @Test
  void shouldSellToEverySecond_whenNobodyElseSells() {
    // Quality is what people would pay: at that price V = 0 for us and for buying nothing.
    assertThat(model(with(List.of())).probability(110, 0)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void shouldStayAProbability_whateverThePrices() {
    for (double price : new double[] {1e-9, 1, 1e3, 1e9, 1e300}) {
      for (double own : new double[] {-5, 0, 5}) {
        PlanInputs inputs = INPUTS.with(PlanParameters.DEFAULT.withOwnQuality(own));
        assertThat(model(inputs).probability(price, 0)).isBetween(0.0, 1.0);
      }
    }
  }
}
