package io.channelwise.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every kind of bad input is refused with what, where, found, expected. */
class ProblemCheckTest {

  private static AllocationProblem.Builder good() {
    return AllocationProblem.withBudget(100)
        .segment("u", 1)
        .channel(ChannelTerms.of("A"))
        .attraction("A", "u", 0.5);
  }

  private static void refused(UnaryOperator<AllocationProblem.Builder> change, String message) {
    assertThatThrownBy(() -> change.apply(good()).build())
        .isInstanceOf(AllocationException.class)
        .hasMessageStartingWith("The budget was not shared out: ")
        .hasMessageContaining(message);
  }

  @Test
  void shouldTakeWhatIsGood() {
    assertThat(Allocator.solve(good().build()).proven()).isTrue();
  }

  @Test
  void shouldRefuseBudgets() {
    for (double budget : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e14}) {
      assertThatThrownBy(() -> AllocationProblem.withBudget(budget).segment("u", 1).build())
          .hasMessageContaining("the budget is " + budget);
    }
  }

  @Test
  void shouldRefuseWeights() {
    refused(b -> b.segment("v", -0.5), "the weight of segment v is -0.5");
    refused(b -> b.segment("v", Double.NaN), "the weight of segment v is NaN");
    refused(b -> b.segment("v", Double.POSITIVE_INFINITY), "the weight of segment v is Infinity");
    refused(b -> b.segment("u", 1), "segment u is given twice");
    assertThatThrownBy(
            () ->
                AllocationProblem.withBudget(1)
                    .segment("u", 0)
                    .channel(ChannelTerms.of("A"))
                    .attraction("A", "u", 1)
                    .build())
        .hasMessageContaining("no segment has a weight above 0");
    // A weight of zero beside others is no error.
    assertThat(Allocator.solve(good().segment("v", 0).build()).leftOut()).isEmpty();
  }

  @Test
  void shouldRefuseAttraction() {
    refused(b -> b.attraction("A", "u", -1), "channel A for segment u is -1.0");
    refused(b -> b.attraction("A", "u", Double.NaN), "channel A for segment u is NaN");
    refused(b -> b.attraction("A", "u", 0.5, 0.6), "with lower bound 0.6");
    refused(b -> b.attraction("Z", "u", 1), "unknown channel Z");
    refused(b -> b.attraction("A", "w", 1), "unknown segment w");
    refused(b -> b.attraction("A", "u", 0), "no segment with a weight above 0 is reached");
    AllocationProblem unsure = good().attraction("A", "u", 0.5, 0).build();
    assertThatThrownBy(() -> Allocator.solve(unsure.cautious()))
        .hasMessageContaining("reached by any channel at the lower bounds");
  }

  @Test
  void shouldRefuseTerms() {
    ChannelTerms b = ChannelTerms.of("B");
    refused(p -> p.channel(b.withCap(-1)), "the cap of channel B is -1.0");
    refused(p -> p.channel(b.withCap(Double.NaN)), "the cap of channel B is NaN");
    refused(p -> p.channel(b.withFloor(-1)), "the floor of channel B is -1.0");
    refused(p -> p.channel(b.withFixedCost(Double.POSITIVE_INFINITY)), "the fixed cost of");
    refused(p -> p.channel(b.withLeastIfChosen(-2)), "the least amount if chosen of channel B");
    refused(p -> p.channel(b.withHalfSaturation(0)), "half-saturation spend of channel B is 0");
    refused(p -> p.channel(b.withFloor(5).withCap(4)), "floor 5.0 above its cap 4.0");
    refused(p -> p.channel(ChannelTerms.of("A")), "channel A is given twice");
    refused(p -> p.channel(b.withFloor(101)), "floors and their fixed costs need 101.00");
    refused(
        p -> p.channel(b.withFloor(60).withFixedCost(41)), "floors and their fixed costs need 101");
    assertThatThrownBy(() -> AllocationProblem.withBudget(1).segment("u", 1).build())
        .hasMessageContaining("no channel is given");
  }

  @Test
  void shouldSayAllAtOnce_inBothLanguages() {
    AllocationException refusal =
        catchThrowableOfType(
            AllocationException.class,
            () ->
                good()
                    .segment("v", -1)
                    .channel(ChannelTerms.of("B").withCap(-1))
                    .attraction("Z", "u", 1)
                    .build());

    assertThat(refusal.text().en())
        .contains("segment v")
        .contains("cap of channel B")
        .contains("Z");
    assertThat(refusal.text().zh())
        .startsWith("预算未能分配：")
        .contains("用户群 v 的权重为 -1.0")
        .contains("渠道 B 的上限为 -1.0")
        .contains("未知渠道 Z");
  }
}
