package io.channelwise.bert.internal.report;

import io.channelwise.bert.evaluation.Evaluation.ClassScore;
import io.channelwise.bert.evaluation.MultiLabelEvaluation;
import io.channelwise.bert.evaluation.ReliabilityBin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts right and wrong labels where a text has any number of them, defined as in scikit-learn's
 * {@code classification_report} of indicator matrices.
 */
public final class MultiLabelScores {

  private MultiLabelScores() {}

  /**
   * Scores decisions.
   *
   * @param labels all labels of the model
   * @param truths (texts, labels): whether the text has the label
   * @param probabilities (texts, labels), 0..1 each, not summing to one
   * @param threshold a label is given from this probability on
   */
  public static MultiLabelEvaluation of(
      List<String> labels, boolean[][] truths, double[][] probabilities, double threshold) {
    Tally tally = tally(labels.size(), truths, probabilities, threshold);
    int[][] totals = tally.totals();
    List<ClassScore> perClass = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      perClass.add(Averages.score(labels.get(c), totals[0][c], totals[1][c], totals[2][c]));
    }
    int right = Arrays.stream(totals[0]).sum();
    int given = Arrays.stream(totals[1]).sum();
    int support = Arrays.stream(totals[2]).sum();
    ClassScore micro = Averages.score("micro avg", right, given, support);
    ClassScore macro = Averages.macro(perClass);
    ClassScore weighted = Averages.weighted(perClass);
    ClassScore samples = samples(tally, support);
    int texts = truths.length;
    int wholeRight = tally.examples().stream().mapToInt(Tally.Entry::rightUnits).sum();
    List<ReliabilityBin> reliability = reliability(truths, probabilities);
    return new MultiLabelEvaluation(
        texts,
        Averages.share(wholeRight, texts),
        // Wrongly given and wrongly withheld labels.
        Averages.share(given + support - 2.0 * right, texts * labels.size()),
        micro.f1(),
        macro.f1(),
        weighted.f1(),
        samples.f1(),
        perClass,
        threshold,
        Scores.calibrationError(reliability),
        reliability,
        tally.intervals(),
        new ReportTable(perClass).row(micro).row(macro).row(weighted).row(samples).toString());
  }

  private static Tally tally(
      int labels, boolean[][] truths, double[][] probabilities, double threshold) {
    List<Tally.Entry> entries = new ArrayList<>();
    for (int i = 0; i < truths.length; i++) {
      int[][] counts = new int[3][labels];
      boolean allRight = true;
      for (int c = 0; c < labels; c++) {
        boolean given = probabilities[i][c] >= threshold;
        counts[0][c] = given && truths[i][c] ? 1 : 0;
        counts[1][c] = given ? 1 : 0;
        counts[2][c] = truths[i][c] ? 1 : 0;
        allRight &= given == truths[i][c];
      }
      entries.add(Tally.Entry.of(counts, allRight ? 1 : 0, 1));
    }
    return new Tally(entries, labels, true);
  }

  /** Means over the texts of the scores of each text's set of labels. */
  private static ClassScore samples(Tally tally, int support) {
    double precision = 0;
    double recall = 0;
    double f1 = 0;
    for (Tally.Entry entry : tally.examples()) {
      ClassScore score =
          Averages.score(
              "",
              Arrays.stream(entry.right()).sum(),
              Arrays.stream(entry.predicted()).sum(),
              Arrays.stream(entry.support()).sum());
      precision += score.precision();
      recall += score.recall();
      f1 += score.f1();
    }
    int texts = tally.examples().size();
    return new ClassScore(
        "samples avg",
        Averages.share(precision, texts),
        Averages.share(recall, texts),
        Averages.share(f1, texts),
        support);
  }

  /**
   * Expected calibration error of decisions between yes and no, 0..1.
   *
   * @param truths 0 where yes is right
   * @param probabilities (decisions, 2)
   */
  public static double calibrationError(int[] truths, double[][] probabilities) {
    ReliabilityBins bins = new ReliabilityBins();
    for (int i = 0; i < truths.length; i++) {
      bins.add(probabilities[i][0], truths[i] == 0);
    }
    return Scores.calibrationError(bins.toList());
  }

  /** All decisions by the stated probability of the label. */
  static List<ReliabilityBin> reliability(boolean[][] truths, double[][] probabilities) {
    ReliabilityBins bins = new ReliabilityBins();
    for (int i = 0; i < truths.length; i++) {
      for (int c = 0; c < truths[i].length; c++) {
        bins.add(probabilities[i][c], truths[i][c]);
      }
    }
    return bins.toList();
  }
}
