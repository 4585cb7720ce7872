package io.channelwise.launcher.journey;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, each with a limit. */
final class Await {
  private static final long LOOK_AGAIN_NANOS = 2_000_000L;

  private Await() {}

  /**
   * Returns when the condition holds; a look that fails counts as "not yet".
   *
   * @param what the condition in words, for the message
   * @throws AssertionError at the limit, with the last failure as its cause
   */
  static void until(String what, Duration limit, Callable<Boolean> condition) {
    Exception last = null;
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (Exception e) {
        last = e;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    throw new AssertionError("Not seen within %d s: %s.".formatted(limit.toSeconds(), what), last);
  }

  /** Like {@link #until}, but the limit is no failure. */
  static boolean seen(Duration limit, Callable<Boolean> condition) {
    try {
      until("", limit, condition);
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }
}
