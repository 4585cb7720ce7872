package io.channelwise.worker.runtime;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One attempt from variables to report; nothing escapes. Thread-safe. */
final class TaskRunner {
  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

  private final Outcome.Mapping mapping;
  private final Reporter reporter;
  private final LockKeeper keeper;
  private final Measures measures;

  TaskRunner(Outcome.Mapping mapping, Reporter reporter, LockKeeper keeper, Measures measures) {
    this.mapping = mapping;
    this.reporter = reporter;
    this.keeper = keeper;
    this.measures = measures;
  }

  <I extends Record, O extends Record> void run(Worker<I, O> worker, ActiveTask task) {
    long started = System.nanoTime();
    try (Context mdc = Context.of(task);
        LockKeeper.Watch watch = keeper.watch(task)) {
      Outcome wanted = work(worker, task);
      Outcome taken = wanted instanceof Outcome.Dropped ? wanted : reporter.report(task, wanted);
      finish(task, taken);
      measures.worked(task, taken, System.nanoTime() - started);
    } catch (Throwable e) {
      // The client would only log it and offer the task again for ever; the lock runs out.
      LOG.error("reporting failed topic={} task={}", task.topic(), task.taskId(), e);
    }
  }

  private <I extends Record, O extends Record> Outcome work(Worker<I, O> worker, ActiveTask task) {
    try {
      I input = Variables.read(worker.contract(), task.task());
      O output = worker.handle(input, task);
      if (task.loss().isPresent()) {
        return new Outcome.Dropped(task.loss().orElseThrow().name());
      }
      if (output == null) {
        throw new PermanentFailure(
            "The worker of topic %s returned null; expected %s."
                .formatted(task.topic(), worker.contract().output().getName()));
      }
      return new Outcome.Completed(Variables.write(worker.contract(), output));
    } catch (Throwable e) {
      Outcome outcome = mapping.of(task, e);
      log(outcome, e);
      return outcome;
    }
  }

  private static void log(Outcome outcome, Throwable e) {
    if (outcome instanceof Outcome.Business business) {
      LOG.info("business error code={} message={}", business.code(), business.message());
    } else if (outcome instanceof Outcome.Failed failed && failed.retries() == 0) {
      LOG.error("incident, a person must act message={}", failed.message(), e);
    } else if (outcome instanceof Outcome.Failed failed) {
      LOG.warn(
          "attempt failed retriesLeft={} delay={} message={}",
          failed.retries(),
          failed.delay(),
          failed.message(),
          e);
    }
  }

  private void finish(ActiveTask task, Outcome taken) {
    task.loss().ifPresent(loss -> measures.lost(task));
    if (!(taken instanceof Outcome.Dropped dropped)) {
      LOG.info("task reported outcome={}", taken.tag());
      return;
    }
    LOG.info("task dropped reason={}", dropped.reason());
    if (dropped.reason().equals("SHUTDOWN")) {
      unlock(task);
    }
  }

  /** Gives the task to the next worker at once, instead of when the lock runs out. */
  static void unlock(ActiveTask task) {
    try {
      task.service().unlock(task.task());
    } catch (RuntimeException e) {
      LOG.warn(
          "task not unlocked, its lock runs out topic={} task={} cause={}",
          task.topic(),
          task.taskId(),
          e.toString());
    }
  }

  /** The ids of the task in hand, on each log line of this thread. */
  private record Context(List<MDC.MDCCloseable> keys) implements AutoCloseable {
    static Context of(ActiveTask task) {
      List<MDC.MDCCloseable> keys = new ArrayList<>();
      keys.add(MDC.putCloseable("businessKey", task.businessKey()));
      keys.add(MDC.putCloseable("instance", task.processInstanceId()));
      keys.add(MDC.putCloseable("topic", task.topic()));
      keys.add(MDC.putCloseable("task", task.taskId()));
      keys.add(MDC.putCloseable("attempt", Integer.toString(task.attempt())));
      return new Context(keys);
    }

    @Override
    public void close() {
      keys.forEach(MDC.MDCCloseable::close);
    }
  }
}
