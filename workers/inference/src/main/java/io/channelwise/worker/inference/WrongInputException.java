package io.channelwise.worker.inference;

import io.channelwise.bert.Task;

/** The live version takes something else than was sent. */
public final class WrongInputException extends IllegalArgumentException {

  WrongInputException(String message) {
    super(message);
  }

  WrongInputException(String model, Task task) {
    this(
        "Model '%s' decides on %s. Send %s."
            .formatted(
                model,
                task == Task.PAIR ? "two texts that are read together" : "one text",
                task == Task.PAIR ? "\"pairs\":[[\"…\",\"…\"]]" : "\"texts\":[\"…\"]"));
  }

  static WrongInputException readsRows(String model) {
    return new WrongInputException(
        "Model '%s' decides on rows of behaviour, not on texts. Send \"rows\":[{\"column\":value}]."
            .formatted(model));
  }

  static WrongInputException readsTexts(String model) {
    return new WrongInputException(
        "Model '%s' decides on texts, not on rows of behaviour. Send \"texts\":[\"…\"], or \"pairs\" to a model of pairs."
            .formatted(model));
  }
}
