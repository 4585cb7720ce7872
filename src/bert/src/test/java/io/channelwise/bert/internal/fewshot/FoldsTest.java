package io.channelwise.bert.internal.fewshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {
  /** 7 of class 0, 4 of class 1, 9 of class 2. */
  private static final int[] CLASSES =
      IntStream.range(0, 20).map(i -> i % 20 < 7 ? 0 : i < 11 ? 1 : 2).toArray();

  @Test
  void shouldSpreadEachClassEvenly_whenDealt() {
    Folds folds = Folds.stratified(CLASSES, 4, 3);

    for (int c = 0; c < 3; c++) {
      int wanted = c;
      int[] counts = new int[4];
      IntStream.range(0, CLASSES.length)
          .filter(i -> CLASSES[i] == wanted)
          .forEach(i -> counts[folds.of()[i]]++);
      assertThat(Arrays.stream(counts).max().orElseThrow())
          .isLessThanOrEqualTo(Arrays.stream(counts).min().orElseThrow() + 1);
    }
    for (int fold = 0; fold < 4; fold++) {
      assertThat(folds.inside(fold)).hasSize(5);
      assertThat(folds.outside(fold)).hasSize(15).doesNotContain(folds.inside(fold)[0]);
    }
  }

  @Test
  void shouldDealAlike_whenTheSeedIsTheSame() {
    assertThat(Folds.stratified(CLASSES, 4, 3).of())
        .isEqualTo(Folds.stratified(CLASSES, 4, 3).of());
    assertThat(Folds.stratified(CLASSES, 4, 3).of())
        .isNotEqualTo(Folds.stratified(CLASSES, 4, 4).of());
  }
}
