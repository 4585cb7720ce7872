package io.channelwise.bert.internal.fewshot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.training.FewShotResult;
import io.channelwise.bert.training.FewShotResult.Candidate;
import io.channelwise.bert.training.FewShotResult.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Says in the files of a model what was tried and chosen. */
public final class FewShotFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FewShotFiles() {}

  /** Adds to {@code metrics.json}, {@code report.txt} and {@code model-card.md} of a folder. */
  public static void add(Path folder, FewShotResult result) throws IOException {
    Path metrics = folder.resolve("metrics.json");
    ObjectNode node = (ObjectNode) JSON.readTree(metrics.toFile());
    node.set("few_shot", json(result));
    JSON.writerWithDefaultPrettyPrinter().writeValue(metrics.toFile(), node);
    append(folder.resolve("report.txt"), "\n" + text(result));
    append(
        folder.resolve("model-card.md"),
        "\n## Little data\n\n%s\n```\n%s```\n".formatted(sentence(result), table(result)));
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private static ObjectNode json(FewShotResult result) {
    ObjectNode node = JSON.createObjectNode();
    node.put("folds", result.folds());
    node.set("chosen", json(result.chosen()));
    ArrayNode all = node.putArray("candidates");
    result.candidates().forEach(candidate -> all.add(json(candidate)));
    return node;
  }

  private static ObjectNode json(Candidate candidate) {
    ObjectNode node = JSON.createObjectNode();
    node.put("encoder", candidate.encoder().name().toLowerCase(Locale.ROOT));
    node.put("strength", candidate.strength());
    node.put("accuracy", candidate.accuracy());
    node.put("accuracy_spread", candidate.accuracySpread());
    node.put("log_loss", candidate.logLoss());
    node.put("log_loss_spread", candidate.logLossSpread());
    return node;
  }

  /** What was chosen and why, and the scores of everything that was tried. */
  public static String text(FewShotResult result) {
    return sentence(result) + "\n" + table(result);
  }

  private static String sentence(FewShotResult result) {
    Candidate chosen = result.chosen();
    return String.format(
        Locale.ROOT,
        "Chosen by %d-fold cross-validation on the training data: %s, head of strength C = %s,%n"
            + "accuracy %.4f (standard deviation over the folds %.4f).%n",
        result.folds(),
        chosen.encoder() == Encoder.TUNED
            ? "the encoder tuned contrastively"
            : "the frozen encoder",
        number(chosen.strength()),
        chosen.accuracy(),
        chosen.accuracySpread());
  }

  private static String table(FewShotResult result) {
    StringBuilder text =
        new StringBuilder("  encoder       C  accuracy  spread  log loss  spread\n");
    for (Candidate candidate : result.candidates()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s %-7s %7s    %.4f  %.4f    %6.4f  %.4f%n",
              candidate.equals(result.chosen()) ? "*" : " ",
              candidate.encoder().name().toLowerCase(Locale.ROOT),
              number(candidate.strength()),
              candidate.accuracy(),
              candidate.accuracySpread(),
              candidate.logLoss(),
              candidate.logLossSpread()));
    }
    return text.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
