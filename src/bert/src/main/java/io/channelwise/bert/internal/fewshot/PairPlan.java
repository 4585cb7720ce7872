package io.channelwise.bert.internal.fewshot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which texts share a contrastive batch. A class's texts are shuffled and taken two by two, so that
 * every text meets one of its class; the pairs of all classes are shuffled and dealt to batches of
 * like size. The same seed and pass give the same plan.
 */
final class PairPlan {

  private PairPlan() {}

  /**
   * Batches of a pass.
   *
   * @param classes class of each text, from 0
   * @param batchSize texts a batch, at most; an odd one is rounded down
   */
  static int batches(int[] classes, int batchSize) {
    int pairs = 0;
    for (int count : counts(classes)) {
      pairs += (count + 1) / 2;
    }
    int pairsPerBatch = Math.max(2, batchSize / 2);
    return (pairs + pairsPerBatch - 1) / pairsPerBatch;
  }

  /**
   * The batches of a pass as indices into the texts. The last of an odd class comes with the first
   * again; the only text of a class comes with itself, which dropout makes differ.
   *
   * @param pass counted from 0
   */
  static List<int[]> ofPass(int[] classes, int batchSize, long seed, int pass) {
    Random random = new Random(seed * 1_000_003 + pass);
    List<int[]> pairs = new ArrayList<>();
    for (int c = 0; c < counts(classes).length; c++) {
      int wanted = c;
      List<Integer> members =
          new ArrayList<>(
              IntStream.range(0, classes.length)
                  .filter(i -> classes[i] == wanted)
                  .boxed()
                  .toList());
      Collections.shuffle(members, random);
      for (int i = 0; i < members.size(); i += 2) {
        pairs.add(new int[] {members.get(i), members.get((i + 1) % members.size())});
      }
    }
    Collections.shuffle(pairs, random);
    int batches = batches(classes, batchSize);
    List<int[]> result = new ArrayList<>();
    for (int b = 0; b < batches; b++) {
      int from = b * pairs.size() / batches;
      int to = (b + 1) * pairs.size() / batches;
      result.add(pairs.subList(from, to).stream().flatMapToInt(Arrays::stream).toArray());
    }
    return result;
  }

  private static int[] counts(int[] classes) {
    int[] counts = new int[Arrays.stream(classes).max().orElse(-1) + 1];
    Arrays.stream(classes).forEach(c -> counts[c]++);
    return counts;
  }
}
