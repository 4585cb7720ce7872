package io.channelwise.worker.runtime;

import static io.channelwise.worker.runtime.Fixtures.process;
import static io.channelwise.worker.runtime.Fixtures.settings;
import static io.channelwise.worker.runtime.Fixtures.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.engine.variable.Variables.SerializationDataFormats;
import org.camunda.spin.Spin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class WorkerRuntimeTest {
  private static TestEngine engine;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private WorkerRuntime runtime;

  record Keys(String campaignKey) {}

  record Count(Integer count) {}

  record Point(String name, double x) {}

  record AllIn(
      String text,
      Integer whole,
      Long large,
      Double real,
      Boolean flag,
      List<Point> points,
      Map<String, Object> settings,
      @Nullable List<String> excluded) {}

  record AllOut(
      String text,
      Integer whole,
      Long large,
      Double real,
      Boolean flag,
      List<Point> points,
      @Nullable String nothing) {}

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

  private void run(Worker<?, ?>... workers) {
    runtime = WorkerRuntime.start(settings(engine.url()), List.of(workers), meters);
  }

  private static void awaitEnd(String instance) {
    await().atMost(20, TimeUnit.SECONDS).until(() -> engine.isEnded(instance));
  }

  @Test
  void shouldPassEachTypeInAndOut() {
    Contract<AllIn, AllOut> contract = Contract.of("types", AllIn.class, AllOut.class);
    engine.deploy(process("types", contract, null));
    AtomicReference<AllIn> got = new AtomicReference<>();
    AtomicReference<Map<String, String>> mdc = new AtomicReference<>();
    run(
        worker(
            contract,
            (in, context) -> {
              got.set(in);
              mdc.set(MDC.getCopyOfContextMap());
              return new AllOut(
                  in.text() + "!",
                  in.whole() + 1,
                  in.large() + 1,
                  in.real() / 2,
                  !in.flag(),
                  in.points(),
                  null);
            }));
    Map<String, Object> variables = new HashMap<>();
    variables.put("text", "中文");
    variables.put("whole", 41);
    variables.put("large", 3_000_000_000L);
    variables.put("real", 60000);
    variables.put("flag", true);
    variables.put("points", Spin.JSON("[{\"name\":\"a\",\"x\":1.5}]"));
    variables.put(
        "settings",
        org.camunda.bpm.engine.variable.Variables.objectValue(Map.of("epochs", 3))
            .serializationDataFormat(SerializationDataFormats.JSON)
            .create());

    String instance = engine.startProcess("types", "acme-1", variables);
    awaitEnd(instance);

    assertThat(got.get())
        .isEqualTo(
            new AllIn(
                "中文",
                41,
                3_000_000_000L,
                60000.0,
                true,
                List.of(new Point("a", 1.5)),
                Map.of("epochs", 3),
                null));
    assertThat(engine.historicVariable(instance, "text")).isEqualTo("中文!");
    assertThat(engine.historicVariable(instance, "whole")).isEqualTo(42);
    assertThat(engine.historicVariable(instance, "large")).isEqualTo(3_000_000_001L);
    assertThat(engine.historicVariable(instance, "real")).isEqualTo(30000.0);
    assertThat(engine.historicVariable(instance, "flag")).isEqualTo(false);
    assertThat(engine.historicVariable(instance, "points").toString())
        .isEqualTo("[{\"name\":\"a\",\"x\":1.5}]");
    assertThat(engine.historicVariable(instance, "nothing")).isNull();
    assertThat(mdc.get())
        .containsEntry("businessKey", "acme-1")
        .containsEntry("instance", instance)
        .containsEntry("topic", "types")
        .containsEntry("attempt", "1")
        .containsKey("task");
    assertThat(engine.faults().tokens()).contains("Bearer test-token");
    assertThat(
            meters
                .get("worker.task")
                .tags("topic", "types", "outcome", "completed")
                .timer()
                .count())
        .isEqualTo(1);
  }
}
