package io.channelwise.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.negotiation.ResaleChain.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResaleChainTest {
  private static final Map<String, String> PARENTS =
      Map.of("retailer", "sub", "sub", "distributor");
  private static final Map<String, Double> MARGINS =
      Map.of("retailer", 0.2, "sub", 0.1, "distributor", 0.25);

  @Test
  void shouldCascadeMargins_asByHand() {
    ResaleChain chain = ResaleChain.of("retailer", PARENTS, MARGINS);

    // Of 100: 20; of the 80 left 8; of the 72 left 18; 54 for us.
    assertThat(chain.tiers())
        .extracting(Tier::channel)
        .containsExactly("retailer", "sub", "distributor");
    assertThat(chain.kept().get(0)).isEqualTo(0.20, within(1e-12));
    assertThat(chain.kept().get(1)).isEqualTo(0.08, within(1e-12));
    assertThat(chain.kept().get(2)).isEqualTo(0.18, within(1e-12));
    assertThat(chain.reachesUs()).isEqualTo(0.54, within(1e-12));
    assertThat(chain.marginAbove()).isEqualTo(0.325, within(1e-12));
    assertThat(ResaleChain.of("distributor", PARENTS, MARGINS).marginAbove()).isZero();
  }

  @Test
  void shouldAgreeWithTheValueOfADeal() {
    ResaleChain chain = ResaleChain.of("retailer", PARENTS, MARGINS);
    DealValue value = new DealValue(Prospect.of(100).below(chain.marginAbove()));

    assertThat(value.ours(new Offer(0.2, 0))).isEqualTo(100 * chain.reachesUs(), within(1e-9));
  }

  @Test
  void shouldGiveAwayExactlyOne_whateverTheMargins() {
    SplittableRandom random = new SplittableRandom(3);
    for (int run = 0; run < 1_000; run++) {
      List<Tier> tiers = new ArrayList<>();
      for (int i = random.nextInt(1, 9); i > 0; i--) {
        tiers.add(new Tier("tier " + i, random.nextDouble()));
      }
      ResaleChain chain = new ResaleChain(tiers);
      double all = chain.kept().stream().mapToDouble(k -> k).sum() + chain.reachesUs();
      assertThat(all).isEqualTo(1, within(1e-12));
      assertThat(chain.marginAbove()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void shouldRefuseCirclesUnknownParentsAndWrongMargins() {
    assertThatThrownBy(
            () -> ResaleChain.of("a", Map.of("a", "b", "b", "a"), Map.of("a", 0.1, "b", 0.1)))
        .isInstanceOf(NegotiationException.class)
        .hasMessageContaining("a → b → a");
    assertThatThrownBy(() -> ResaleChain.of("a", Map.of("a", "z"), Map.of("a", 0.1)))
        .isInstanceOf(NegotiationException.class)
        .hasMessageContaining("“z”, above “a”, is unknown");
    assertThatThrownBy(() -> new Tier("a", Double.NaN)).isInstanceOf(NegotiationException.class);
    assertThatThrownBy(() -> new ResaleChain(List.of())).isInstanceOf(NegotiationException.class);
  }
}
