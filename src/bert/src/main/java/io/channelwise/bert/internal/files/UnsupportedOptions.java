package io.channelwise.bert.internal.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.channelwise.bert.ModelFormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Names everything in a {@code config.json} that would make our BERT compute something else. */
final class UnsupportedOptions {
  private static final Set<String> ARCHITECTURES =
      Set.of(
          "BertModel",
          "BertForPreTraining",
          "BertForMaskedLM",
          "BertForNextSentencePrediction",
          "BertForSequenceClassification",
          "BertForTokenClassification",
          "BertForQuestionAnswering",
          "BertForMultipleChoice");

  private static final List<String> PROBLEMS =
      List.of(BertConfig.ONE_LABEL, BertConfig.MANY_LABELS);

  private UnsupportedOptions() {}

  /** Fails with one message that lists every option we do not compute. */
  static void refuse(Path path, JsonNode node) {
    List<String> findings = new ArrayList<>();
    expect(findings, node, "model_type", "bert");
    for (String name : BertConfig.architectures(node)) {
      if (!ARCHITECTURES.contains(name)) {
        findings.add("architecture " + name + "; only BERT encoders are supported");
      }
    }
    expect(findings, node, "hidden_act", "gelu");
    expect(findings, node, "position_embedding_type", "absolute");
    expect(findings, node, "is_decoder", "false");
    expect(findings, node, "add_cross_attention", "false");
    if (node.hasNonNull("quantization_config")) {
      findings.add("quantization_config; only F32, F16 and BF16 weights are supported");
    }
    if (!node.path("pruned_heads").isEmpty()) {
      findings.add("pruned_heads; only whole layers are supported");
    }
    fail(path, findings);
  }

  /**
   * Fails when the folder's own head does something else than choosing classes for a text or its
   * tokens.
   */
  static void refuseOtherHeads(Path path, JsonNode node) {
    List<String> findings = new ArrayList<>();
    String problem = node.path("problem_type").asText(BertConfig.ONE_LABEL);
    if (!PROBLEMS.contains(problem)) {
      findings.add("problem_type " + problem + "; only " + PROBLEMS + " are supported");
    }
    List<String> names = BertConfig.architectures(node);
    // Our own heads on the mean of the token states are saved as BertModel: no class fits them.
    if (!names.isEmpty()
        && !names.contains(BertConfig.CLASSIFIER)
        && !names.contains(BertConfig.TAGGER)
        && !node.has("channelwise")) {
      findings.add(
          "architecture %s; only BertForSequenceClassification and BertForTokenClassification answer with classes: fine-tune it first"
              .formatted(String.join(", ", names)));
    }
    fail(path, findings);
  }

  private static void expect(List<String> findings, JsonNode node, String key, String wanted) {
    JsonNode value = node.path(key);
    if (!value.isMissingNode() && !value.isNull() && !value.asText().equals(wanted)) {
      findings.add(key + " " + value.asText() + "; only " + wanted + " is supported");
    }
  }

  private static void fail(Path path, List<String> findings) {
    if (!findings.isEmpty()) {
      throw new ModelFormatException(
          "File %s has %s.".formatted(path, String.join("; and ", findings)));
    }
  }
}
