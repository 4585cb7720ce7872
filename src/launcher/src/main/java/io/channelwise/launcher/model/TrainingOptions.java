package io.channelwise.launcher.model;

import io.channelwise.bert.Precision;
import io.channelwise.bert.SubWords;
import io.channelwise.bert.training.Decay;
import io.channelwise.bert.training.TrainingSettings;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a model is trained, as options; values out of range are refused by the settings. */
final class TrainingOptions {
  @Option(
      names = "--epochs",
      defaultValue = "5",
      paramLabel = "NUMBER",
      description = "Passes over the data. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--accumulate",
      defaultValue = "1",
      paramLabel = "BATCHES",
      description =
          "Batches whose gradients make one step: a step sees --batch-size times"
              + " this. Default: ${DEFAULT-VALUE}.")
  private int accumulation;

  @Option(
      names = "--decay",
      defaultValue = "linear",
      paramLabel = "linear|cosine",
      description =
          "How the learning rate falls after the warm-up. Default:" + " ${DEFAULT-VALUE}.")
  private Decay decay;

  @Option(
      names = "--layer-decay",
      defaultValue = "1",
      paramLabel = "FACTOR",
      description =
          "Each layer learns at this times the rate of the layer above it; 1"
              + " treats all alike. Default: ${DEFAULT-VALUE}.")
  private double layerDecay;

  @Option(
      names = "--clip-norm",
      defaultValue = "1",
      paramLabel = "NORM",
      description =
          "Gradients are scaled down to this global norm. Default:" + " ${DEFAULT-VALUE}.")
  private double clipNorm;

  @Option(
      names = "--label-smoothing",
      defaultValue = "0",
      paramLabel = "SHARE",
      description =
          "Share of each target spread over all classes, 0 to 0.99. Default:"
              + " ${DEFAULT-VALUE}.")
  private double labelSmoothing;

  @Option(
      names = "--label-sub-words",
      defaultValue = "first",
      paramLabel = "first|all",
      description =
          "Which tokens of a word learn its tag (task tokens). all suits Chinese, whose words are"
              + " split into characters. Default: ${DEFAULT-VALUE}.")
  private SubWords labelSubWords;

  @Option(
      names = "--pooling",
      defaultValue = "mean",
      paramLabel = "mean|cls",
      description =
          "What the head on a text sees: the mean of its tokens, or the first through the pooler,"
              + " which Hugging Face loads as BertForSequenceClassification. Default:"
              + " ${DEFAULT-VALUE}.")
  private String pooling;

  @Option(
      names = "--max-length",
      defaultValue = "128",
      paramLabel = "TOKENS",
      description =
          "Longer texts are cut to this many tokens; of task tokens, longer sentences are read in"
              + " overlapping parts. 4 to 512. Default: ${DEFAULT-VALUE}.")
  private int maxLength;

  @Option(
      names = "--freeze",
      defaultValue = "none",
      paramLabel = "PART",
      description =
          "What stays as it was: embeddings, encoder, or a number N of layers"
              + " from the input on (with the embeddings). Not with --lora-rank, which"
              + " freezes the encoder already. Default: ${DEFAULT-VALUE}.")
  private String freeze;

  @Option(
      names = "--lora-rank",
      defaultValue = "0",
      paramLabel = "RANK",
      description =
          "Train low-rank updates of this rank instead of the encoder's weights"
              + " (LoRA); 0: off. The model is written merged, the updates beside it in"
              + " adapter/ as PEFT reads them. Default: ${DEFAULT-VALUE}.")
  private int loraRank;

  @Option(
      names = "--lora-alpha",
      defaultValue = "16",
      paramLabel = "NUMBER",
      description =
          "LoRA's updates are multiplied with this over the rank. Default:" + " ${DEFAULT-VALUE}.")
  private double loraAlpha;

  @Option(
      names = "--lora-targets",
      defaultValue = "query,value",
      paramLabel = "NAME",
      split = ",",
      description =
          "Linear layers that LoRA adapts: query, key, value, dense. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<String> loraTargets;

  @Option(
      names = "--from-scratch",
      description =
          "Draw random weights and take only shape and tokenizer of the base; for"
              + " comparison. Not with --lora-rank or --freeze.")
  private boolean fromScratch;

  @Option(
      names = "--early-stopping",
      defaultValue = "0",
      paramLabel = "PATIENCE",
      description =
          "End after so many epochs without a better score on the evaluation data, and keep the best"
              + " epoch's weights; 0: off. Needs --eval or --held-out. Default: ${DEFAULT-VALUE}.")
  private int earlyStopping;

  @Option(
      names = "--precision",
      defaultValue = "fp32",
      paramLabel = "fp32|bf16",
      description =
          "Numbers of the matrix products; weights stay 32 bits. Default:" + " ${DEFAULT-VALUE}.")
  private Precision precision;

  @Mixin private RecipeOptions recipe = new RecipeOptions();

  @Option(
      names = "--checkpoint-steps",
      defaultValue = "500",
      paramLabel = "STEPS",
      description = "Save a checkpoint every so many steps. Default: ${DEFAULT-VALUE}.")
  private int checkpointSteps;

  /**
   * The settings chosen, without base and task.
   *
   * @throws IllegalArgumentException when a value is out of range
   */
  TrainingSettings.Builder settings() {
    return recipe
        .settings()
        .epochs(epochs)
        .accumulation(accumulation)
        .decay(decay)
        .layerDecay(layerDecay)
        .clipNorm(clipNorm)
        .labelSmoothing(labelSmoothing)
        .labelSubWords(labelSubWords)
        .pooling(pooling)
        .maxLength(maxLength)
        .freeze(freeze)
        .loraRank(loraRank)
        .loraAlpha(loraAlpha)
        .loraTargets(loraTargets)
        .fromScratch(fromScratch)
        .earlyStopping(earlyStopping)
        .precision(precision)
        .checkpointSteps(checkpointSteps);
  }

  /** Tokens a text is cut to. */
  int maxLength() {
    return maxLength;
  }
}
