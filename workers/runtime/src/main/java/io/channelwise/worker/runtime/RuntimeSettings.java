package io.channelwise.worker.runtime;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * How this process talks to the engine. Wrong values stop the start; nothing is corrected.
 *
 * @param engineUrl the engine's REST root, e.g. {@code http://127.0.0.1:8080/engine-rest}
 * @param token gives the bearer token, asked for each request so that a rotated token is taken up
 * @param workerId what the engine knows this process by; unique per process start
 * @param threads tasks worked on at once by one group of topics (topics with equal lock duration)
 * @param maxTasks tasks fetched in one request; fetching waits until so many threads are free
 * @param asyncResponseTimeout how long the engine may hold a fetch that finds nothing
 * @param shutdownGrace how long {@link WorkerRuntime#close()} waits for running work
 * @param retryDelay wait after the first failed attempt; four times longer after each further one
 * @param retryDelayMax longest wait between attempts
 * @param errorBackOffMax longest wait between fetches while the engine does not answer
 */
public record RuntimeSettings(
    URI engineUrl,
    Supplier<String> token,
    String workerId,
    int threads,
    int maxTasks,
    Duration asyncResponseTimeout,
    Duration shutdownGrace,
    Duration retryDelay,
    Duration retryDelayMax,
    Duration errorBackOffMax) {

  public RuntimeSettings {
    Objects.requireNonNull(engineUrl, "engineUrl");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(workerId, "workerId");
    List<String> wrong = new ArrayList<>();
    String scheme = String.valueOf(engineUrl.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https") || engineUrl.getHost() == null) {
      wrong.add(
          "channelwise.engine-url is %s; an http(s) address such as http://127.0.0.1:8080/engine-rest is needed"
              .formatted(engineUrl));
    }
    if (workerId.isBlank()) {
      wrong.add("the worker id is empty");
    }
    range(wrong, "threads", threads, 1, 256);
    range(wrong, "max-tasks", maxTasks, 1, threads);
    range(wrong, "async-response-timeout", asyncResponseTimeout, 100, 1_800_000);
    range(wrong, "shutdown-grace", shutdownGrace, 0, 3_600_000);
    range(wrong, "retry-delay", retryDelay, 1, 86_400_000);
    range(wrong, "retry-delay-max", retryDelayMax, retryDelay.toMillis(), 86_400_000);
    range(wrong, "error-back-off-max", errorBackOffMax, 10, 600_000);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(
          "The worker runtime's settings are wrong: " + String.join("; ", wrong) + ".");
    }
  }

  /** Settings with the defaults: 8 threads, 2 tasks a fetch, 5 s long polling, 15 s grace. */
  public static RuntimeSettings of(URI engineUrl, Supplier<String> token) {
    return new RuntimeSettings(
        engineUrl,
        token,
        newWorkerId(),
        8,
        2,
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(5),
        Duration.ofMinutes(10),
        Duration.ofSeconds(5));
  }

  /** Host and process id for people, a random part for uniqueness: {@code 4711@host-9f3c2a1b}. */
  public static String newWorkerId() {
    return ManagementFactory.getRuntimeMXBean().getName()
        + "-"
        + UUID.randomUUID().toString().substring(0, 8);
  }

  public RuntimeSettings withWorkerId(String id) {
    return new RuntimeSettings(
        engineUrl,
        token,
        id,
        threads,
        maxTasks,
        asyncResponseTimeout,
        shutdownGrace,
        retryDelay,
        retryDelayMax,
        errorBackOffMax);
  }

  public RuntimeSettings withParallelism(int threadCount, int tasksAFetch) {
    return new RuntimeSettings(
        engineUrl,
        token,
        workerId,
        threadCount,
        tasksAFetch,
        asyncResponseTimeout,
        shutdownGrace,
        retryDelay,
        retryDelayMax,
        errorBackOffMax);
  }

  public RuntimeSettings withPolling(Duration responseTimeout, Duration backOffMax) {
    return new RuntimeSettings(
        engineUrl,
        token,
        workerId,
        threads,
        maxTasks,
        responseTimeout,
        shutdownGrace,
        retryDelay,
        retryDelayMax,
        backOffMax);
  }

  public RuntimeSettings withRetryDelay(Duration first, Duration longest) {
    return new RuntimeSettings(
        engineUrl,
        token,
        workerId,
        threads,
        maxTasks,
        asyncResponseTimeout,
        shutdownGrace,
        first,
        longest,
        errorBackOffMax);
  }

  public RuntimeSettings withShutdownGrace(Duration grace) {
    return new RuntimeSettings(
        engineUrl,
        token,
        workerId,
        threads,
        maxTasks,
        asyncResponseTimeout,
        grace,
        retryDelay,
        retryDelayMax,
        errorBackOffMax);
  }

  private static void range(List<String> wrong, String key, int value, int min, int max) {
    if (value < min || value > max) {
      wrong.add(
          "channelwise.runtime.%s is %d; %d to %d is allowed".formatted(key, value, min, max));
    }
  }

  private static void range(
      List<String> wrong, String key, Duration value, long minMillis, long maxMillis) {
    if (value.toMillis() < minMillis || value.toMillis() > maxMillis) {
      wrong.add(
          "channelwise.runtime.%s is %s; %s to %s is allowed"
              .formatted(key, value, Duration.ofMillis(minMillis), Duration.ofMillis(maxMillis)));
    }
  }
}
