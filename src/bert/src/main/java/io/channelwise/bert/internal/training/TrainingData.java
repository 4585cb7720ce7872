package io.channelwise.bert.internal.training;

import io.channelwise.bert.DatasetException;
import io.channelwise.bert.DatasetTooSmallException;
import io.channelwise.bert.Example;
import io.channelwise.bert.internal.model.VocabularySubset;
import io.channelwise.bert.internal.text.TextEncoder;
import io.channelwise.bert.internal.text.TokenIds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The examples of a training as numbers.
 *
 * @param labels classes, sorted
 * @param vocabulary token ids in use; texts are renumbered by it
 * @param train training texts
 * @param trainLabels class of each training text
 * @param eval evaluation texts
 * @param evalLabels class of each evaluation text
 * @param cut texts longer than allowed, of both parts
 * @param sha256 of all texts and labels in order
 */
public record TrainingData(
    List<String> labels,
    VocabularySubset vocabulary,
    List<TokenIds> train,
    int[] trainLabels,
    List<TokenIds> eval,
    int[] evalLabels,
    int cut,
    String sha256) {
  private static final int ROWS_MIN = 8;

  /** Checks the examples; needs no model. */
  public static List<String> checkedLabels(List<Example> train, List<Example> eval) {
    TreeSet<String> labels = new TreeSet<>();
    train.forEach(example -> labels.add(example.label()));
    if (labels.contains("")) {
      throw new DatasetException(
          "Some training examples have an empty label; fill or remove them.");
    }
    int rowsMin = Math.max(ROWS_MIN, 2 * labels.size());
    if (labels.size() < 2 || train.size() < rowsMin) {
      throw new DatasetTooSmallException(
          "The training data has %d rows and %d classes%s; needed are at least 2 classes and %d rows (2 a class, and no fewer than %d). Label more texts."
              .formatted(
                  train.size(),
                  labels.size(),
                  labels.size() == 1 ? " (" + labels.first() + ")" : "",
                  rowsMin,
                  ROWS_MIN));
    }
    TreeMap<String, Integer> unknown = new TreeMap<>();
    for (Example example : eval) {
      if (!labels.contains(example.label())) {
        unknown.merge(example.label(), 1, Integer::sum);
      }
    }
    if (!unknown.isEmpty()) {
      throw new DatasetException(
          "The evaluation data has labels that the training data lacks: %s (label = rows). Training has %s. Correct or remove these rows, or add training examples."
              .formatted(unknown, labels));
    }
    return List.copyOf(labels);
  }

  /** Encodes checked examples. */
  public static TrainingData of(
      List<String> labels,
      List<Example> train,
      List<Example> eval,
      TextEncoder encoder,
      int maxLength,
      int vocabSize) {
    TextEncoder.Encoded trainIds = encoder.encode(texts(train), maxLength);
    TextEncoder.Encoded evalIds = encoder.encode(texts(eval), maxLength);
    List<TokenIds> all = new ArrayList<>(trainIds.ids());
    all.addAll(evalIds.ids());
    VocabularySubset vocabulary = new VocabularySubset(vocabSize, all);
    Map<String, Integer> index = new TreeMap<>();
    labels.forEach(label -> index.put(label, index.size()));
    return new TrainingData(
        labels,
        vocabulary,
        trainIds.ids().stream().map(vocabulary::renumber).toList(),
        train.stream().mapToInt(e -> index.get(e.label())).toArray(),
        evalIds.ids().stream().map(vocabulary::renumber).toList(),
        eval.stream().mapToInt(e -> index.get(e.label())).toArray(),
        trainIds.cut() + evalIds.cut(),
        sha256(train, eval));
  }

  /** Tokens of each training text. */
  int[] trainLengths() {
    return train.stream().mapToInt(TokenIds::length).toArray();
  }

  private static List<String> texts(List<Example> examples) {
    return examples.stream().map(Example::text).toList();
  }

  private static String sha256(List<Example> train, List<Example> eval) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (List<Example> part : List.of(train, eval)) {
        for (Example example : part) {
          update(digest, example.label());
          update(digest, example.text());
        }
        digest.update((byte) 1);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
