package io.channelwise.bench.speed;

import io.channelwise.bench.BenchmarkUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Memory in use on the first CUDA card, as its driver counts it: the same measure for every
 * framework, contexts and caches included. What others use at the same time counts, too.
 */
final class DeviceMemory {
  private static final int INTERVAL_MILLIS = 100;
  private static final long BYTES_A_MEBIBYTE = 1 << 20;

  private DeviceMemory() {}

  /**
   * Name of the card.
   *
   * @throws BenchmarkUnavailableException where there is none
   */
  static String card() {
    return ask("name");
  }

  static long usedBytes() {
    return Long.parseLong(ask("memory.used")) * BYTES_A_MEBIBYTE;
  }

  /**
   * What one process holds on the card. Processes that take turns are told apart by what changed
   * while each of them worked; caches of frameworks stay between turns and count. One thread.
   */
  static final class Share {
    private long heldBytes;
    private long mostBytes;

    /** Does a turn's work. */
    <T> T during(Supplier<T> work) {
      long before = usedBytes();
      AtomicLong most = new AtomicLong(before);
      ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
      try {
        watch.scheduleWithFixedDelay(
            () -> most.accumulateAndGet(usedBytes(), Math::max),
            0,
            INTERVAL_MILLIS,
            TimeUnit.MILLISECONDS);
        return work.get();
      } finally {
        watch.shutdownNow();
        long after = usedBytes();
        mostBytes = heldBytes + Math.max(most.get(), after) - before;
        heldBytes += after - before;
      }
    }

    /** The most it held during its latest turn. */
    long mostBytes() {
      return mostBytes;
    }
  }

  private static String ask(String field) {
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      "nvidia-smi",
                      "--id=0",
                      "--query-gpu=" + field,
                      "--format=csv,noheader,nounits"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0 || answer.isEmpty()) {
        throw absent();
      }
      return answer;
    } catch (IOException e) {
      throw absent();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("Interrupted while asking nvidia-smi", e));
    }
  }

  private static BenchmarkUnavailableException absent() {
    return new BenchmarkUnavailableException(
        "There is no CUDA GPU here: nvidia-smi does not answer. Run it on a machine with one, or with --device cpu to check that both sides run.");
  }
}
