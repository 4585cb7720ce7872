package io.channelwise.worker.training;

import io.channelwise.worker.runtime.TaskContext;
import java.util.function.BooleanSupplier;

/** One delivery of a task; asks a switch whether it is cancelled. */
record Delivery(String businessKey, BooleanSupplier cancelled) implements TaskContext {

  static Delivery of(String businessKey) {
    return new Delivery(businessKey, () -> false);
  }

  @Override
  public String topic() {
    return "bert.fine-tune";
  }

  @Override
  public String taskId() {
    return "task";
  }

  @Override
  public String processInstanceId() {
    return "instance";
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public boolean isCancelled() {
    return cancelled.getAsBoolean();
  }
}
