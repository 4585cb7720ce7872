package io.channelwise.bert.internal.report;

import io.channelwise.bert.evaluation.Evaluation.Intervals;
import io.channelwise.bert.evaluation.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What each example adds to the counts of an evaluation, so that a bootstrap can add up any drawn
 * examples. Only the classes that an example touches are held.
 *
 * @param examples one entry an example
 * @param classes how many classes there are
 * @param absentCount whether a class that no drawn example touches counts in the macro average
 */
record Tally(List<Entry> examples, int classes, boolean absentCount) {
  /** Accuracy, micro, macro and weighted F1. */
  static final int FIGURES = 4;

  /**
   * The counts of one example.
   *
   * @param touched classes it truly has or was given
   * @param right per touched class: true positives
   * @param predicted per touched class: true and false positives
   * @param support per touched class: true positives and false negatives
   * @param rightUnits right answers among its units, of which accuracy is the share
   * @param units what accuracy counts: 1 a text, or the words of a sentence
   */
  record Entry(
      int[] touched, int[] right, int[] predicted, int[] support, int rightUnits, int units) {

    /** An example that has one label and was given one. */
    static Entry ofOne(int truth, int answer) {
      int[] one = {1};
      return truth == answer
          ? new Entry(new int[] {truth}, one, one, one, 1, 1)
          : new Entry(
              new int[] {truth, answer},
              new int[] {0, 0},
              new int[] {0, 1},
              new int[] {1, 0},
              0,
              1);
    }

    /**
     * Keeps the classes that are touched.
     *
     * @param counts right, predicted and support of every class
     */
    static Entry of(int[][] counts, int rightUnits, int units) {
      int[] touched =
          IntStream.range(0, counts[0].length)
              .filter(c -> counts[1][c] + counts[2][c] > 0)
              .toArray();
      int[][] kept = new int[3][];
      for (int row = 0; row < kept.length; row++) {
        int[] all = counts[row];
        kept[row] = IntStream.of(touched).map(c -> all[c]).toArray();
      }
      return new Entry(touched, kept[0], kept[1], kept[2], rightUnits, units);
    }
  }

  /** The counts of all examples, by class: right, predicted, support. */
  int[][] totals() {
    int[][] sums = new int[3][classes];
    examples.forEach(example -> add(example, sums));
    return sums;
  }

  /** Bootstrap intervals of accuracy, micro, macro and weighted F1 over the examples. */
  Intervals intervals() {
    int[][] sums = new int[3][classes];
    Interval[] found = Bootstrap.intervals(examples.size(), drawn -> figures(drawn, sums), FIGURES);
    return new Intervals(found[0], found[1], found[2], found[3]);
  }

  /**
   * Accuracy, micro, macro and weighted F1 of drawn examples.
   *
   * @param sums room for the counts, 3 by classes
   */
  double[] figures(int[] drawn, int[][] sums) {
    for (int[] sum : sums) {
      Arrays.fill(sum, 0);
    }
    int rightUnits = 0;
    int units = 0;
    for (int index : drawn) {
      Entry example = examples.get(index);
      add(example, sums);
      rightUnits += example.rightUnits;
      units += example.units;
    }
    int right = 0;
    int given = 0;
    int support = 0;
    int present = 0;
    double macro = 0;
    double weighted = 0;
    for (int c = 0; c < classes; c++) {
      int both = sums[1][c] + sums[2][c];
      double f1 = Averages.share(2.0 * sums[0][c], both);
      right += sums[0][c];
      given += both;
      support += sums[2][c];
      present += both > 0 || absentCount ? 1 : 0;
      macro += f1;
      weighted += f1 * sums[2][c];
    }
    return new double[] {
      Averages.share(rightUnits, units),
      Averages.share(2.0 * right, given),
      Averages.share(macro, present),
      Averages.share(weighted, support)
    };
  }

  private static void add(Entry example, int[][] sums) {
    for (int i = 0; i < example.touched.length; i++) {
      int c = example.touched[i];
      sums[0][c] += example.right[i];
      sums[1][c] += example.predicted[i];
      sums[2][c] += example.support[i];
    }
  }
}
