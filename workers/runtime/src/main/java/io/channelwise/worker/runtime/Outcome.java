package io.channelwise.worker.runtime;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;

/** What is to be reported about one attempt. */
sealed interface Outcome {

  /** Value of the metric tag {@code outcome}. */
  String tag();

  /**
   * @param variables set locally on the task's scope
   */
  record Completed(Map<String, Object> variables) implements Outcome {
    @Override
    public String tag() {
      return "completed";
    }
  }

  record Business(String code, String message, Map<String, Object> variables) implements Outcome {
    @Override
    public String tag() {
      return "business-error";
    }
  }

  /**
   * @param retries attempts left; 0 raises an incident
   * @param delay wait before the next attempt
   */
  record Failed(String message, String details, int retries, Duration delay) implements Outcome {
    @Override
    public String tag() {
      return retries == 0 ? "incident" : "failed";
    }
  }

  /** The lock is lost, or the runtime shuts down: nothing is reported. */
  record Dropped(String reason) implements Outcome {
    @Override
    public String tag() {
      return "dropped";
    }
  }

  /** Decides what a worker's exception means; the only place that does. */
  final class Mapping {
    /** What the engine keeps of a failure's message (ACT_RU_EXT_TASK.ERROR_MSG_ is varchar). */
    static final int MESSAGE_CHARS_MAX = 666;

    private final RuntimeSettings settings;

    Mapping(RuntimeSettings settings) {
      this.settings = settings;
    }

    Outcome of(ActiveTask task, Throwable thrown) {
      if (task.isCancelled()) {
        return new Dropped(task.loss().map(Enum::name).orElse("SHUTDOWN"));
      }
      if (thrown instanceof BusinessError error) {
        return business(task, error);
      }
      if (thrown instanceof PermanentFailure) {
        return permanent(thrown);
      }
      return transientFailure(task, thrown);
    }

    private Outcome business(ActiveTask task, BusinessError error) {
      if (task.contract().errorCodes().contains(error.code())) {
        try {
          return new Business(
              error.code(), cut(message(error)), Variables.write(error.variables()));
        } catch (PermanentFailure e) {
          return permanent(e);
        }
      }
      return permanent(
          new PermanentFailure(
              "Topic %s raised the business error %s (%s), which its contract does not name; expected one of %s. Correct the worker, then retry."
                  .formatted(
                      task.topic(),
                      error.code(),
                      message(error),
                      task.contract().errorCodes().stream().sorted().toList()),
              error));
    }

    Failed permanent(Throwable thrown) {
      return new Failed(cut(message(thrown)), details(thrown), 0, Duration.ZERO);
    }

    Failed transientFailure(ActiveTask task, Throwable thrown) {
      int retriesLeft = Math.max(0, task.retries() - 1);
      Duration delay =
          thrown instanceof TransientFailure failure
              ? failure.retryAfter().orElseGet(() -> delay(task.attempt()))
              : delay(task.attempt());
      return new Failed(cut(message(thrown)), details(thrown), retriesLeft, delay);
    }

    /** First delay, four times longer each attempt, capped; without jitter, so it can be told. */
    Duration delay(int attempt) {
      Duration delay = settings.retryDelay();
      for (int i = 1; i < attempt && delay.compareTo(settings.retryDelayMax()) < 0; i++) {
        delay = delay.multipliedBy(4);
      }
      return delay.compareTo(settings.retryDelayMax()) > 0 ? settings.retryDelayMax() : delay;
    }

    static String message(Throwable thrown) {
      String message = thrown.getMessage();
      return message == null || message.isBlank()
          ? thrown.getClass().getSimpleName() + " without a message"
          : message;
    }

    static String cut(String message) {
      return message.length() <= MESSAGE_CHARS_MAX
          ? message
          : message.substring(0, MESSAGE_CHARS_MAX - 1) + "…";
    }

    private static String details(Throwable thrown) {
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));
      return text.toString();
    }
  }
}
