package io.channelwise.allocation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Problems of every kind, by seed. */
final class RandomProblems {
  private RandomProblems() {}

  /** Caps, floors and saturation at random; always something to share out. */
  static AllocationProblem continuous(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int channels = 1 + random.nextInt(9);
    int segments = 1 + random.nextInt(9);
    double budget = Math.pow(10, random.nextInt(7));
    List<ChannelTerms> terms = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      ChannelTerms t = ChannelTerms.of(AllocatorTest.name(c));
      t = random.nextInt(3) == 0 ? t.withCap(budget * (0.1 + random.nextDouble() / 2)) : t;
      t = random.nextInt(4) == 0 ? t.withFloor(budget * random.nextDouble() / 10) : t;
      t = random.nextInt(3) == 0 ? t.withHalfSaturation(budget * random.nextDouble() * 2) : t;
      terms.add(t);
    }
    return build(random, budget, segments, terms);
  }

  /** Fixed costs and least amounts at random. */
  static AllocationProblem choice(int seed, int channels, int segments) {
    SplittableRandom random = new SplittableRandom(seed);
    double scale = 0.02 + 0.15 * random.nextDouble();
    List<ChannelTerms> terms = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      ChannelTerms t =
          ChannelTerms.of(AllocatorTest.name(c))
              .withFixedCost(1000 * scale * (0.2 + random.nextDouble()));
      t = random.nextInt(3) == 0 ? t.withCap(100 + 400 * random.nextDouble()) : t;
      t = random.nextInt(4) == 0 ? t.withLeastIfChosen(80) : t;
      t = random.nextInt(6) == 0 ? t.withFloor(50) : t;
      t = seed % 3 == 0 ? t.withHalfSaturation(300) : t;
      terms.add(t);
    }
    return build(random, 1000, segments, terms);
  }

  /** The same problem, put together in another order. */
  static AllocationProblem shuffled(AllocationProblem problem, int seed) {
    List<ChannelTerms> terms = new ArrayList<>(problem.channels());
    Collections.shuffle(terms, new Random(seed));
    AllocationProblem.Builder builder = AllocationProblem.withBudget(problem.budget());
    terms.forEach(builder::channel);
    for (int u = problem.segments().size() - 1; u >= 0; u--) {
      builder.segment(problem.segments().get(u), problem.weights()[u]);
      for (int c = problem.channels().size() - 1; c >= 0; c--) {
        builder.attraction(
            problem.channels().get(c).channel(),
            problem.segments().get(u),
            problem.attraction()[c][u]);
      }
    }
    return builder.build();
  }

  private static AllocationProblem build(
      SplittableRandom random, double budget, int segments, List<ChannelTerms> terms) {
    double[] weights = random.doubles(segments).toArray();
    double[][] r = new double[segments][];
    for (int u = 0; u < segments; u++) {
      r[u] = random.doubles(terms.size()).map(x -> x * x * x + 1e-3).toArray();
    }
    AllocationProblem.Builder builder = AllocatorTest.problem(budget, weights, r);
    terms.forEach(builder::channel);
    return builder.build();
  }
}
