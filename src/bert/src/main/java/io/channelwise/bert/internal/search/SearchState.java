package io.channelwise.bert.internal.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.BertException;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.internal.files.AtomicFile;
import io.channelwise.bert.search.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The trials of a search on disk, {@code search.json}; replaced as a whole. One thread. */
final class SearchState {
  static final String FILE = "search.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final Map<String, String> identity;
  private List<Trial> trials;

  private SearchState(Path path, Map<String, String> identity, List<Trial> trials) {
    this.path = path;
    this.identity = identity;
    this.trials = trials;
  }

  /**
   * The state in the folder, or the one given when there is none.
   *
   * @param identity of settings and data; a state of another is refused
   */
  static SearchState open(Path workDir, Map<String, String> identity, List<Trial> proposed) {
    Path path = workDir.resolve(FILE);
    if (!Files.exists(path)) {
      return new SearchState(path, identity, proposed);
    }
    try {
      JsonNode node = JSON.readTree(path.toFile());
      requireSame(path, identity, node.path("identity"));
      List<Trial> found = new ArrayList<>();
      node.path("trials").forEach(entry -> found.add(trial(entry)));
      // The same seed proposes the same trials: a longer search begins with the shorter.
      List<Trial> all = new ArrayList<>(found.subList(0, Math.min(found.size(), proposed.size())));
      all.addAll(proposed.subList(all.size(), proposed.size()));
      return new SearchState(path, identity, all);
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelFormatException(
          "File %s cannot be read: %s. Delete its folder to start the search again."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private static void requireSame(Path path, Map<String, String> identity, JsonNode found) {
    TreeSet<String> keys = new TreeSet<>(identity.keySet());
    found.fieldNames().forEachRemaining(keys::add);
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      String was = found.path(key).asText(null);
      if (was == null || !was.equals(identity.get(key))) {
        differences.add("%s was %s and is %s".formatted(key, was, identity.get(key)));
      }
    }
    if (!differences.isEmpty()) {
      throw new BertException(
          "File %s belongs to another search: %s. Resume with the same settings and data, or give another work folder."
              .formatted(path, String.join(", ", differences)));
    }
  }

  List<Trial> trials() {
    return trials;
  }

  Trial trial(int number) {
    return trials.get(number - 1);
  }

  void replace(Trial trial) {
    List<Trial> changed = new ArrayList<>(trials);
    changed.set(trial.number() - 1, trial);
    trials = List.copyOf(changed);
  }

  void replaceAll(List<Trial> changed) {
    trials = List.copyOf(changed);
  }

  double seconds() {
    return trials.stream().mapToDouble(Trial::seconds).sum();
  }

  void save() {
    ObjectNode node = JSON.createObjectNode();
    node.set("identity", JSON.valueToTree(identity));
    node.set("trials", json(trials));
    AtomicFile.write(path, node.toPrettyString() + "\n");
  }

  /** The trials as {@code trials.json} lists them. */
  static ArrayNode json(List<Trial> trials) {
    ArrayNode result = JSON.createArrayNode();
    for (Trial trial : trials) {
      ObjectNode node = result.addObject();
      node.put("trial", trial.number());
      node.put("state", trial.state().name().toLowerCase(Locale.ROOT));
      node.set("values", JSON.valueToTree(trial.values()));
      node.put("epochs", trial.epochs());
      node.put("score", Double.isNaN(trial.score()) ? null : trial.score());
      node.set("scores", JSON.valueToTree(trial.scores()));
      node.put("seconds", trial.seconds());
      node.put("tokens", trial.tokens());
    }
    return result;
  }

  private static Trial trial(JsonNode node) {
    Map<String, Double> values = new LinkedHashMap<>();
    node.path("values")
        .fields()
        .forEachRemaining(e -> values.put(e.getKey(), e.getValue().asDouble()));
    List<Double> scores = new ArrayList<>();
    node.path("scores").forEach(score -> scores.add(score.asDouble()));
    return new Trial(
        node.path("trial").asInt(),
        values,
        Trial.State.valueOf(node.path("state").asText().toUpperCase(Locale.ROOT)),
        node.path("epochs").asInt(),
        scores,
        node.path("score").asDouble(Double.NaN),
        node.path("seconds").asDouble(),
        node.path("tokens").asLong());
  }
}
