package io.channelwise.allocation;

/** Solves {@link AllocationProblem}s. Stateless; the same problem gives the same bytes. */
public final class Allocator {
  /** What counts as proven, in nats. */
  public static final double GAP_WANTED = 1e-8;

  private Allocator() {}

  /**
   * The optimum with its certificate.
   *
   * @throws AllocationException when no choice of channels meets the budget
   */
  public static AllocationAnswer solve(AllocationProblem problem) {
    throw new UnsupportedOperationException("The solver of " + problem + " is not there yet.");
  }
}
