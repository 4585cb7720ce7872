package io.channelwise.worker.runtime;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** Small processes, settings and workers for the tests. */
final class Fixtures {
  private Fixtures() {}

  static RuntimeSettings settings(URI url) {
    return RuntimeSettings.of(url, () -> "test-token")
        .withParallelism(4, 2)
        .withPolling(Duration.ofMillis(1_000), Duration.ofMillis(500))
        .withRetryDelay(Duration.ofMillis(50), Duration.ofMillis(200))
        .withShutdownGrace(Duration.ofSeconds(5));
  }

  /**
   * One external task; inputs and outputs are mapped by name, an input that may be absent as null;
   * with a boundary event for {@code caught} unless that is null.
   */
  static BpmnModelInstance process(String key, Contract<?, ?> contract, String caught) {
    var task =
        Bpmn.createExecutableProcess(key)
            .startEvent()
            .serviceTask("Task_Work")
            .camundaExternalTask(contract.topic());
    Arrays.stream(Variables.names(contract.input()))
        .forEach(
            name -> task.camundaInputParameter(name, "${execution.getVariable('" + name + "')}"));
    Arrays.stream(Variables.names(contract.output()))
        .forEach(name -> task.camundaOutputParameter(name, "${" + name + "}"));
    task.endEvent("EndEvent_Done");
    if (caught == null) {
      return task.done();
    }
    return task.boundaryEvent("Boundary_Error").error(caught).endEvent("EndEvent_Caught").done();
  }

  static <I extends Record, O extends Record> Worker<I, O> worker(
      Contract<I, O> contract, Work<I, O> work) {
    return new Worker<>() {
      @Override
      public Contract<I, O> contract() {
        return contract;
      }

      @Override
      public O handle(I input, TaskContext context) throws Exception {
        return work.handle(input, context);
      }
    };
  }

  /** A worker's body. */
  interface Work<I, O> {
    O handle(I input, TaskContext context) throws Exception;
  }
}
