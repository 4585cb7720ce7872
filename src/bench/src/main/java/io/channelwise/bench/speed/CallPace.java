package io.channelwise.bench.speed;

import io.channelwise.bench.measure.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Calls of one contestant, timed round by round and each by itself. One thread. */
final class CallPace {
  private final List<String> texts;
  private final int calls;
  private final int warmUps;
  private final List<Double> times = new ArrayList<>();
  private int rounds;

  /**
   * Prepares rounds.
   *
   * @param texts of each call
   * @param calls a round
   * @param warmUps rounds whose calls are not counted
   */
  CallPace(List<String> texts, int calls, int warmUps) {
    this.texts = texts;
    this.calls = calls;
    this.warmUps = warmUps;
  }

  /** Texts a second of one round. */
  double round(Consumer<List<String>> contestant) {
    boolean counted = rounds++ >= warmUps;
    long begin = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      contestant.accept(texts);
      if (counted) {
        times.add((System.nanoTime() - start) / 1e6);
      }
    }
    return calls * texts.size() / ((System.nanoTime() - begin) / 1e9);
  }

  /** Of each call after the warm-ups. */
  Samples milliseconds() {
    return new Samples(times.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
