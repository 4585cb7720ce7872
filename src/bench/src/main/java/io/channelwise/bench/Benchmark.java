package io.channelwise.bench;

/** One question about quality or speed, answered by running it. Stateless. */
public interface Benchmark {

  /** As on the command line, in kebab-case. */
  String name();

  /** One line: what is measured, against whom. */
  String what();

  /** How long it takes on two processors, and with {@code --full} where that differs. */
  String takes();

  /** How often it measures and what it tells of that, such as a median of rounds. */
  String repeats();

  /**
   * Measures, prints to {@link BenchContext#out()} and records every figure in {@link
   * BenchContext#figures()}.
   *
   * @throws BenchmarkUnavailableException when data or a peer is absent
   */
  void run(BenchContext context);
}
