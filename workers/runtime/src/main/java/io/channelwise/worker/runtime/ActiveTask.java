package io.channelwise.worker.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.camunda.bpm.client.task.ExternalTask;
import org.camunda.bpm.client.task.ExternalTaskService;

/**
 * A task in hand: its lock's deadline by this machine's monotonic clock, and whether it was lost.
 * Thread-safe.
 */
final class ActiveTask implements TaskContext {

  /** Why the lock is not ours any more. */
  enum Loss {
    /** No extension came through in time; another worker may have the task. */
    EXPIRED,
    /** The engine says another worker has it. */
    TAKEN,
    /** The task is gone: the process moved on or was cancelled. */
    GONE
  }

  private final ExternalTask task;
  private final ExternalTaskService service;
  private final Contract<?, ?> contract;
  private final BooleanSupplier closing;
  private final AtomicReference<Loss> loss = new AtomicReference<>();
  private volatile long deadlineNanos;

  ActiveTask(
      ExternalTask task,
      ExternalTaskService service,
      Contract<?, ?> contract,
      BooleanSupplier closing) {
    this.task = task;
    this.service = service;
    this.contract = contract;
    this.closing = closing;
    lockedUntil(System.nanoTime(), contract.lockDuration());
  }

  ExternalTask task() {
    return task;
  }

  ExternalTaskService service() {
    return service;
  }

  Contract<?, ?> contract() {
    return contract;
  }

  /**
   * @param fromNanos {@link System#nanoTime()} taken before the call that (re)locked the task
   */
  void lockedUntil(long fromNanos, Duration duration) {
    // A tenth early: the engine's clock started a little before ours.
    deadlineNanos = fromNanos + duration.toNanos() / 10 * 9;
  }

  /** True the first time only. */
  boolean lose(Loss reason) {
    return loss.compareAndSet(null, reason);
  }

  Optional<Loss> loss() {
    if (System.nanoTime() - deadlineNanos > 0) {
      lose(Loss.EXPIRED);
    }
    return Optional.ofNullable(loss.get());
  }

  /** Attempts left, this one included. */
  int retries() {
    Integer known = task.getRetries();
    return known == null ? contract.retries() : known;
  }

  @Override
  public String topic() {
    return contract.topic();
  }

  @Override
  public String taskId() {
    return task.getId();
  }

  @Override
  public String processInstanceId() {
    return task.getProcessInstanceId();
  }

  @Override
  public String businessKey() {
    return Optional.ofNullable(task.getBusinessKey()).orElse("");
  }

  @Override
  public int attempt() {
    return Math.max(1, contract.retries() - retries() + 1);
  }

  @Override
  public boolean isCancelled() {
    return closing.getAsBoolean() || loss().isPresent();
  }
}
