package io.channelwise.bert.internal.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.internal.files.AtomicFile;
import io.channelwise.bert.training.StepReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** {@code training.jsonl}: one line a logged step. One thread. */
public final class TrainingLog {
  static final String FILE = "training.jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;

  /** Opens the log of a run and drops the lines after the step it goes on from. */
  public TrainingLog(Path workDir, long fromStep) {
    path = workDir.resolve(FILE);
    try {
      List<String> kept = new ArrayList<>();
      if (Files.exists(path)) {
        for (String line : Files.readAllLines(path)) {
          // A killed run may leave half a line at the end.
          if (line.endsWith("}")) {
            JsonNode node = JSON.readTree(line);
            if (node.path("step").asLong() <= fromStep) {
              kept.add(line + "\n");
            }
          }
        }
      }
      AtomicFile.write(path, String.join("", kept));
    } catch (IOException e) {
      throw new UncheckedIOException("File " + path + " cannot be read", e);
    }
  }

  /** Adds a line. */
  public void append(StepReport report) {
    ObjectNode node = JSON.createObjectNode();
    node.put("step", report.step());
    node.put("epoch", report.epoch());
    node.put("loss", report.loss());
    node.put("learning_rate", report.learningRate());
    node.put("gradient_norm", report.gradientNorm());
    node.put("tokens_per_second", Math.round(report.tokensPerSecond()));
    write(node);
  }

  /** Something out of the ordinary after a step. */
  void append(long step, String notice) {
    ObjectNode node = JSON.createObjectNode();
    node.put("step", step);
    node.put("notice", notice);
    write(node);
  }

  private void write(ObjectNode node) {
    try {
      Files.writeString(path, node + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("File " + path + " cannot be written", e);
    }
  }

  void copyTo(Path folder) throws IOException {
    Files.copy(path, folder.resolve(FILE));
  }
}
