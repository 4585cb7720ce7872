package io.channelwise.server.engine;

import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;

/**
 * Sets who calls the engine on the current thread. The engine checks authorizations against the
 * caller; without one (timers, reconciliation, a partner's answer) it checks nothing. Thread-safe.
 */
@Component
public class EngineAccess {
  private final IdentityService identity;

  EngineAccess(IdentityService identity) {
    this.identity = identity;
  }

  /** Runs the work as the server itself; the API has checked before what the caller may see. */
  public <T> T asServer(Supplier<T> work) {
    Authentication before = identity.getCurrentAuthentication();
    try {
      identity.clearAuthentication();
      return work.get();
    } finally {
      restore(before);
    }
  }

  /** Runs the work as the user, with the engine's authorization checks. */
  public <T> T asUser(String userId, List<String> groups, Supplier<T> work) {
    Authentication before = identity.getCurrentAuthentication();
    try {
      identity.setAuthentication(userId, groups);
      return work.get();
    } finally {
      restore(before);
    }
  }

  private void restore(Authentication before) {
    if (before == null) {
      identity.clearAuthentication();
    } else {
      identity.setAuthentication(before);
    }
  }
}
