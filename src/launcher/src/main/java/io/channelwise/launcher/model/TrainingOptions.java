package io.channelwise.launcher.model;

import io.channelwise.bert.Precision;
import io.channelwise.bert.SubWords;
import io.channelwise.bert.training.Decay;
import io.channelwise.bert.training.TrainingSettings;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a model is trained, as options; values out of range are refused by the settings. */
final class TrainingOptions {
  /** How classes of unequal size weigh. */
  enum ClassWeights {
    NONE,
    BALANCED
  }

  @Option(
      names = "--epochs",
      defaultValue = "5",
      description = "Passes over the data. Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--batch-size",
      defaultValue = "16",
      description = "Texts that go through the model at once. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--accumulate",
      defaultValue = "1",
      paramLabel = "BATCHES",
      description =
          "Batches whose gradients make one step: a step sees --batch-size times"
              + " this. Default: ${DEFAULT-VALUE}.")
  private int accumulation;

  @Option(
      names = "--learning-rate",
      defaultValue = "1e-4",
      description = "Highest learning rate. Default: ${DEFAULT-VALUE}.")
  private double learningRate;

  @Option(
      names = "--warmup",
      defaultValue = "0.1",
      paramLabel = "SHARE",
      description =
          "Share of the steps in which the learning rate rises, 0 to 1. Default:"
              + " ${DEFAULT-VALUE}.")
  private double warmup;

  @Option(
      names = "--decay",
      defaultValue = "linear",
      paramLabel = "linear|cosine",
      converter = DecayConverter.class,
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
      names = "--weight-decay",
      defaultValue = "0.01",
      description =
          "Decoupled weight decay, not on biases and LayerNorms. Default:" + " ${DEFAULT-VALUE}.")
  private double weightDecay;

  @Option(
      names = "--clip-norm",
      defaultValue = "1",
      paramLabel = "NORM",
      description =
          "Gradients are scaled down to this global norm. Default:" + " ${DEFAULT-VALUE}.")
  private double clipNorm;

  @Option(
      names = "--dropout",
      defaultValue = "0.1",
      description = "Share of activations dropped while training. Default:" + " ${DEFAULT-VALUE}.")
  private double dropout;

  @Option(
      names = "--label-smoothing",
      defaultValue = "0",
      paramLabel = "SHARE",
      description =
          "Share of each target spread over all classes, 0 to 0.99. Default:"
              + " ${DEFAULT-VALUE}.")
  private double labelSmoothing;

  @Option(
      names = "--class-weights",
      defaultValue = "none",
      paramLabel = "none|balanced",
      converter = ClassWeightsConverter.class,
      description =
          "balanced: each class weighs the same in the loss, however few texts it"
              + " has. Default: ${DEFAULT-VALUE}.")
  private ClassWeights classWeights;

  @Option(
      names = "--label-sub-words",
      defaultValue = "first",
      paramLabel = "first|all",
      converter = SubWordsConverter.class,
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
      description = "Longer texts are cut. Default: ${DEFAULT-VALUE}.")
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
      description =
          "LoRA's updates are multiplied with this over the rank. Default:" + " ${DEFAULT-VALUE}.")
  private double loraAlpha;

  @Option(
      names = "--lora-targets",
      defaultValue = "query,value",
      paramLabel = "NAME,...",
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
          "End after so many epochs without a better score on the --eval data,"
              + " and keep the best epoch's weights; 0: off. Needs --eval. Default:"
              + " ${DEFAULT-VALUE}.")
  private int earlyStopping;

  @Option(
      names = "--precision",
      defaultValue = "fp32",
      paramLabel = "fp32|bf16",
      converter = PrecisionConverter.class,
      description =
          "Numbers of the matrix products; weights stay 32 bits. Default:" + " ${DEFAULT-VALUE}.")
  private Precision precision;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Same seed, data and threads: same model. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private DeviceOptions device = new DeviceOptions();

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
    return TrainingSettings.builder()
        .epochs(epochs)
        .batchSize(batchSize)
        .accumulation(accumulation)
        .learningRate(learningRate)
        .warmupShare(warmup)
        .decay(decay)
        .layerDecay(layerDecay)
        .weightDecay(weightDecay)
        .clipNorm(clipNorm)
        .dropout(dropout)
        .labelSmoothing(labelSmoothing)
        .balancedClasses(isBalanced())
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
        .seed(seed)
        .threads(device.threads())
        .device(device.name())
        .checkpointSteps(checkpointSteps);
  }

  /** Whether each class weighs the same. */
  boolean isBalanced() {
    return classWeights == ClassWeights.BALANCED;
  }

  /** Tokens a text is cut to. */
  int maxLength() {
    return maxLength;
  }

  private static <E extends Enum<E>> E word(Class<E> type, String value) {
    try {
      return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'%s' is none of %s"
              .formatted(
                  value, List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT)));
    }
  }

  /** Small letters on the command line. */
  static final class DecayConverter implements ITypeConverter<Decay> {
    @Override
    public Decay convert(String value) {
      return word(Decay.class, value);
    }
  }

  /** Small letters on the command line. */
  static final class PrecisionConverter implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String value) {
      return word(Precision.class, value);
    }
  }

  /** Small letters on the command line. */
  static final class ClassWeightsConverter implements ITypeConverter<ClassWeights> {
    @Override
    public ClassWeights convert(String value) {
      return word(ClassWeights.class, value);
    }
  }

  /** Small letters on the command line. */
  static final class SubWordsConverter implements ITypeConverter<SubWords> {
    @Override
    public SubWords convert(String value) {
      return word(SubWords.class, value);
    }
  }
}
