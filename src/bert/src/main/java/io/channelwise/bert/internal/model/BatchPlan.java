package io.channelwise.bert.internal.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which texts share a batch. Each epoch is shuffled; within pools of some batches, texts of like
 * length go together, so that little is padded and the order stays random. The same seed and epoch
 * give the same plan.
 */
public final class BatchPlan {
  private static final int BATCHES_A_POOL = 50;

  private BatchPlan() {}

  /** Batches of an epoch. */
  public static int batches(int texts, int batchSize) {
    return (texts + batchSize - 1) / batchSize;
  }

  /**
   * The batches of an epoch as indices into the texts.
   *
   * @param lengths tokens of each text
   * @param epoch counted from 0
   */
  public static List<int[]> ofEpoch(int[] lengths, int batchSize, long seed, int epoch) {
    Random random = new Random(seed * 1_000_003 + epoch);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < lengths.length; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    List<int[]> result = new ArrayList<>();
    int poolSize = batchSize * BATCHES_A_POOL;
    for (int from = 0; from < order.size(); from += poolSize) {
      List<Integer> pool = order.subList(from, Math.min(from + poolSize, order.size()));
      pool.sort(Comparator.comparingInt(i -> lengths[i]));
      result.addAll(cut(pool, batchSize));
    }
    Collections.shuffle(result, random);
    return result;
  }

  /** Batches of like length for prediction, longest first, so that memory peaks at the start. */
  public static List<int[]> byLength(int[] lengths, int batchSize) {
    return cut(Arrays.stream(longestFirst(lengths)).boxed().toList(), batchSize);
  }

  /** Indices of the texts, the longest first. */
  static int[] longestFirst(int[] lengths) {
    return IntStream.range(0, lengths.length)
        .boxed()
        .sorted(Comparator.comparingInt((Integer i) -> lengths[i]).reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static List<int[]> cut(List<Integer> order, int batchSize) {
    List<int[]> result = new ArrayList<>();
    for (int from = 0; from < order.size(); from += batchSize) {
      result.add(
          order.subList(from, Math.min(from + batchSize, order.size())).stream()
              .mapToInt(Integer::intValue)
              .toArray());
    }
    return result;
  }
}
