package io.channelwise.bert.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.internal.explain.ExplanationPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes explanations as files. */
public final class ExplanationFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ExplanationFiles() {}

  /**
   * Writes a page for people where the name ends in {@code .html}, the numbers where it ends in
   * {@code .json}, and else a folder with {@code explanations.html} and {@code explanations.json}.
   * The page needs no network. Files of these names are replaced.
   */
  public static void write(Path target, List<Explanation> explanations) {
    String name = target.getFileName().toString();
    try {
      if (name.endsWith(".html")) {
        Files.writeString(target, ExplanationPage.of(explanations));
      } else if (name.endsWith(".json")) {
        Files.writeString(target, json(explanations));
      } else {
        Files.createDirectories(target);
        Files.writeString(target.resolve("explanations.html"), ExplanationPage.of(explanations));
        Files.writeString(target.resolve("explanations.json"), json(explanations));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("File " + target + " cannot be written", e);
    }
  }

  private static String json(List<Explanation> explanations) throws JsonProcessingException {
    ArrayNode list = JSON.createArrayNode();
    for (Explanation explanation : explanations) {
      ObjectNode node = list.addObject();
      node.set("inputs", JSON.valueToTree(explanation.inputs()));
      node.put("label", explanation.label());
      node.put("score", explanation.score());
      if (explanation.about() >= 0) {
        node.put("about", explanation.about());
      }
      ArrayNode words = node.putArray("words");
      for (Explanation.Word word : explanation.words()) {
        words
            .addObject()
            .put("text", explanation.text(word))
            .put("input", word.input())
            .put("start", word.start())
            .put("end", word.end())
            .put("share", word.share());
      }
      node.put("change", explanation.change());
      node.put("gap", explanation.gap());
      node.put("complete", explanation.complete());
      node.put("points", explanation.points());
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list);
  }
}
