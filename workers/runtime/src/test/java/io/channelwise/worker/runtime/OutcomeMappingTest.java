package io.channelwise.worker.runtime;

import static io.channelwise.worker.runtime.Fixtures.process;
import static io.channelwise.worker.runtime.Fixtures.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.channelwise.worker.runtime.Contract.None;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of a task when the work ends in one way or another. */
class OutcomeMappingTest extends RuntimeTestBase {

  @Test
  void shouldLeaveThroughTheErrorEvent_whenTheBusinessErrorIsCaught() {
    Contract<Keys, Count> contract = Contract.of("caught", Keys.class, Count.class, "REJECTED");
    engine.deploy(process("caught", contract, "REJECTED"));
    run(
        worker(
            contract,
            (in, context) -> {
              throw new BusinessError(
                  "REJECTED",
                  "Refused",
                  Map.of("rejectedChannel", "mail", "reasons", List.of("a")));
            }));

    String instance = startProcess("caught");

    awaitEnd(instance);
    assertThat(engine.historicVariable(instance, "rejectedChannel")).isEqualTo("mail");
    assertThat(engine.historicVariable(instance, "reasons")).hasToString("[\"a\"]");
    await().until(() -> outcomes("caught", "business-error") == 1);
  }

  @Test
  void shouldRaiseIncident_whenNobodyCatchesTheBusinessError() {
    Contract<Keys, None> contract = Contract.of("uncaught", Keys.class, None.class, "REJECTED");
    engine.deploy(process("uncaught", contract, null));
    run(
        worker(
            contract,
            (in, context) -> {
              throw new BusinessError("REJECTED", "Channel mail refused the offer");
            }));

    String instance = startProcess("uncaught");

    assertThat(awaitIncident(instance))
        .startsWith(
            "Channel mail refused the offer: nobody in the process catches the business error REJECTED of topic uncaught.");
  }

  @Test
  void shouldRaiseIncident_whenTheContractDoesNotNameTheBusinessError() {
    Contract<Keys, None> contract = Contract.of("undeclared", Keys.class, None.class, "REJECTED");
    engine.deploy(process("undeclared", contract, "OTHER"));
    run(
        worker(
            contract,
            (in, context) -> {
              throw new BusinessError("OTHER", "x");
            }));

    String instance = startProcess("undeclared");

    assertThat(awaitIncident(instance)).contains("OTHER").contains("expected one of [REJECTED]");
  }

  @Test
  void shouldRaiseIncidentAtOnce_whenTheFailureIsPermanent() {
    Contract<Keys, None> contract = Contract.of("permanent", Keys.class, None.class);
    engine.deploy(process("permanent", contract, null));
    AtomicInteger calls = new AtomicInteger();
    run(
        worker(
            contract,
            (in, context) -> {
              calls.incrementAndGet();
              throw new PermanentFailure("The key is revoked. " + "x".repeat(1_000));
            }));

    String instance = startProcess("permanent");

    assertThat(awaitIncident(instance)).startsWith("The key is revoked.").hasSize(666);
    assertThat(calls).hasValue(1);
    String task =
        engine
            .engine()
            .getExternalTaskService()
            .createExternalTaskQuery()
            .processInstanceId(instance)
            .singleResult()
            .getId();
    assertThat(engine.engine().getExternalTaskService().getExternalTaskErrorDetails(task))
        .contains("PermanentFailure")
        .contains("OutcomeMappingTest");
  }

  @Test
  void shouldRaiseIncident_whenRetriesAreUsedUp() {
    Contract<Keys, None> contract = Contract.of("transient", Keys.class, None.class).withRetries(4);
    engine.deploy(process("transient", contract, null));
    List<Integer> attempts = new CopyOnWriteArrayList<>();
    run(
        worker(
            contract,
            (in, context) -> {
              attempts.add(context.attempt());
              if (context.attempt() == 2) {
                throw new IllegalStateException(); // unexpected counts as transient
              }
              throw new TransientFailure("Mail server away", null, Duration.ofMillis(1));
            }));

    String instance = startProcess("transient");

    assertThat(awaitIncident(instance)).isEqualTo("Mail server away");
    assertThat(attempts).containsExactly(1, 2, 3, 4);
    await().until(() -> outcomes("transient", "failed") == 3);
    await().until(() -> outcomes("transient", "incident") == 1);
  }

  @Test
  void shouldReportAgain_whenTheEngineIsAwayAfterTheWorkIsDone() {
    Contract<Keys, Count> contract = Contract.of("away", Keys.class, Count.class);
    engine.deploy(process("away", contract, null));
    engine.faults().fail("/complete", FaultFilter.Fault.UNAVAILABLE, 3);
    AtomicInteger calls = new AtomicInteger();
    run(worker(contract, (in, context) -> new Count(calls.incrementAndGet())));

    String instance = startProcess("away");

    awaitEnd(instance);
    assertThat(calls).hasValue(1);
    assertThat(engine.faults().count("/complete")).isEqualTo(4);
  }

  @Test
  void shouldTakeItAsReported_whenOnlyTheAnswerWasLost() {
    Contract<Keys, Count> contract = Contract.of("lostanswer", Keys.class, Count.class);
    engine.deploy(process("lostanswer", contract, null));
    engine.faults().fail("/complete", FaultFilter.Fault.ANSWER_LOST, 1);
    AtomicInteger calls = new AtomicInteger();
    run(worker(contract, (in, context) -> new Count(calls.incrementAndGet())));

    String instance = startProcess("lostanswer");

    awaitEnd(instance);
    await().until(() -> outcomes("lostanswer", "completed") == 1);
    assertThat(calls).hasValue(1);
    assertThat(meters.find("worker.lock.lost").counter()).isNull();
  }

  @Test
  void shouldDeliverAgain_whenCompletionFailsUntilTheLockRunsOut() {
    Contract<Keys, Count> contract =
        Contract.of("redelivered", Keys.class, Count.class).withLock(Duration.ofSeconds(2));
    engine.deploy(process("redelivered", contract, null));
    engine.faults().fail("/complete", FaultFilter.Fault.UNAVAILABLE, Integer.MAX_VALUE);
    engine.faults().fail("/extendLock", FaultFilter.Fault.UNAVAILABLE, Integer.MAX_VALUE);
    AtomicInteger effects = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    run(
        worker(
            contract,
            (in, context) -> {
              if (calls.incrementAndGet() == 2) {
                engine.faults().clear();
              }
              effects.compareAndSet(0, 1);
              return new Count(effects.get());
            }));

    String instance = startProcess("redelivered");

    awaitEnd(instance);
    assertThat(calls).hasValue(2);
    assertThat(engine.historicVariable(instance, "count")).isEqualTo(1);
    await().until(() -> locksLost("expired") == 1);
  }

  @Test
  void shouldBecomeIncident_whenAStepAfterTheTaskRefusesTheCompletion() {
    Contract<Keys, Count> contract = Contract.of("refused", Keys.class, Count.class).withRetries(1);
    var model = process("refused", contract, null);
    model
        .<org.camunda.bpm.model.bpmn.instance.EndEvent>getModelElementById("EndEvent_Done")
        .builder()
        .camundaExecutionListenerExpression("start", "${nobodyKnowsThis}");
    engine.deploy(model);
    AtomicInteger calls = new AtomicInteger();
    run(worker(contract, (in, context) -> new Count(calls.incrementAndGet())));

    String instance = startProcess("refused");

    assertThat(awaitIncident(instance))
        .startsWith("The work of topic refused is done, but the engine refused its completion")
        .contains("nobodyKnowsThis");
    assertThat(calls).hasValue(1);
  }
}
