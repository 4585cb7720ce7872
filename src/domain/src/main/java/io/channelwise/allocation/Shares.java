package io.channelwise.allocation;

final class Shares {
  /** Relative rounding that money may carry. */
  static final double TOLERANCE = 1e-9;

  private Shares() {}
}
