package io.channelwise.bert.internal.model;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The environment variable that PyTorch's native code reads while it is loaded. What was set from
 * outside stays.
 *
 * <p>{@code OMP_WAIT_POLICY}: by default CPU threads spin while they wait for each other. As soon
 * as another process wants a processor, a spinning thread takes it from the one it waits for:
 * beside two busy processes on two processors a training step took more than five times as long.
 * Asleep they cost nothing, and on an idle machine a step is at most 3 % slower (medians of two
 * models in turns: 0 and 2 %), so it is set everywhere.
 */
final class NativeEnvironment {
  private static final Logger LOG = LoggerFactory.getLogger(NativeEnvironment.class);

  private NativeEnvironment() {}

  /** Has an effect only before PyTorch is loaded. */
  static void prepare() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      set("OMP_WAIT_POLICY", "PASSIVE");
    } catch (UnsatisfiedLinkError e) {
      LOG.info("Native variables cannot be set from here; set OMP_WAIT_POLICY=PASSIVE outside.");
    }
  }

  /**
   * Gives memory that C's allocator keeps for later back to the system: batches of all lengths
   * leave holes that no later one fits, and a training's resident memory doubled within a thousand
   * steps. Takes about 30 ms. Does nothing where there is no glibc.
   */
  static void returnFreeMemory() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      Function.getFunction("c", "malloc_trim").invokeInt(new Object[] {0L});
    } catch (UnsatisfiedLinkError e) {
      LOG.debug("malloc_trim is absent; the allocator keeps what it has.");
    }
  }

  private static void set(String name, String value) {
    int keepExisting = 0;
    Function.getFunction("c", "setenv").invokeInt(new Object[] {name, value, keepExisting});
  }
}
