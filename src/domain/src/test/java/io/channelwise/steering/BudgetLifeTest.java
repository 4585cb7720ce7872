package io.channelwise.steering;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.allocation.Cents;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Over a whole promotion, money is never lost and never made. */
class BudgetLifeTest {
  private static final BigDecimal ZERO = new BigDecimal("0.00");

  private static BigDecimal sum(BigDecimal[] parts) {
    return Arrays.stream(parts).reduce(ZERO, BigDecimal::add);
  }

  @Test
  void shouldNeverReleaseMoreThanTheBudget_whateverComesIn() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      int channels = 1 + random.nextInt(6);
      BigDecimal budget = BigDecimal.valueOf(1 + random.nextInt(10_000_000), 2);
      double[] shares = random.doubles(channels).toArray();
      BigDecimal[] approved = Cents.split(budget, shares);
      BigDecimal[] spent = new BigDecimal[channels];
      Arrays.fill(spent, ZERO);
      for (int day = 0; day <= 16; day++) {
        List<Arm> arms = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
          int clicks = random.nextInt(50);
          arms.add(
              new Arm("c" + c, approved[c], null, spent[c], clicks, random.nextInt(clicks + 1)));
        }
        BigDecimal due = Pacing.due(budget, sum(spent), Duration.ofDays(day), Duration.ofDays(14));
        SteeringAnswer answer = Steerer.steer(due, arms, seed);
        for (int c = 0; c < channels; c++) {
          spent[c] = spent[c].add(answer.shifts().get(c).amount());
          assertThat(spent[c]).isLessThanOrEqualTo(arms.get(c).limit());
        }
        assertThat(sum(spent)).isLessThanOrEqualTo(budget);
      }
    }
  }
}
