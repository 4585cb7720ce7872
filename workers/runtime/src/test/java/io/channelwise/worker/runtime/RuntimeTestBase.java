package io.channelwise.worker.runtime;

import static io.channelwise.worker.runtime.Fixtures.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** One engine for a class of tests, a runtime and meters for each test. */
abstract class RuntimeTestBase {
  static TestEngine engine;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  WorkerRuntime runtime;

  record Keys(String campaignKey) {}

  record Count(Integer count) {}

  @BeforeAll
  static void startEngine() {
    engine = TestEngine.inMemory();
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @AfterEach
  void stopRuntime() {
    if (runtime != null) {
      runtime.close();
    }
    engine.faults().clear();
  }

  void run(Worker<?, ?>... workers) {
    run(settings(engine.url()), workers);
  }

  void run(RuntimeSettings settings, Worker<?, ?>... workers) {
    runtime = WorkerRuntime.start(settings, List.of(workers), meters);
  }

  static String startProcess(String key) {
    return engine.startProcess(key, "business-key", Map.of("campaignKey", "k"));
  }

  static void awaitEnd(String instance) {
    await().atMost(20, TimeUnit.SECONDS).until(() -> engine.isEnded(instance));
  }

  static String awaitIncident(String instance) {
    await().atMost(20, TimeUnit.SECONDS).until(() -> !engine.incidents(instance).isEmpty());
    assertThat(engine.incidents(instance)).hasSize(1);
    return engine.incidents(instance).get(0);
  }

  long lockedTasks(String topic) {
    return engine
        .engine()
        .getExternalTaskService()
        .createExternalTaskQuery()
        .topicName(topic)
        .locked()
        .count();
  }

  long outcomes(String topic, String outcome) {
    var timer = meters.find("worker.task").tags("topic", topic, "outcome", outcome).timer();
    return timer == null ? 0 : timer.count();
  }

  double locksLost(String reason) {
    var counter = meters.find("worker.lock.lost").tags("reason", reason).counter();
    return counter == null ? 0 : counter.count();
  }
}
