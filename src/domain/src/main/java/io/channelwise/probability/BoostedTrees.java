package io.channelwise.probability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Gradient-boosted trees for the logistic loss: each tree of a fixed depth is grown level by level
 * on a seeded part of the rows from first and second derivatives in histograms (Friedman 2002,
 * Stochastic gradient boosting; Chen and Guestrin 2016, XGBoost, equations 6 and 7). Own code, as
 * Tribuo boosts for error rates only and XGBoost brings native libraries.
 *
 * @param start log-odds before the first tree
 */
record BoostedTrees(double start, List<Tree> trees) implements Scorer {
  private static final int BINS = 48;
  private static final int NO_SPLIT = -1;

  BoostedTrees {
    trees = List.copyOf(trees);
  }

  /**
   * @param trees how many
   * @param depth levels of splits in each
   * @param rate what a tree's answer is multiplied by
   * @param part of the rows that each tree sees
   * @param ridge λ on the leaves
   * @param leafMin least sum of second derivatives in a leaf
   */
  record Settings(
      int trees, int depth, double rate, double part, double ridge, double leafMin, long seed) {

    static Settings usual(long seed) {
      return new Settings(200, 4, 0.05, 0.6, 5, 3, seed);
    }
  }

  /**
   * A full binary tree: the children of node i are 2i + 1 and 2i + 2.
   *
   * @param feature that an inner node asks for; −1 where it is a leaf
   * @param threshold rows up to it go left
   * @param value one a node, leaves below the inner nodes included
   */
  record Tree(int[] feature, double[] threshold, double[] value) {
    double of(double[] row) {
      int node = 0;
      while (node < feature.length && feature[node] != NO_SPLIT) {
        node = 2 * node + (row[feature[node]] <= threshold[node] ? 1 : 2);
      }
      return value[node];
    }
  }

  /**
   * @param pause called before each tree; may throw to stop
   */
  static BoostedTrees learn(double[][] rows, boolean[] bought, Settings settings, Runnable pause) {
    return new Growth(rows, bought, settings).run(pause);
  }

  @Override
  public double score(double[] row) {
    double score = start;
    for (Tree tree : trees) {
      score += tree.of(row);
    }
    return score;
  }

  /** One training. */
  private static final class Growth {
    private final double[][] rows;
    private final boolean[] bought;
    private final Settings settings;
    private final double[][] cuts;
    private final byte[][] bins;
    private final double[] scores;
    private final double[] first;
    private final double[] second;
    private final int[] nodes;

    Growth(double[][] rows, boolean[] bought, Settings settings) {
      this.rows = rows;
      this.bought = bought;
      this.settings = settings;
      int features = rows[0].length;
      this.cuts = new double[features][];
      this.bins = new byte[features][rows.length];
      this.scores = new double[rows.length];
      this.first = new double[rows.length];
      this.second = new double[rows.length];
      this.nodes = new int[rows.length];
      for (int f = 0; f < features; f++) {
        bin(f);
      }
    }

    /** Cuts between values, at quantiles where there are more than the bins hold. */
    private void bin(int f) {
      double[] sorted = Arrays.stream(rows).mapToDouble(r -> r[f]).sorted().toArray();
      double[] distinct = Arrays.stream(sorted).distinct().toArray();
      boolean few = distinct.length <= BINS;
      double[] values = few ? distinct : new double[BINS];
      for (int i = 0; i < BINS && !few; i++) {
        values[i] = sorted[(int) ((long) (i + 1) * sorted.length / (BINS + 1))];
      }
      double[] last = Arrays.stream(values).distinct().toArray();
      // The largest value has nothing behind it.
      int length =
          last[last.length - 1] == sorted[sorted.length - 1] ? last.length - 1 : last.length;
      cuts[f] = Arrays.copyOf(last, length);
      for (int i = 0; i < rows.length; i++) {
        int at = Arrays.binarySearch(cuts[f], rows[i][f]);
        bins[f][i] = (byte) (at >= 0 ? at : -at - 1);
      }
    }

    BoostedTrees run(Runnable pause) {
      int yes = 0;
      for (boolean b : bought) {
        yes += b ? 1 : 0;
      }
      double start = StrictMath.log((double) yes / (bought.length - yes));
      Arrays.fill(scores, start);
      SplittableRandom random = new SplittableRandom(settings.seed());
      List<Tree> trees = new ArrayList<>();
      for (int t = 0; t < settings.trees(); t++) {
        pause.run();
        for (int i = 0; i < rows.length; i++) {
          double p = Scorer.probability(scores[i]);
          boolean seen = random.nextDouble() < settings.part();
          first[i] = seen ? p - (bought[i] ? 1 : 0) : 0;
          second[i] = seen ? p * (1 - p) : 0;
        }
        Tree tree = grow();
        for (int i = 0; i < rows.length; i++) {
          scores[i] += tree.of(rows[i]);
        }
        trees.add(tree);
      }
      return new BoostedTrees(start, trees);
    }

    private Tree grow() {
      int inner = (1 << settings.depth()) - 1;
      Tree tree = new Tree(new int[inner], new double[inner], new double[2 * inner + 1]);
      Arrays.fill(tree.feature(), NO_SPLIT);
      Arrays.fill(nodes, 0);
      for (int level = 0; level < settings.depth(); level++) {
        splitLevel(tree, (1 << level) - 1, 1 << level);
      }
      double[] g = new double[tree.value().length];
      double[] h = new double[tree.value().length];
      for (int i = 0; i < rows.length; i++) {
        g[nodes[i]] += first[i];
        h[nodes[i]] += second[i];
      }
      for (int node = 0; node < g.length; node++) {
        tree.value()[node] = -settings.rate() * g[node] / (h[node] + settings.ridge());
      }
      return tree;
    }

    private void splitLevel(Tree tree, int from, int count) {
      double[] gains = new double[count];
      for (int f = 0; f < cuts.length; f++) {
        if (cuts[f].length > 0) {
          search(tree, from, gains, f);
        }
      }
      for (int i = 0; i < rows.length; i++) {
        int node = nodes[i];
        if (node >= from && tree.feature()[node] != NO_SPLIT) {
          boolean left = rows[i][tree.feature()[node]] <= tree.threshold()[node];
          nodes[i] = 2 * node + (left ? 1 : 2);
        }
      }
    }

    /** Takes the feature's best cut for each node where it beats those of earlier features. */
    private void search(Tree tree, int from, double[] gains, int f) {
      int width = cuts[f].length + 1;
      double[] g = new double[gains.length * width];
      double[] h = new double[gains.length * width];
      byte[] bin = bins[f];
      for (int i = 0; i < bin.length; i++) {
        if (nodes[i] >= from) {
          int at = (nodes[i] - from) * width + bin[i];
          g[at] += first[i];
          h[at] += second[i];
        }
      }
      for (int node = 0; node < gains.length; node++) {
        int begin = node * width;
        double allG = 0;
        double allH = 0;
        for (int b = begin; b < begin + width; b++) {
          allG += g[b];
          allH += h[b];
        }
        double leftG = 0;
        double leftH = 0;
        for (int cut = 0; cut < width - 1; cut++) {
          leftG += g[begin + cut];
          leftH += h[begin + cut];
          double rightH = allH - leftH;
          if (leftH >= settings.leafMin() && rightH >= settings.leafMin()) {
            double gain = worth(leftG, leftH) + worth(allG - leftG, rightH) - worth(allG, allH);
            if (gain > gains[node] + 1e-9) {
              gains[node] = gain;
              tree.feature()[from + node] = f;
              tree.threshold()[from + node] = cuts[f][cut];
            }
          }
        }
      }
    }

    private double worth(double g, double h) {
      return g * g / (h + settings.ridge());
    }
  }
}
