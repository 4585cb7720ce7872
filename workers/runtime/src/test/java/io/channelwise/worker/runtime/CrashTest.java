package io.channelwise.worker.runtime;

import static io.channelwise.worker.runtime.Fixtures.process;
import static io.channelwise.worker.runtime.Fixtures.settings;
import static io.channelwise.worker.runtime.Fixtures.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine goes away and comes back; a worker's process is killed. */
class CrashTest {
  private static final Contract<Keys, Count> CONTRACT =
      Contract.of("crash", Keys.class, Count.class).withLock(Duration.ofSeconds(2));

  @TempDir Path folder;

  record Keys(String campaignKey) {}

  record Count(Integer count) {}

  @Test
  void shouldReportFinishedWork_whenTheEngineRestartsMeanwhile() throws Exception {
    Contract<Keys, Count> contract = CONTRACT.withLock(Duration.ofMinutes(2));
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    try (TestEngine engine = TestEngine.onFile(folder)) {
      engine.deploy(process("crash", contract, null));
      Worker<Keys, Count> worker =
          worker(
              contract,
              (in, context) -> {
                started.countDown();
                stopped.await();
                return new Count(calls.incrementAndGet());
              });
      try (WorkerRuntime runtime = WorkerRuntime.start(settings(engine.url()), List.of(worker))) {
        String first = engine.startProcess("crash", "b", Map.of("campaignKey", "k"));
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

        engine.stop();
        stopped.countDown();
        await().until(() -> calls.get() == 1);
        engine.start();

        await().atMost(30, TimeUnit.SECONDS).until(() -> engine.isEnded(first));
        assertThat(calls).hasValue(1);
        String second = engine.startProcess("crash", "b", Map.of("campaignKey", "k"));
        await().atMost(20, TimeUnit.SECONDS).until(() -> engine.isEnded(second));
        await().until(() -> runtime.running() == 0);
      }
    }
  }

  @Test
  void shouldDeliverToAnotherWorker_whenTheFirstIsKilled() throws Exception {
    Path marker = folder.resolve("started");
    try (TestEngine engine = TestEngine.inMemory()) {
      engine.deploy(process("crash", CONTRACT, null));
      Process child = startChild(engine.url(), marker);
      try {
        String instance = engine.startProcess("crash", "b", Map.of("campaignKey", "k"));
        await().atMost(30, TimeUnit.SECONDS).until(() -> Files.exists(marker));

        child.destroyForcibly().waitFor();
        Worker<Keys, Count> second = worker(CONTRACT, (in, context) -> new Count(2));
        try (WorkerRuntime runtime = WorkerRuntime.start(settings(engine.url()), List.of(second))) {
          await().atMost(20, TimeUnit.SECONDS).until(() -> engine.isEnded(instance));
          await().until(() -> runtime.running() == 0);
        }
        assertThat(engine.historicVariable(instance, "count")).isEqualTo(2);
      } finally {
        child.destroyForcibly();
      }
    }
  }

  private static Process startChild(URI url, Path marker) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            url.toString(),
            marker.toString())
        .inheritIO()
        .start();
  }

  /** A worker that begins its work and never ends it. */
  static final class Child {
    public static void main(String[] args) {
      Worker<Keys, Count> worker =
          worker(
              CONTRACT,
              (in, context) -> {
                Files.writeString(Path.of(args[1]), in.campaignKey());
                new CountDownLatch(1).await();
                return new Count(1);
              });
      WorkerRuntime runtime = WorkerRuntime.start(settings(URI.create(args[0])), List.of(worker));
      await().forever().until(() -> runtime.running() < 0);
    }
  }
}
