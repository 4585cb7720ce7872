package io.channelwise.probability;

import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A calibrated model of whether a session or user buys. A logistic regression and boosted trees are
 * compared by cross-validation, the one of the lower log loss is chosen, and its scores are
 * calibrated by Platt's method on the rows that each fold held out (Platt 1999, Probabilistic
 * outputs for support vector machines). Immutable and thread-safe.
 */
public final class PurchaseModel {
  /** Fewer rows teach nothing that holds. */
  public static final int ROWS_MIN = 100;

  /** Fewer rows with a purchase, or without, teach nothing that holds. */
  public static final int OF_EACH_MIN = 20;

  private static final double RIDGE = 3;
  private static final double RIDGE_OF_CALIBRATION = 1e-3;

  private final Encoder encoder;
  private final Scorer scorer;
  private final LogisticRegression calibration;
  private final List<Candidate> candidates;
  private final Kind chosen;

  /** What kinds of models are compared; the simpler first. */
  public enum Kind {
    LOGISTIC_REGRESSION(new Text("logistic regression", "逻辑回归")),
    BOOSTED_TREES(new Text("boosted trees", "梯度提升树"));

    private final Text label;

    Kind(Text label) {
      this.label = label;
    }

    public Text label() {
      return label;
    }
  }

  /**
   * @param folds of the cross-validation, from 2 to 20
   * @param seed of the folds and of what trees see
   */
  public record Settings(int folds, long seed) {
    /** Five folds, seed 42. */
    public static final Settings DEFAULT = new Settings(5, 42);

    public Settings {
      if (folds < 2 || folds > 20) {
        throw new IllegalArgumentException(
            "There are %d folds; 2 to 20 are expected.".formatted(folds));
      }
    }

    public Settings withSeed(long other) {
      return new Settings(folds, other);
    }
  }

  /**
   * A kind of model in the comparison.
   *
   * @param judged by cross-validation, without intervals
   */
  public record Candidate(Kind kind, Evaluation judged) {}

  PurchaseModel(
      Encoder encoder,
      Scorer scorer,
      LogisticRegression calibration,
      List<Candidate> candidates,
      Kind chosen) {
    this.encoder = encoder;
    this.scorer = scorer;
    this.calibration = calibration;
    this.candidates = List.copyOf(candidates);
    this.chosen = chosen;
  }

  /**
   * A model and what it says of the rows that taught it.
   *
   * @param heldOut for each training row the probability by models that were taught without it
   */
  record Learned(PurchaseModel model, double[] heldOut) {}

  /**
   * Learns from every row of the table; the same rows and settings give the same model.
   *
   * @throws ProbabilityException when there are too few rows, purchases or usable columns
   */
  public static PurchaseModel train(BehaviourTable table, Settings settings) {
    return learn(table, settings, () -> {}).model();
  }

  /**
   * @param pause called between steps of less than a second or so; may throw to stop
   */
  static Learned learn(BehaviourTable table, Settings settings, Runnable pause) {
    check(table, ROWS_MIN, OF_EACH_MIN);
    boolean[] bought = table.outcomes();
    int[] parts = parts(bought, settings.folds(), settings.seed());
    List<Candidate> candidates = new ArrayList<>();
    double[][] scores = crossScores(table, bought, parts, settings, pause);
    double[] best = null;
    Kind chosen = null;
    double least = Double.POSITIVE_INFINITY;
    for (Kind kind : Kind.values()) {
      double[] probabilities = calibrated(scores[kind.ordinal()], bought, parts, settings.folds());
      Evaluation judged = Evaluation.of(probabilities, bought, 0, settings.seed());
      candidates.add(new Candidate(kind, judged));
      if (judged.logLoss().value() < least) {
        least = judged.logLoss().value();
        chosen = kind;
        best = probabilities;
      }
    }
    Encoder encoder = Encoder.learn(table);
    Scorer scorer = learn(chosen, encoder.encode(table), bought, settings, pause);
    LogisticRegression calibration =
        LogisticRegression.learn(column(scores[chosen.ordinal()]), bought, RIDGE_OF_CALIBRATION);
    return new Learned(new PurchaseModel(encoder, scorer, calibration, candidates, chosen), best);
  }

  static void check(BehaviourTable table, int rowsMin, int ofEachMin) {
    int yes = table.purchases();
    int least = Math.min(yes, table.size() - yes);
    if (table.size() < rowsMin || least < ofEachMin) {
      throw new ProbabilityException(
          "There are %d rows, %d of them with a purchase; at least %d rows with %d purchases and as many without are needed to learn from. Bring more sessions, or weigh segments by their clicks."
              .formatted(table.size(), yes, rowsMin, ofEachMin));
    }
  }

  /** A part from 0 for each row, purchases spread evenly. */
  static int[] parts(boolean[] bought, int parts, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] part = new int[bought.length];
    for (boolean outcome : new boolean[] {true, false}) {
      int[] rows = IntStream.range(0, bought.length).filter(i -> bought[i] == outcome).toArray();
      for (int i = rows.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int row = rows[i];
        rows[i] = rows[j];
        rows[j] = row;
      }
      for (int i = 0; i < rows.length; i++) {
        part[rows[i]] = i % parts;
      }
    }
    return part;
  }

  static int[] in(int[] parts, int part) {
    return IntStream.range(0, parts.length).filter(i -> parts[i] == part).toArray();
  }

  static int[] outside(int[] parts, int part) {
    return IntStream.range(0, parts.length).filter(i -> parts[i] != part).toArray();
  }

  /** Log-odds of each row by models that were taught without its part; one array a kind. */
  private static double[][] crossScores(
      BehaviourTable table, boolean[] bought, int[] parts, Settings settings, Runnable pause) {
    double[][] scores = new double[Kind.values().length][bought.length];
    for (int fold = 0; fold < settings.folds(); fold++) {
      BehaviourTable taught = table.rows(outside(parts, fold));
      int[] judged = in(parts, fold);
      Encoder encoder = Encoder.learn(taught);
      double[][] rows = encoder.encode(taught);
      double[][] held = encoder.encode(table.rows(judged));
      for (Kind kind : Kind.values()) {
        Scorer scorer = learn(kind, rows, taught.outcomes(), settings, pause);
        for (int i = 0; i < judged.length; i++) {
          scores[kind.ordinal()][judged[i]] = scorer.score(held[i]);
        }
      }
    }
    return scores;
  }

  private static Scorer learn(
      Kind kind, double[][] rows, boolean[] bought, Settings settings, Runnable pause) {
    pause.run();
    return switch (kind) {
      case LOGISTIC_REGRESSION -> LogisticRegression.learn(rows, bought, RIDGE);
      case BOOSTED_TREES ->
          BoostedTrees.learn(rows, bought, BoostedTrees.Settings.usual(settings.seed()), pause);
    };
  }

  /** Probabilities of each part, calibrated on the held-out scores of the other parts. */
  private static double[] calibrated(double[] scores, boolean[] bought, int[] parts, int folds) {
    double[] probabilities = new double[scores.length];
    for (int fold = 0; fold < folds; fold++) {
      int[] others = outside(parts, fold);
      boolean[] outcomes = new boolean[others.length];
      for (int i = 0; i < others.length; i++) {
        outcomes[i] = bought[others[i]];
      }
      LogisticRegression calibration =
          LogisticRegression.learn(
              column(Arrays.stream(others).mapToDouble(i -> scores[i]).toArray()),
              outcomes,
              RIDGE_OF_CALIBRATION);
      for (int i : in(parts, fold)) {
        probabilities[i] = Scorer.probability(calibration.score(new double[] {scores[i]}));
      }
    }
    return probabilities;
  }

  private static double[][] column(double[] values) {
    return Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
  }

  /**
   * Probability of a purchase for each row; values never seen in training are taken for rare ones.
   *
   * @param table with the columns that the model was taught
   * @return one a row, in the order of the table, 0 to 1
   * @throws ProbabilityException when a column is absent
   */
  public double[] probabilities(BehaviourTable table) {
    double[][] rows = encoder.encode(table);
    return Arrays.stream(rows)
        .mapToDouble(row -> Scorer.probability(calibration.score(new double[] {scorer.score(row)})))
        .toArray();
  }

  /**
   * Probability of a purchase for each row.
   *
   * @param rows cells by column, case of the headers aside; each has every one of {@link #columns},
   *     null or empty where unknown; other columns are passed over
   * @return one a row, in the order given
   * @throws ProbabilityException when a row lacks a column
   */
  public double[] probabilities(List<? extends Map<String, String>> rows) {
    List<List<String>> cells = new ArrayList<>();
    for (Map<String, String> row : rows) {
      Map<String, String> own = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      row.forEach((column, cell) -> own.put(column.strip(), cell));
      List<String> missing = columns().stream().filter(c -> !own.containsKey(c.strip())).toList();
      if (!missing.isEmpty()) {
        throw new ProbabilityException(
            "Row %d has no column %s; the model reads %s. Bring every column, empty where unknown."
                .formatted(
                    cells.size() + 1, String.join(", ", missing), String.join(", ", columns())));
      }
      List<String> ordered = new ArrayList<>();
      columns().forEach(column -> ordered.add(own.get(column.strip())));
      cells.add(ordered);
    }
    BehaviourTable table =
        BehaviourTable.of(columns(), cells, Collections.nCopies(rows.size(), false));
    double[] sorted = probabilities(table);
    double[] probabilities = new double[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      probabilities[(int) table.line(i) - BehaviourTable.FIRST_LINE] = sorted[i];
    }
    return probabilities;
  }

  /** Judges the model on rows that it was not taught, with 95 % bootstrap intervals. */
  public Evaluation evaluate(BehaviourTable table, int resamples, long seed) {
    return Evaluation.of(probabilities(table), table.outcomes(), resamples, seed);
  }

  /** The kind of the lower log loss in cross-validation. */
  public Kind chosen() {
    return chosen;
  }

  /** Every kind compared. */
  public List<Candidate> candidates() {
    return candidates;
  }

  /** Columns that say nothing, so that they were left out. */
  public List<String> leftOut() {
    return encoder.leftOut();
  }

  /** Columns that a row must have. */
  public List<String> columns() {
    return encoder.columns();
  }

  Encoder encoder() {
    return encoder;
  }

  Scorer scorer() {
    return scorer;
  }

  LogisticRegression calibration() {
    return calibration;
  }
}
