package io.channelwise.server.engine;

import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sets who calls the engine on the current thread. The engine checks authorizations against the
 * caller; without one (timers, reconciliation, a partner's answer) it checks nothing. Thread-safe.
 */
@Component
public class EngineAccess {
  private static final Logger LOG = LoggerFactory.getLogger(EngineAccess.class);

  /** Somebody else changed the same rows meanwhile; what was read then is read anew. */
  private static final int ATTEMPTS = 5;

  private final IdentityService identity;

  EngineAccess(IdentityService identity) {
    this.identity = identity;
  }

  /**
   * Runs the work as the server itself; the API has checked before what the caller may see. Work
   * that lost against a concurrent change is done again, so it holds one changing command at most.
   */
  public <T> T asServer(Supplier<T> work) {
    Authentication before = identity.getCurrentAuthentication();
    try {
      identity.clearAuthentication();
      return again(work);
    } finally {
      restore(before);
    }
  }

  private static <T> T again(Supplier<T> work) {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return work.get();
      } catch (OptimisticLockingException e) {
        LOG.info("engine command repeated attempt={} reason={}", attempt, e.getMessage());
      }
    }
    return work.get();
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
