package io.channelwise.bert.internal.model;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes PyTorch's CPU threads sleep while they wait for each other.
 *
 * <p>By default they spin. As soon as another process wants a processor, a spinning thread takes it
 * from the one it waits for: beside two busy processes on two processors a training step took more
 * than five times as long. Asleep they cost nothing, and on an idle machine the step is as fast.
 */
final class IdleThreads {
  private static final Logger LOG = LoggerFactory.getLogger(IdleThreads.class);
  private static final String VARIABLE = "OMP_WAIT_POLICY";

  private IdleThreads() {}

  /** Has an effect only before PyTorch is loaded; a policy set from outside is kept. */
  static void letSleep() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      int keepExisting = 0;
      Function.getFunction("c", "setenv")
          .invokeInt(new Object[] {VARIABLE, "PASSIVE", keepExisting});
    } catch (UnsatisfiedLinkError e) {
      LOG.info("{} cannot be set from here; set it to PASSIVE outside.", VARIABLE);
    }
  }
}
