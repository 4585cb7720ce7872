package io.channelwise.attribution;

import java.util.SplittableRandom;

/**
 * Shapley values (Shapley 1953) of the game v(S) = probability of a purchase in a Markov chain of
 * order 1 that is left with the channels of S: v(S) = u' (I − Q)⁻¹ r over S, u the first touches, Q
 * the steps between channels, r the steps into a purchase.
 *
 * <p>With I − Q = L U over the channels in some order, v of the first k of them is the sum of the
 * first k products of y = U'⁻¹ u and z = L⁻¹ r: adding a channel adds one product. So one
 * factorisation gives the marginal contributions along a whole permutation, and extending it
 * channel by channel gives all 2ᴷ coalitions at O(K²) each.
 */
final class ChainGame {
  /** The most channels whose coalitions are all visited. */
  static final int EXACT_CHANNELS_MAX = 15;

  private static final int PAIRS_MAX = 4_096;
  private static final int PAIRS_MIN = 32;
  private static final double WORK = 5e8;

  private final int channels;
  private final double[][] system;
  private final double[] first;
  private final double[] converting;

  /**
   * @param graph of order 1
   * @param probabilities of the steps of the graph
   * @param worth (states): what a purchase from each state counts for, 0..1; null for 1 throughout
   */
  ChainGame(TransitionGraph graph, double[] probabilities, double[] worth) {
    this.channels = graph.channels();
    this.system = new double[channels][channels];
    this.first = new double[channels];
    this.converting = new double[channels];
    int[] channelOf = new int[graph.states()];
    for (int e = 0; e < probabilities.length; e++) {
      if (graph.target()[e] >= 0) {
        channelOf[graph.target()[e]] = graph.channel()[e];
      }
    }
    for (int c = 0; c < channels; c++) {
      system[c][c] = 1;
    }
    for (int s = 0; s < graph.states(); s++) {
      for (int e = graph.rowStart()[s]; e < graph.rowStart()[s + 1]; e++) {
        boolean sale = worth != null && graph.target()[e] == TransitionGraph.CONVERTED;
        double probability = sale ? worth[s] * probabilities[e] : probabilities[e];
        step(s == 0 ? -1 : channelOf[s], graph, e, probability);
      }
    }
  }

  private void step(int from, TransitionGraph graph, int e, double probability) {
    if (from < 0 && graph.channel()[e] >= 0) {
      first[graph.channel()[e]] = probability;
    } else if (from >= 0 && graph.channel()[e] >= 0) {
      system[from][graph.channel()[e]] -= probability;
    } else if (from >= 0 && graph.target()[e] == TransitionGraph.CONVERTED) {
      converting[from] = probability;
    }
  }

  /**
   * @param values one a channel; they sum to v of all channels
   * @param standardErrors of sampling; 0 where exact
   */
  record Values(double[] values, double[] standardErrors) {}

  /** Exact where there are few channels, else sampled. */
  Values values(long seed) {
    if (channels <= EXACT_CHANNELS_MAX) {
      return new Values(exact(), new double[channels]);
    }
    double work = Math.pow(channels, 3);
    return sampled(seed, (int) Math.max(PAIRS_MIN, Math.min(PAIRS_MAX, WORK / work)));
  }

  /** All coalitions; 2ᴷ K² steps. */
  double[] exact() {
    double[] worth = new double[1 << channels];
    visit(0, 0, 0, new Factors(), worth);
    double[] weights = new double[channels];
    for (int size = 0; size < channels; size++) {
      // size! (K − size − 1)! / K! = 1 / (K · binomial(K − 1, size))
      weights[size] = 1 / (channels * binomial(channels - 1, size));
    }
    double[] values = new double[channels];
    for (int set = 0; set < worth.length; set++) {
      int size = Integer.bitCount(set);
      for (int c = 0; c < channels; c++) {
        if ((set >> c & 1) == 0) {
          values[c] += weights[size] * (worth[set | 1 << c] - worth[set]);
        }
      }
    }
    return values;
  }

  /** Every set that adds channels from {@code next} on to one whose factors are known. */
  private void visit(int set, int next, double worth, Factors factors, double[] all) {
    int size = Integer.bitCount(set);
    all[set] = worth;
    for (int c = next; c < channels; c++) {
      double added = factors.extend(size, c);
      visit(set | 1 << c, c + 1, worth + added, factors, all);
    }
  }

  private static double binomial(int n, int k) {
    double value = 1;
    for (int i = 1; i <= k; i++) {
      value = value * (n - k + i) / i;
    }
    return value;
  }

  /**
   * Mean marginal contributions over random permutations, each with its reverse, which halves the
   * spread and more (antithetic; Mitchell, Cooper, Frank, Holmes 2022, arXiv:2104.12199).
   */
  Values sampled(long seed, int pairs) {
    SplittableRandom random = new SplittableRandom(seed);
    Factors factors = new Factors();
    int[] permutation = new int[channels];
    double[] sum = new double[channels];
    double[] squares = new double[channels];
    double[] pair = new double[channels];
    for (int p = 0; p < pairs; p++) {
      shuffle(permutation, random);
      for (int i = 0; i < channels; i++) {
        pair[permutation[i]] = factors.extend(i, permutation[i]) / 2;
      }
      for (int i = 0; i < channels; i++) {
        pair[permutation[channels - 1 - i]] += factors.extend(i, permutation[channels - 1 - i]) / 2;
      }
      for (int c = 0; c < channels; c++) {
        sum[c] += pair[c];
        squares[c] += pair[c] * pair[c];
      }
    }
    double[] errors = new double[channels];
    for (int c = 0; c < channels; c++) {
      sum[c] /= pairs;
      double variance = Math.max(0, squares[c] / pairs - sum[c] * sum[c]) * pairs / (pairs - 1.0);
      errors[c] = Math.sqrt(variance / pairs);
    }
    return new Values(sum, errors);
  }

  /** Fisher and Yates. */
  private static void shuffle(int[] permutation, SplittableRandom random) {
    for (int i = 0; i < permutation.length; i++) {
      permutation[i] = i;
    }
    for (int i = permutation.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = permutation[i];
      permutation[i] = permutation[j];
      permutation[j] = swapped;
    }
  }

  /** L and U over the channels chosen so far; extending at a place forgets what was behind it. */
  private final class Factors {
    private final int[] chosen = new int[channels];
    private final double[][] lower = new double[channels][channels];
    private final double[][] upper = new double[channels][channels];
    private final double[] y = new double[channels];
    private final double[] z = new double[channels];

    /**
     * @return what the channel adds to v of the channels before it
     */
    double extend(int size, int channel) {
      chosen[size] = channel;
      double[] row = lower[size];
      // upper[size] is the new column of U.
      double[] column = upper[size];
      double firstTouch = first[channel];
      double sale = converting[channel];
      double pivot = system[channel][channel];
      for (int k = 0; k < size; k++) {
        double left = system[channel][chosen[k]];
        double above = system[chosen[k]][channel];
        for (int m = 0; m < k; m++) {
          left -= row[m] * upper[k][m];
          above -= lower[k][m] * column[m];
        }
        row[k] = left / upper[k][k];
        column[k] = above;
        pivot -= row[k] * above;
        sale -= row[k] * z[k];
        firstTouch -= y[k] * above;
      }
      column[size] = pivot;
      y[size] = firstTouch / pivot;
      z[size] = sale;
      return y[size] * z[size];
    }
  }
}
