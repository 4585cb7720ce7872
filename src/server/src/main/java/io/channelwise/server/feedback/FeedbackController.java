package io.channelwise.server.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.feedback.FeedbackTrace;
import io.channelwise.server.web.Paging;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What customers said, and the datasets made of it. */
@RestController
@RequestMapping(path = "/api", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Feedback")
class FeedbackController {
  private final FeedbackTrace feedback;

  FeedbackController(FeedbackTrace feedback) {
    this.feedback = feedback;
  }

  @Operation(
      summary = "The feedback that a cycle gathered, the oldest first",
      description =
          "Imported rows and closed tickets: source and sourceRef (line of the file, or the"
              + " ticket's id), kind, text, label, sentiment, rating, time. Pages count from 0.")
  @GetMapping("/campaigns/{key}/feedback")
  JsonNode ofCycle(
      @PathVariable("key") String key,
      @RequestParam(name = "cycle", defaultValue = "1") int cycle,
      @RequestParam(name = "page", defaultValue = "0") int page,
      @RequestParam(name = "size", defaultValue = "100") int size) {
    Paging.require(page, size);
    return feedback.feedback(key, Paging.cycle(cycle), page, size);
  }

  @Operation(
      summary = "A dataset: origin, kind, hash, classes, what was dropped",
      description = "Datasets never change; the same content has the same SHA-256.")
  @GetMapping("/datasets/{id}")
  JsonNode dataset(@PathVariable("id") String id) {
    return feedback.dataset(id);
  }

  @Operation(
      summary = "The examples of a dataset, in their order",
      description =
          "Text, or cells in the order of the dataset's columns; label; the part (train or eval) it"
              + " is in. Pages count from 0.")
  @GetMapping("/datasets/{id}/examples")
  JsonNode examples(
      @PathVariable("id") String id,
      @RequestParam(name = "page", defaultValue = "0") int page,
      @RequestParam(name = "size", defaultValue = "100") int size) {
    Paging.require(page, size);
    return feedback.examples(id, page, size);
  }
}
