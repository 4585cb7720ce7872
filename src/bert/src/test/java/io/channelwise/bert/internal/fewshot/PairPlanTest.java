package io.channelwise.bert.internal.fewshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairPlanTest {
  /** Classes of 5, 4, 1 and 6 texts. */
  private static final int[] CLASSES = {0, 1, 3, 0, 3, 1, 0, 3, 2, 1, 0, 3, 1, 3, 0, 3};

  @Test
  void shouldGiveEachTextOneOfItsClass_whenBatchesAreDealt() {
    for (int pass = 0; pass < 5; pass++) {
      List<int[]> batches = PairPlan.ofPass(CLASSES, 6, 42, pass);

      // 3 + 2 + 1 + 3 pairs, three a batch.
      assertThat(batches).hasSize(3).hasSize(PairPlan.batches(CLASSES, 6));
      assertThat(batches.stream().flatMapToInt(Arrays::stream).distinct().toArray())
          .containsExactlyInAnyOrder(IntStream.range(0, 16).toArray());
      for (int[] batch : batches) {
        assertThat(batch).hasSize(6);
        for (int text : batch) {
          assertThat(Arrays.stream(batch).filter(i -> CLASSES[i] == CLASSES[text]).count())
              .isGreaterThanOrEqualTo(2);
        }
      }
    }
  }

  @Test
  void shouldNotLeaveAPairAlone_whenTheLastBatchWouldBeShort() {
    // 9 pairs, four a batch: 3, 3 and 3 instead of 4, 4 and 1, where a pair had no other class.
    assertThat(PairPlan.ofPass(CLASSES, 8, 1, 0)).extracting(batch -> batch.length).containsOnly(6);
  }

  @Test
  void shouldDifferByPassAndSeedOnly_whenPlannedAgain() {
    assertThat(flat(42, 0)).isEqualTo(flat(42, 0)).isNotEqualTo(flat(42, 1));
    assertThat(flat(42, 0)).isNotEqualTo(flat(43, 0));
  }

  private static int[] flat(long seed, int pass) {
    return PairPlan.ofPass(CLASSES, 6, seed, pass).stream().flatMapToInt(Arrays::stream).toArray();
  }
}
