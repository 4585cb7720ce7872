package io.channelwise.worker.runtime;

/** What a worker may know of the task in hand. Thread-safe. */
public interface TaskContext {

  String topic();

  String taskId();

  String processInstanceId();

  /** The business key of the process instance; empty when it has none. */
  String businessKey();

  /** 1 on the first delivery, one more after each reported failure. */
  int attempt();

  /**
   * True once the lock is lost, the task is gone (cancelled) or the runtime shuts down. Long work
   * checks this at every safe point and stops; nothing it does afterwards is reported.
   */
  boolean isCancelled();

  /** Throws {@link Cancelled} when {@link #isCancelled()}. */
  default void throwIfCancelled() {
    if (isCancelled()) {
      throw new Cancelled(
          "Task %s of topic %s was cancelled or its lock was lost.".formatted(taskId(), topic()));
    }
  }

  /** Ends long work whose result nobody will take; the runtime reports nothing. */
  final class Cancelled extends RuntimeException {
    public Cancelled(String message) {
      super(message);
    }
  }
}
