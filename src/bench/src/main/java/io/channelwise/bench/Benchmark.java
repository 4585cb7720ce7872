package io.channelwise.bench;

/** One question about quality or speed, answered by running it. Stateless. */
public interface Benchmark {

  /** As on the command line, in kebab-case. */
  String name();

  /** One line: what is measured, against whom. */
  String what();

  /**
   * Measures, prints to {@link BenchContext#out()} and records every figure in {@link
   * BenchContext#figures()}.
   *
   * @throws BenchmarkUnavailableException when data or a peer is absent
   */
  void run(BenchContext context);
}
