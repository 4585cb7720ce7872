package io.channelwise.worker.runtime;

import io.channelwise.worker.runtime.ActiveTask.Loss;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.client.exception.BadRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the engine an outcome, again and again while the lock can still be ours.
 *
 * <p>When the engine is away until the lock has run out, the task is let go: it is delivered again,
 * and the worker then finds its finished work. When the engine itself refuses the outcome (a later
 * step fails, nobody catches the error), the refusal becomes a failure of the task, so that it ends
 * as an incident instead of being offered for ever. Thread-safe.
 */
final class Reporter {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
  private static final int REFUSALS_MAX = 5;
  private static final long PAUSE_MILLIS_FIRST = 100;
  private static final long PAUSE_MILLIS_MAX = 5_000;

  private final Outcome.Mapping mapping;
  private final CountDownLatch aborted = new CountDownLatch(1);

  Reporter(Outcome.Mapping mapping) {
    this.mapping = mapping;
  }

  /** No further tries: the runtime's grace is over. */
  void abort() {
    aborted.countDown();
  }

  /** Returns the outcome that the engine took, or {@link Outcome.Dropped}. */
  Outcome report(ActiveTask task, Outcome first) {
    Outcome outcome = first;
    int refusals = 0;
    long pause = PAUSE_MILLIS_FIRST;
    boolean unanswered = false;
    while (task.loss().isEmpty()) {
      try {
        send(task, outcome);
        return outcome;
      } catch (Throwable e) {
        EngineAnswer answer = EngineAnswer.of(e);
        log(task, outcome, answer, e);
        switch (answer) {
          case GONE -> {
            if (unanswered) {
              return outcome; // it arrived; only the answer was lost
            }
            task.lose(Loss.GONE);
          }
          case TAKEN -> task.lose(Loss.TAKEN);
          case AWAY -> unanswered = true;
          case REFUSED -> {
            if (++refusals >= REFUSALS_MAX || isFinal(outcome, e)) {
              if (outcome instanceof Outcome.Failed) {
                return new Outcome.Dropped("REFUSED"); // the lock runs out
              }
              outcome = refusal(task, outcome, e);
              refusals = 0;
              continue;
            }
          }
        }
        if (task.loss().isEmpty() && !pause(pause)) {
          return new Outcome.Dropped("SHUTDOWN");
        }
        pause = Math.min(PAUSE_MILLIS_MAX, pause * 2);
      }
    }
    return new Outcome.Dropped(task.loss().orElseThrow().name());
  }

  private static void log(ActiveTask task, Outcome outcome, EngineAnswer answer, Throwable e) {
    LOG.warn(
        "report not taken topic={} task={} outcome={} answer={} cause={}",
        task.topic(),
        task.taskId(),
        outcome.tag(),
        answer,
        e.toString());
  }

  private static void send(ActiveTask task, Outcome outcome) {
    if (outcome instanceof Outcome.Completed completed) {
      task.service().complete(task.task(), null, completed.variables());
    } else if (outcome instanceof Outcome.Business error) {
      task.service().handleBpmnError(task.task(), error.code(), error.message(), error.variables());
    } else if (outcome instanceof Outcome.Failed failed) {
      task.service()
          .handleFailure(
              task.task(),
              failed.message(),
              failed.details(),
              failed.retries(),
              failed.delay().toMillis());
    }
  }

  /** Refusals that no further try can change. */
  private static boolean isFinal(Outcome outcome, Throwable e) {
    return e instanceof BadRequestException
        || outcome instanceof Outcome.Business && EngineAnswer.isUncaught(e);
  }

  private Outcome refusal(ActiveTask task, Outcome outcome, Throwable e) {
    if (outcome instanceof Outcome.Business error) {
      return mapping.permanent(
          new PermanentFailure(
              "%s: nobody in the process catches the business error %s of topic %s. Add a boundary event for it, or resolve it by hand, then retry."
                  .formatted(error.message(), error.code(), task.topic()),
              e));
    }
    PermanentFailure failure =
        new PermanentFailure(
            "The work of topic %s is done, but the engine refused its completion: %s. Look at the steps after this task, then retry."
                .formatted(task.topic(), Outcome.Mapping.message(e)),
            e);
    return e instanceof BadRequestException
        ? mapping.permanent(failure)
        : mapping.transientFailure(task, failure);
  }

  private boolean pause(long millis) {
    try {
      return !aborted.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
