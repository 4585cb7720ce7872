package io.channelwise.campaign;

import java.math.BigDecimal;

/** Numbers as people write them. */
final class Numbers {
  private Numbers() {}

  /** Shortest plain notation: {@code 0.1}, {@code 60000}, {@code 0.0000001}. */
  static String plain(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }
}
