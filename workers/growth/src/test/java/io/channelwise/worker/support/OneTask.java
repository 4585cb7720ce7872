package io.channelwise.worker.support;

import io.channelwise.worker.runtime.TaskContext;

/** The context of one task, never cancelled. */
public record OneTask(String topic, String taskId) implements TaskContext {

  @Override
  public String processInstanceId() {
    return "instance";
  }

  @Override
  public String businessKey() {
    return "";
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }
}
