package io.channelwise.bench.measure;

import java.util.Locale;
import java.util.function.DoubleSupplier;

/**
 * Two ways of doing one thing, measured in turns, so that both meet the same machine: what else
 * runs, how warm it is, how fast its memory is just now.
 *
 * @param ours measurements of ours, one a round
 * @param peer measurements of the peer, one a round
 */
public record Duel(Samples ours, Samples peer) {

  /**
   * Measures in turns. Who begins changes with each round.
   *
   * @param warmUps rounds that are thrown away
   * @param rounds that count
   * @param ours runs once and tells its figure, in any unit
   * @param peer the same, in the same unit
   */
  public static Duel run(int warmUps, int rounds, DoubleSupplier ours, DoubleSupplier peer) {
    double[] first = new double[rounds];
    double[] second = new double[rounds];
    for (int round = -warmUps; round < rounds; round++) {
      boolean oursBegins = Math.floorMod(round, 2) == 0;
      double a = oursBegins ? ours.getAsDouble() : Double.NaN;
      double b = peer.getAsDouble();
      a = oursBegins ? a : ours.getAsDouble();
      if (round >= 0) {
        first[round] = a;
        second[round] = b;
      }
    }
    return new Duel(new Samples(first), new Samples(second));
  }

  /** What {@link #run} does with these numbers, for people. */
  public static String plan(int warmUps, int rounds) {
    String medians = "medians of %d rounds, both sides in turns".formatted(rounds);
    return warmUps == 0 ? medians : medians + ", after %d that do not count".formatted(warmUps);
  }

  /** Median of ours by median of the peer's; above 1 is more. */
  public double ratio() {
    return ours.median() / peer.median();
  }

  /** The ratio with the lowest and highest of single rounds, which shows the noise. */
  public String shownRatio() {
    double[] rounds = new double[ours.values().length];
    for (int i = 0; i < rounds.length; i++) {
      rounds[i] = ours.values()[i] / peer.values()[i];
    }
    Samples ratios = new Samples(rounds);
    return String.format(
        Locale.ROOT,
        "%.2f (rounds %.2f to %.2f)",
        ratio(),
        ratios.percentile(0),
        ratios.percentile(100));
  }
}
