package io.channelwise.bert.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchPlanTest {
  private static final int[] LENGTHS = new Random(3).ints(1003, 4, 60).toArray();

  @Test
  void shouldUseEveryTextOnce_whenAnEpochIsPlanned() {
    List<int[]> plan = BatchPlan.ofEpoch(LENGTHS, 16, 42, 0);

    assertThat(plan).hasSize(BatchPlan.batches(LENGTHS.length, 16));
    assertThat(plan.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, LENGTHS.length).toArray());
  }

  @Test
  void shouldGiveTheSamePlan_whenSeedAndEpochAreTheSame() {
    assertThat(Arrays.deepEquals(plan(42, 1), plan(42, 1))).isTrue();
    assertThat(Arrays.deepEquals(plan(42, 1), plan(42, 2))).isFalse();
    assertThat(Arrays.deepEquals(plan(42, 1), plan(43, 1))).isFalse();
  }

  @Test
  void shouldPadLittle_whenLengthsAreMixed() {
    int padded = 0;
    for (int[] batch : BatchPlan.ofEpoch(LENGTHS, 16, 42, 0)) {
      padded += batch.length * Arrays.stream(batch).map(i -> LENGTHS[i]).max().orElseThrow();
    }
    assertThat((double) padded / Arrays.stream(LENGTHS).sum()).isLessThan(1.08);
  }

  private static Object[] plan(long seed, int epoch) {
    return BatchPlan.ofEpoch(LENGTHS, 16, seed, epoch).toArray();
  }
}
