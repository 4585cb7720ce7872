package io.channelwise.bert.internal.fewshot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Stratified folds: each class is spread over the folds as evenly as it goes, and so are all
 * examples. The same seed gives the same folds.
 *
 * @param count how many there are
 * @param of fold of each example, from 0
 */
record Folds(int count, int[] of) {

  /**
   * Deals the examples out, class after class, each class in an order drawn from the seed.
   *
   * @param classes class of each example, from 0
   * @param count at most the size of the smallest class, so that no fold lacks a class
   */
  static Folds stratified(int[] classes, int count, long seed) {
    Random random = new Random(seed);
    int[] result = new int[classes.length];
    int next = 0;
    for (int c = 0; c <= Arrays.stream(classes).max().orElse(-1); c++) {
      int wanted = c;
      List<Integer> members =
          new ArrayList<>(
              IntStream.range(0, classes.length)
                  .filter(i -> classes[i] == wanted)
                  .boxed()
                  .toList());
      Collections.shuffle(members, random);
      for (int member : members) {
        // Going on where the class before ended keeps the folds of like size.
        result[member] = next++ % count;
      }
    }
    return new Folds(count, result);
  }

  /** The examples outside a fold, in order. */
  int[] outside(int fold) {
    return IntStream.range(0, of.length).filter(i -> of[i] != fold).toArray();
  }

  /** The examples of a fold, in order. */
  int[] inside(int fold) {
    return IntStream.range(0, of.length).filter(i -> of[i] == fold).toArray();
  }
}
