package io.channelwise.worker.runtime;

import org.camunda.bpm.client.exception.BadRequestException;
import org.camunda.bpm.client.exception.EngineException;
import org.camunda.bpm.client.exception.NotFoundException;

/** What an exception of the engine's client means for the task. */
enum EngineAnswer {
  /** The task was completed by its process or cancelled with it. */
  GONE,
  /** Another worker has the lock, or it ran out. */
  TAKEN,
  /** The engine understood and said no. */
  REFUSED,
  /** No answer, or one of something that is not (yet) the engine. */
  AWAY;

  static EngineAnswer of(Throwable e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof NotFoundException) {
      return GONE;
    }
    if (!(e instanceof EngineException) && !(e instanceof BadRequestException)) {
      return AWAY;
    }
    if (message.contains("No process engine available")) {
      return AWAY; // an engine that is starting or stopping answers 400
    }
    if (message.contains("does not exist")) {
      return GONE;
    }
    if (message.contains("is locked by worker") || message.contains("lock that expired")) {
      return TAKEN;
    }
    return REFUSED;
  }

  /** Nobody in the process catches the BPMN error that was reported. */
  static boolean isUncaught(Throwable e) {
    return e instanceof EngineException
        && String.valueOf(e.getMessage()).contains("no error handler");
  }
}
