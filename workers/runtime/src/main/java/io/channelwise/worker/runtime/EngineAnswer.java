package io.channelwise.worker.runtime;

import org.camunda.bpm.client.exception.BadRequestException;
import org.camunda.bpm.client.exception.EngineException;
import org.camunda.bpm.client.exception.NotFoundException;
import org.camunda.bpm.client.exception.RestException;

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
    if (isAway((RestException) e, message)) {
      return AWAY;
    }
    if (message.contains("does not exist")) {
      return GONE;
    }
    if (message.contains("is locked by worker") || message.contains("lock that expired")) {
      return TAKEN;
    }
    return REFUSED;
  }

  /** A starting or stopping engine answers 400, one without its database 500. */
  private static boolean isAway(RestException e, String message) {
    return message.contains("No process engine available")
        || "CannotCreateTransactionException".equals(e.getType());
  }

  /** Nobody in the process catches the BPMN error that was reported. */
  static boolean isUncaught(Throwable e) {
    return e instanceof EngineException
        && String.valueOf(e.getMessage()).contains("no error handler");
  }
}
