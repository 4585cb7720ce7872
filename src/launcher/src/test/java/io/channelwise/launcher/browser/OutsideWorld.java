package io.channelwise.launcher.browser;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.launcher.demo.Api;
import io.channelwise.launcher.demo.Customers;
import io.channelwise.launcher.demo.Partners;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Partners and customers, acting in the background while people are at their screens. What goes
 * wrong there is thrown by {@link #close}. Thread-safe.
 */
final class OutsideWorld implements AutoCloseable {
  private static final long LOOK_AGAIN_MILLIS = 500;

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  OutsideWorld(Api lead, String campaignKey, Partners partners, Customers customers) {
    thread.scheduleWithFixedDelay(
        () -> {
          try {
            partners.answer();
            customers.act(runningProcesses(lead, campaignKey));
          } catch (Exception e) {
            failure.compareAndSet(null, e);
            throw new IllegalStateException("The world outside stands still", e);
          }
        },
        0,
        LOOK_AGAIN_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  private static Set<String> runningProcesses(Api api, String key) {
    Set<String> keys = new LinkedHashSet<>();
    for (JsonNode instance :
        api.get("/engine-rest/process-instance?businessKey=" + Api.encode(key))) {
      keys.add(instance.get("definitionId").asText().split(":")[0]);
    }
    return keys;
  }

  @Override
  public void close() throws Exception {
    // What it does just now is ended, not interrupted: that would look like a failure.
    thread.shutdown();
    if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
      thread.shutdownNow();
    }
    if (failure.get() != null) {
      throw failure.get();
    }
  }
}
