package io.channelwise.worker.runtime;

import static io.channelwise.worker.runtime.Fixtures.process;
import static io.channelwise.worker.runtime.Fixtures.settings;
import static io.channelwise.worker.runtime.Fixtures.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.channelwise.worker.runtime.Contract.None;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Locks kept and lost, cancellation, shutdown, back-pressure. */
class LockAndShutdownTest extends RuntimeTestBase {

  @Test
  void shouldCancelTheWorkAndPublishNothing_whenTheLockIsLost() {
    Contract<Keys, Count> contract =
        Contract.of("lostlock", Keys.class, Count.class).withLock(Duration.ofSeconds(2));
    engine.deploy(process("lostlock", contract, null));
    engine.faults().fail("/extendLock", FaultFilter.Fault.UNAVAILABLE, Integer.MAX_VALUE);
    AtomicInteger calls = new AtomicInteger();
    run(
        worker(
            contract,
            (in, context) -> {
              int call = calls.incrementAndGet();
              if (call == 1) {
                await().atMost(5, TimeUnit.SECONDS).until(context::isCancelled);
                return new Count(-1); // a worker that did not stop: must not be published
              }
              return new Count(call);
            }));

    String instance = startProcess("lostlock");

    awaitEnd(instance);
    assertThat(engine.historicVariable(instance, "count")).isEqualTo(2);
    await().until(() -> outcomes("lostlock", "dropped") == 1);
  }

  @Test
  void shouldKeepTheLock_whenTheWorkTakesLongerThanIt() {
    Contract<Keys, Count> contract =
        Contract.of("long", Keys.class, Count.class).withLock(Duration.ofSeconds(1));
    engine.deploy(process("long", contract, null));
    AtomicInteger calls = new AtomicInteger();
    run(
        worker(
            contract,
            (in, context) -> {
              calls.incrementAndGet();
              await()
                  .atMost(10, TimeUnit.SECONDS)
                  .until(() -> engine.faults().count("/extendLock") >= 8);
              return new Count(calls.get());
            }));

    String instance = startProcess("long");

    awaitEnd(instance);
    assertThat(calls).hasValue(1);
  }

  @Test
  void shouldCancelTheWork_whenTheProcessIsCancelled() {
    Contract<Keys, Count> contract =
        Contract.of("cancelled", Keys.class, Count.class).withLock(Duration.ofSeconds(3));
    engine.deploy(process("cancelled", contract, null));
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    run(
        worker(
            contract,
            (in, context) -> {
              started.countDown();
              await().atMost(10, TimeUnit.SECONDS).until(context::isCancelled);
              stopped.countDown();
              context.throwIfCancelled();
              return new Count(1);
            }));
    String instance = startProcess("cancelled");
    await().until(() -> started.getCount() == 0);

    engine.engine().getRuntimeService().deleteProcessInstance(instance, "cancelled by a person");

    await().atMost(2, TimeUnit.SECONDS).until(() -> stopped.getCount() == 0);
    await().until(() -> outcomes("cancelled", "dropped") == 1);
    await().until(() -> locksLost("gone") == 1);
  }

  @Test
  void shouldHandTheTaskToTheNextWorkerAtOnce_whenShutDown() {
    Contract<Keys, Count> contract =
        Contract.of("shutdown", Keys.class, Count.class).withLock(Duration.ofMinutes(10));
    engine.deploy(process("shutdown", contract, null));
    CountDownLatch started = new CountDownLatch(1);
    run(
        worker(
            contract,
            (in, context) -> {
              started.countDown();
              await().atMost(10, TimeUnit.SECONDS).until(context::isCancelled);
              throw new TaskContext.Cancelled("stopped at a safe point");
            }));
    String instance = startProcess("shutdown");
    await().until(() -> started.getCount() == 0);

    runtime.close();
    run(worker(contract, (in, context) -> new Count(context.attempt())));

    awaitEnd(instance);
    assertThat(engine.historicVariable(instance, "count")).isEqualTo(1);
  }

  @Test
  void shouldNotWaitLongerThanTheGrace_whenTheWorkDoesNotStop() {
    Contract<Keys, Count> contract =
        Contract.of("stubborn", Keys.class, Count.class).withLock(Duration.ofMinutes(10));
    engine.deploy(process("stubborn", contract, null));
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    Worker<Keys, Count> stubborn =
        worker(
            contract,
            (in, context) -> {
              started.countDown();
              while (release.getCount() > 0) {
                Thread.onSpinWait();
              }
              return new Count(-1);
            });
    run(settings(engine.url()).withShutdownGrace(Duration.ofMillis(300)), stubborn);
    String instance = startProcess("stubborn");
    await().until(() -> started.getCount() == 0);

    runtime.close();
    run(worker(contract, (in, context) -> new Count(2)));

    awaitEnd(instance);
    release.countDown();
    assertThat(engine.historicVariable(instance, "count")).isEqualTo(2);
  }

  @Test
  void shouldLockNoTaskThatWouldWait_whenAllThreadsAreBusy() {
    Contract<Keys, None> contract = Contract.of("busy", Keys.class, None.class);
    engine.deploy(process("busy", contract, null));
    CountDownLatch release = new CountDownLatch(1);
    run(
        settings(engine.url()).withParallelism(3, 2),
        worker(
            contract,
            (in, context) -> {
              release.await();
              return None.NONE;
            }));
    List<String> instances = IntStream.range(0, 7).mapToObj(i -> startProcess("busy")).toList();

    await().until(() -> runtime.running() >= 2);
    await()
        .during(700, TimeUnit.MILLISECONDS)
        .until(() -> lockedTasks("busy") == runtime.running() && runtime.running() <= 3);
    release.countDown();

    instances.forEach(RuntimeTestBase::awaitEnd);
  }

  @Test
  void shouldServeQuickTopics_whileSlowOnesFillTheirThreads() {
    Contract<Keys, None> slow =
        Contract.of("slow", Keys.class, None.class).withLock(Duration.ofMinutes(1));
    Contract<Keys, None> quick = Contract.of("quick", Keys.class, None.class);
    engine.deploy(process("slow", slow, null));
    engine.deploy(process("quick", quick, null));
    CountDownLatch release = new CountDownLatch(1);
    run(
        settings(engine.url()).withParallelism(1, 1),
        worker(
            slow,
            (in, context) -> {
              release.await();
              return None.NONE;
            }),
        worker(quick, (in, context) -> None.NONE));
    String first = startProcess("slow");
    String second = startProcess("slow");
    await().until(() -> runtime.running() == 1);

    awaitEnd(startProcess("quick"));

    assertThat(engine.isEnded(first) || engine.isEnded(second)).isFalse();
    release.countDown();
    awaitEnd(first);
    awaitEnd(second);
  }
}
