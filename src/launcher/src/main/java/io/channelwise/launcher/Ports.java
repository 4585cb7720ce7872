package io.channelwise.launcher;

/** Checks of ports given by users. */
final class Ports {
  private Ports() {}

  static void check(int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "--port is %d; expected 1 to 65535, or 0 for a free one.".formatted(port));
    }
  }
}
