package io.channelwise.bert.internal.search;

import io.channelwise.bert.search.SearchRange;
import io.channelwise.bert.training.TrainingSettings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * A setting that a search can vary. The order is part of the results: a value is drawn from the
 * seed, the trial and the constant's place, so that a new setting belongs at the end.
 */
public enum Dimension {
  LEARNING_RATE("1e-5..3e-4", true, false, TrainingSettings.Builder::learningRate),
  BATCH_SIZE("8,16,32", false, true, (b, v) -> b.batchSize(v.intValue())),
  EPOCHS("2..5", false, true, (b, v) -> b.epochs(v.intValue())),
  WARMUP("0..0.2", false, false, TrainingSettings.Builder::warmupShare),
  WEIGHT_DECAY("0..0.1", false, false, TrainingSettings.Builder::weightDecay),
  DROPOUT("0..0.2", false, false, TrainingSettings.Builder::dropout),
  LAYER_DECAY("0.8..1", false, false, TrainingSettings.Builder::layerDecay),
  LABEL_SMOOTHING("0..0.1", false, false, TrainingSettings.Builder::labelSmoothing);

  /** More digits say nothing, and these repeat exactly when typed. */
  private static final MathContext DIGITS = new MathContext(3);

  private final String usual;
  private final boolean logarithmic;
  private final boolean whole;
  private final BiConsumer<TrainingSettings.Builder, Double> setter;

  Dimension(
      String usual,
      boolean logarithmic,
      boolean whole,
      BiConsumer<TrainingSettings.Builder, Double> setter) {
    this.usual = usual;
    this.logarithmic = logarithmic;
    this.whole = whole;
    this.setter = setter;
  }

  /** The name on the command line: {@code learning-rate}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All names, separated by commas. */
  public static String names() {
    return String.join(", ", Arrays.stream(values()).map(Dimension::key).toList());
  }

  /** The setting of that name. */
  public static Dimension of(String key) {
    for (Dimension dimension : values()) {
      if (dimension.key().equals(key)) {
        return dimension;
      }
    }
    throw new IllegalArgumentException(
        "Setting %s is not searched; a range can be given for %s.".formatted(key, names()));
  }

  /** The range searched when none is given. */
  public SearchRange usualRange() {
    return SearchRange.parse(key() + "=" + usual);
  }

  /** Fails when a trial with such a value could not be built. */
  public void check(double low, double high, List<Double> choices) {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "Range of %s goes from %s to %s; the smaller end comes first."
              .formatted(key(), text(low), text(high)));
    }
    if (whole
        && !(isWhole(low) && isWhole(high) && choices.stream().allMatch(Dimension::isWhole))) {
      throw new IllegalArgumentException(
          "Range of " + key() + " has fractions; give whole numbers.");
    }
    // The builder checks the ends and names what it expects.
    for (double end : new double[] {low, high}) {
      TrainingSettings.Builder builder = TrainingSettings.builder();
      setter.accept(builder, end);
      builder.build();
    }
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value);
  }

  /**
   * The value of a trial, the same for the same seed and trial whatever the other ranges are.
   *
   * @param trial counted from 1
   */
  double draw(SearchRange range, long seed, int trial) {
    double share = uniform(seed, trial);
    if (!range.choices().isEmpty()) {
      return range.choices().get((int) (share * range.choices().size()));
    }
    if (whole) {
      return range.low() + Math.floor(share * (range.high() - range.low() + 1));
    }
    // A logarithm of zero has no scale to draw from.
    boolean log = logarithmic && range.low() > 0;
    double value =
        log
            ? range.low() * Math.pow(range.high() / range.low(), share)
            : range.low() + share * (range.high() - range.low());
    double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
    return Math.min(range.high(), Math.max(range.low(), rounded));
  }

  private double uniform(long seed, int trial) {
    long mixed = new SplittableRandom(seed).nextLong() + trial;
    mixed = new SplittableRandom(mixed).nextLong() + ordinal();
    return new SplittableRandom(mixed).nextDouble();
  }

  void apply(TrainingSettings.Builder builder, double value) {
    setter.accept(builder, value);
  }

  /** A number as a person writes it: 16, 0.05, 2.5E-5. */
  public static String text(double value) {
    return isWhole(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
