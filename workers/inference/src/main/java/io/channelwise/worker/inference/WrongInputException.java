package io.channelwise.worker.inference;

import io.channelwise.bert.Task;

/** The live version takes another number of texts than were sent. */
public final class WrongInputException extends IllegalArgumentException {

  WrongInputException(String model, Task task) {
    super(
        "Model '%s' decides on %s. Send %s."
            .formatted(
                model,
                task == Task.PAIR ? "two texts that are read together" : "one text",
                task == Task.PAIR ? "\"pairs\":[[\"…\",\"…\"]]" : "\"texts\":[\"…\"]"));
  }
}
