package io.channelwise.bert.internal.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.bert.BertException;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What {@code config.json} says of a BERT.
 *
 * @param vocabSize rows of the word embedding
 * @param hiddenSize width of a hidden state
 * @param layers encoder layers
 * @param heads attention heads a layer
 * @param intermediateSize width of the feed-forward layer
 * @param maxPositions longest input, in tokens
 * @param typeVocabSize rows of the segment embedding
 * @param layerNormEps added to the variance
 * @param labels classes in output order; empty for a bare encoder
 * @param pooling how token states become one vector for the head
 * @param maxLength tokens a text was cut to in training; {@code maxPositions} when not said
 * @param task what the head decides on; {@code SEQUENCE} for a bare encoder
 */
public record BertConfig(
    int vocabSize,
    int hiddenSize,
    int layers,
    int heads,
    int intermediateSize,
    int maxPositions,
    int typeVocabSize,
    double layerNormEps,
    List<String> labels,
    Pooling pooling,
    int maxLength,
    Task task) {
  public static final String FILE = "config.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String CLASSIFIER = "BertForSequenceClassification";
  static final String TAGGER = "BertForTokenClassification";
  static final String ONE_LABEL = "single_label_classification";
  static final String MANY_LABELS = "multi_label_classification";

  /** The largest published BERT has 24; a hostile file must not make us list tensors for ever. */
  private static final int LAYERS_MAX = 1000;

  /** Ten thousand classes take half a megabyte. */
  private static final long BYTES_MAX = 16L << 20;

  public BertConfig {
    labels = List.copyOf(labels);
  }

  /** Reads and checks {@code config.json} of a directory. */
  public static BertConfig read(Path directory) {
    Path path = directory.resolve(FILE);
    return parse(path, json(directory, path));
  }

  /**
   * As {@link #read}, for a model whose own head is used.
   *
   * @throws ModelFormatException when it has no head that chooses one class for a text
   */
  public static BertConfig readClassifier(Path directory) {
    Path path = directory.resolve(FILE);
    JsonNode node = json(directory, path);
    BertConfig config = parse(path, node);
    if (config.labels.isEmpty()) {
      throw new ModelFormatException(
          "Model "
              + directory
              + " has no classes in its config.json: it is a bare encoder. Fine-tune it first.");
    }
    UnsupportedOptions.refuseOtherHeads(path, node);
    return config;
  }

  private static JsonNode json(Path directory, Path path) {
    if (!Files.isRegularFile(path)) {
      throw new ModelFormatException(
          "Folder "
              + directory
              + " is no Hugging Face model: it has no config.json. Give a folder with config.json,"
              + " model.safetensors and tokenizer.json, or one of the packaged names.");
    }
    SizeLimit.require(path, "the configuration of a BERT", BYTES_MAX);
    try {
      return JSON.readTree(path.toFile());
    } catch (IOException e) {
      throw new ModelFormatException("File " + path + " is no JSON: " + e.getMessage(), e);
    }
  }

  private static BertConfig parse(Path path, JsonNode node) {
    UnsupportedOptions.refuse(path, node);
    int positions = positive(path, node, "max_position_embeddings");
    JsonNode own = node.path("channelwise");
    Task task = task(path, node);
    String usual = task == Task.TOKENS ? Pooling.NONE.key() : Pooling.CLS.key();
    BertConfig config =
        new BertConfig(
            positive(path, node, "vocab_size"),
            positive(path, node, "hidden_size"),
            positive(path, node, "num_hidden_layers"),
            positive(path, node, "num_attention_heads"),
            positive(path, node, "intermediate_size"),
            positions,
            positive(path, node, "type_vocab_size"),
            layerNormEps(path, node),
            labels(path, node),
            Pooling.of(own.path("pooling").asText(usual)),
            own.path("max_length").asInt(positions),
            task);
    check(path, config);
    return config;
  }

  private static void check(Path path, BertConfig config) {
    if (config.layers > LAYERS_MAX) {
      throw new ModelFormatException(
          "File %s has num_hidden_layers %d; the limit is %d."
              .formatted(path, config.layers, LAYERS_MAX));
    }
    if (config.maxLength < 2 || config.maxLength > config.maxPositions) {
      throw new ModelFormatException(
          "File %s has channelwise.max_length %d; expected 2 to max_position_embeddings, %d."
              .formatted(path, config.maxLength, config.maxPositions));
    }
    if ((config.task == Task.TOKENS) != (config.pooling == Pooling.NONE)) {
      throw new ModelFormatException(
          "File %s has the task %s with the pooling %s; expected none for tokens, mean or cls for texts."
              .formatted(path, config.task.key(), config.pooling.key()));
    }
    if (config.hiddenSize % config.heads != 0) {
      throw new ModelFormatException(
          "File %s has hidden_size %d, not a multiple of num_attention_heads %d."
              .formatted(path, config.hiddenSize, config.heads));
    }
  }

  private static Task task(Path path, JsonNode node) {
    JsonNode own = node.path("channelwise").path("task");
    if (!own.isMissingNode()) {
      try {
        return Task.of(own.asText());
      } catch (BertException e) {
        throw new ModelFormatException("File " + path + ": " + e.getMessage(), e);
      }
    }
    if (architectures(node).contains(TAGGER)) {
      return Task.TOKENS;
    }
    return node.path("problem_type").asText().equals(MANY_LABELS)
        ? Task.MULTI_LABEL
        : Task.SEQUENCE;
  }

  private static List<String> labels(Path path, JsonNode node) {
    JsonNode given = node.path("id2label");
    if (given.isMissingNode() || given.isNull()) {
      // Hugging Face does not write the names it would choose itself: LABEL_0 and LABEL_1.
      List<String> names = architectures(node);
      boolean head = names.contains(CLASSIFIER) || names.contains(TAGGER);
      return head ? List.of("LABEL_0", "LABEL_1") : List.of();
    }
    List<String> labels = new ArrayList<>();
    for (int i = 0; given.has(Integer.toString(i)); i++) {
      labels.add(given.get(Integer.toString(i)).asText());
    }
    if (labels.size() != given.size() || new HashSet<>(labels).size() != labels.size()) {
      throw new ModelFormatException(
          "File %s has the id2label %s; expected every number from 0 on once, each with a name of its own."
              .formatted(path, given));
    }
    return labels;
  }

  /** Names of the classes in Hugging Face transformers that the model was saved from. */
  static List<String> architectures(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.path("architectures").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static int positive(Path path, JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isInt() || value.asInt() < 1) {
      throw new ModelFormatException(
          "File %s has %s %s; expected a whole number above 0.".formatted(path, key, value));
    }
    return value.asInt();
  }

  private static double layerNormEps(Path path, JsonNode node) {
    JsonNode value = node.path("layer_norm_eps");
    if (value.isMissingNode()) {
      return 1e-12;
    }
    if (!value.isNumber() || !(value.asDouble() > 0 && value.asDouble() < 1)) {
      throw new ModelFormatException(
          "File %s has layer_norm_eps %s; expected a number above 0 and below 1."
              .formatted(path, value));
    }
    return value.asDouble();
  }

  /** The same encoder with a classification head. */
  public BertConfig withHead(
      Task newTask, List<String> newLabels, Pooling newPooling, int newMaxLength) {
    return new BertConfig(
        vocabSize,
        hiddenSize,
        layers,
        heads,
        intermediateSize,
        maxPositions,
        typeVocabSize,
        layerNormEps,
        newLabels,
        newPooling,
        newMaxLength,
        newTask);
  }

  /** Writes {@code config.json} as Hugging Face reads it. */
  public void write(Path directory) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    boolean head = !labels.isEmpty();
    node.putArray("architectures").add(head ? architecture() : "BertModel");
    node.put("model_type", "bert");
    node.put("vocab_size", vocabSize);
    node.put("hidden_size", hiddenSize);
    node.put("num_hidden_layers", layers);
    node.put("num_attention_heads", heads);
    node.put("intermediate_size", intermediateSize);
    node.put("max_position_embeddings", maxPositions);
    node.put("type_vocab_size", typeVocabSize);
    node.put("layer_norm_eps", layerNormEps);
    node.put("hidden_act", "gelu");
    node.put("position_embedding_type", "absolute");
    node.put("hidden_dropout_prob", 0.1);
    node.put("attention_probs_dropout_prob", 0.1);
    node.put("initializer_range", 0.02);
    node.put("pad_token_id", 0);
    node.put("torch_dtype", "float32");
    if (head) {
      writeHead(node);
    }
    JSON.writerWithDefaultPrettyPrinter().writeValue(directory.resolve(FILE).toFile(), node);
  }

  private String architecture() {
    return switch (pooling) {
      case NONE -> TAGGER;
      case CLS -> CLASSIFIER;
      // Hugging Face has no class for a head on the mean of the token states.
      case MEAN -> "BertModel";
    };
  }

  private void writeHead(ObjectNode node) {
    if (task != Task.TOKENS) {
      node.put("problem_type", task == Task.MULTI_LABEL ? MANY_LABELS : ONE_LABEL);
    }
    ObjectNode names = node.putObject("id2label");
    ObjectNode ids = node.putObject("label2id");
    for (int i = 0; i < labels.size(); i++) {
      names.put(Integer.toString(i), labels.get(i));
      ids.put(labels.get(i), i);
    }
    ObjectNode own = node.putObject("channelwise");
    own.put("task", task.key());
    own.put("pooling", pooling.key());
    own.put("pooling_note", pooling.note());
    own.put("max_length", maxLength);
  }
}
