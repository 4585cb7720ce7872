package io.channelwise.worker.runtime;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * What a topic takes, gives and may refuse; checked against the BPMN mappings by a test.
 *
 * <p>Component types may be {@code String, Integer, Long, Double, Boolean} or anything Jackson can
 * read from a JSON variable (lists, maps, records). A component annotated {@link Nullable} may be
 * absent or null; every other one is required.
 *
 * @param topic the external task topic, e.g. {@code deal.send}
 * @param input record of the variables read, by component name
 * @param output record of the variables written, by component name; {@link None} when there are
 *     none
 * @param errorCodes the BPMN error codes that {@link BusinessError} may carry on this topic
 * @param lockDuration how long a task is locked at first; the lock keeper extends it every third
 * @param retries attempts before an incident
 */
public record Contract<I extends Record, O extends Record>(
    String topic,
    Class<I> input,
    Class<O> output,
    Set<String> errorCodes,
    Duration lockDuration,
    int retries) {

  /** The output of a topic that has none. */
  public record None() {
    public static final None NONE = new None();
  }

  public Contract {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
    errorCodes = Set.copyOf(errorCodes);
    if (lockDuration.toMillis() < 1_000) {
      throw new IllegalArgumentException(
          "Topic " + topic + ": lockDuration is " + lockDuration + "; at least 1 s is needed.");
    }
    if (retries < 1) {
      throw new IllegalArgumentException(
          "Topic " + topic + ": retries is " + retries + "; at least 1 is needed.");
    }
  }

  /** A contract for short work: lock of 30 s, three attempts. */
  public static <I extends Record, O extends Record> Contract<I, O> of(
      String topic, Class<I> input, Class<O> output, String... errorCodes) {
    return new Contract<>(topic, input, output, Set.of(errorCodes), Duration.ofSeconds(30), 3);
  }

  public Contract<I, O> withLock(Duration duration) {
    return new Contract<>(topic, input, output, errorCodes, duration, retries);
  }

  public Contract<I, O> withRetries(int count) {
    return new Contract<>(topic, input, output, errorCodes, lockDuration, count);
  }
}
