package io.channelwise.worker.runtime;

import static io.channelwise.worker.runtime.Fixtures.process;
import static io.channelwise.worker.runtime.Fixtures.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.engine.variable.Variables.SerializationDataFormats;
import org.camunda.spin.Spin;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Variables in and out of a task. */
class VariablesTest extends RuntimeTestBase {
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
    await().until(() -> outcomes("types", "completed") == 1);
  }

  @Test
  void shouldReportMissingAndWrongVariablesTogether_beforeAnyWork() {
    Contract<AllIn, AllOut> contract = Contract.of("wrong", AllIn.class, AllOut.class);
    engine.deploy(process("wrong", contract, null));
    AtomicInteger calls = new AtomicInteger();
    run(
        worker(
            contract,
            (in, context) -> {
              calls.incrementAndGet();
              return null;
            }));

    String instance =
        engine.startProcess(
            "wrong", "b", Map.of("text", 7, "whole", 1.5, "large", 1, "real", "x", "flag", true));

    String incident = awaitIncident(instance);
    assertThat(incident)
        .startsWith("Topic wrong got 5 wrong input variable(s): ")
        .contains("text is 7 (Integer), expected String")
        .contains("whole is 1.5 (Double), expected Integer")
        .contains("real is a value of 1 characters (String), expected Double")
        .contains("points is null, expected java.util.List")
        .contains("settings is null");
    assertThat(calls).hasValue(0);
  }
}
