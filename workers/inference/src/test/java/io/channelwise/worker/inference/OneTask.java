package io.channelwise.worker.inference;

import io.channelwise.worker.runtime.TaskContext;

/** The context of one task, never cancelled. */
record OneTask() implements TaskContext {

  @Override
  public String topic() {
    return "ticket.classify";
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
