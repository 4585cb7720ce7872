package io.channelwise.attribution;

import io.channelwise.attribution.Attribution.Credit;
import io.channelwise.attribution.Attribution.Kind;
import io.channelwise.attribution.Attribution.Markov;
import io.channelwise.attribution.Attribution.Model;
import io.channelwise.attribution.Attribution.Removal;
import io.channelwise.attribution.Paths.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Attributes purchases and their revenue to channels by every {@link Kind}, with percentile
 * intervals from resampled paths (Efron and Tibshirani 1993, chapter 13). Thread-safe.
 */
public final class Attributor {
  private static final int KINDS = Kind.values().length;

  /** More channels than this, and resamples take sampled Shapley values. */
  private static final int EXACT_RESAMPLES_MAX = 12;

  private static final int PAIRS_OF_RESAMPLES = 64;

  private final Paths paths;
  private final AttributionSettings settings;
  private final TransitionGraph graph;
  private final TransitionGraph firstOrder;
  private final Sample data;

  private Attributor(Paths paths, AttributionSettings settings) {
    this.paths = paths;
    this.settings = settings;
    this.graph = new TransitionGraph(paths, settings.order());
    this.firstOrder = settings.order() == 1 ? graph : new TransitionGraph(paths, 1);
    this.data =
        sample(
            paths.distinct().stream().mapToLong(Path::count).toArray(),
            paths.distinct().stream().mapToDouble(Path::revenue).toArray());
  }

  /**
   * The data, or paths drawn from them.
   *
   * @param taken how often each distinct path was taken
   * @param revenue of each distinct path
   * @param steps probabilities of the steps of the chain
   * @param firstSteps the same of the chain of order 1
   */
  private record Sample(long[] taken, double[] revenue, double[] steps, double[] firstSteps) {}

  private Sample sample(long[] taken, double[] revenue) {
    double[] steps = graph.probabilities(taken);
    double[] first = firstOrder == graph ? steps : firstOrder.probabilities(taken);
    return new Sample(taken, revenue, steps, first);
  }

  /** What is shared out. */
  private enum Good {
    PURCHASES,
    REVENUE
  }

  /**
   * What the data say.
   *
   * @param shares (kinds, channels)
   * @param reference the same computed as resamples are
   * @param errors (channels): of sampled Shapley values, as shares
   */
  private record Study(
      Good good, MarkovChain chain, double[][] shares, double[][] reference, double[] errors) {}

  /** All models; without any purchase none, and the explanation says so. */
  public static Attribution attribute(Paths paths, AttributionSettings settings) {
    long touches = paths.distinct().stream().mapToLong(p -> p.count() * p.touches().length()).sum();
    if (paths.conversions() == 0) {
      return new Attribution(
          paths.count(),
          0,
          touches,
          settings.level(),
          0,
          List.of(),
          0,
          List.of(),
          null,
          AttributionTexts.nothingBought(paths));
    }
    return new Attributor(paths, settings).run(touches);
  }

  private Attribution run(long touches) {
    Study purchases = study(Good.PURCHASES);
    Study revenue = paths.revenue() > 0 ? study(Good.REVENUE) : null;
    double[][][][] replicates = replicates(purchases, revenue);
    List<Model> models = models(purchases, replicates[0], paths.conversions());
    List<Model> ofRevenue =
        revenue == null ? List.of() : models(revenue, replicates[1], paths.revenue());
    Markov markov = markov(purchases.chain(), revenue == null ? null : revenue.chain());
    int usable = replicates[0].length;
    return new Attribution(
        paths.count(),
        paths.conversions(),
        touches,
        settings.level(),
        usable,
        models,
        paths.revenue(),
        ofRevenue,
        markov,
        AttributionTexts.explain(paths, models, ofRevenue, markov, settings, usable));
  }

  private Study study(Good good) {
    MarkovChain chain = MarkovChain.of(graph, data.steps(), worth(graph, good, data));
    ChainGame game = new ChainGame(firstOrder, data.firstSteps(), worth(firstOrder, good, data));
    ChainGame.Values values = game.values(settings.seed());
    double[][] shares = shares(good, data, chain.effects(), values.values());
    double[] errors = values.standardErrors().clone();
    double whole = Arrays.stream(values.values()).sum();
    for (int c = 0; c < errors.length; c++) {
      errors[c] /= whole;
    }
    // With sampled values, resamples are compared with the same permutations of the data itself.
    double[][] reference =
        sampledInResamples() ? shares(good, data, chain.effects(), resampled(good, data)) : shares;
    return new Study(good, chain, shares, reference, errors);
  }

  /** Null where each purchase counts for 1. */
  private static double[] worth(TransitionGraph graph, Good good, Sample sample) {
    return good == Good.PURCHASES ? null : graph.worth(sample.taken(), sample.revenue());
  }

  private List<Model> models(Study study, double[][][] replicates, double whole) {
    List<Model> models = new ArrayList<>();
    Intervals intervals = new Intervals(settings.level(), new Resampler(paths).scale());
    for (Kind kind : Kind.values()) {
      int k = kind.ordinal();
      List<Credit> credits = new ArrayList<>();
      for (int c = 0; c < paths.channels().size(); c++) {
        int channel = c;
        double share = study.shares()[k][c];
        double[] spread = Arrays.stream(replicates).mapToDouble(r -> r[k][channel]).toArray();
        Intervals.Interval interval = intervals.of(share, study.reference()[k][c], spread);
        credits.add(
            new Credit(
                paths.channels().get(c),
                share,
                interval.low(),
                interval.high(),
                share * whole,
                kind == Kind.SHAPLEY_CHAIN ? study.errors()[c] : 0));
      }
      models.add(new Model(kind, credits));
    }
    return models;
  }

  /**
   * @param revenue null when there was none
   */
  private Markov markov(MarkovChain chain, MarkovChain revenue) {
    double[] effects = chain.effects();
    double[] ofRevenue = revenue == null ? new double[effects.length] : revenue.effects();
    List<Removal> removals = new ArrayList<>();
    for (int c = 0; c < effects.length; c++) {
      removals.add(new Removal(paths.channels().get(c), effects[c], ofRevenue[c]));
    }
    double error =
        revenue == null ? chain.errorBound() : Math.max(chain.errorBound(), revenue.errorBound());
    return new Markov(settings.order(), chain.states(), chain.conversion(), removals, error);
  }

  private boolean sampledInResamples() {
    return paths.channels().size() > EXACT_RESAMPLES_MAX;
  }

  private double[] resampled(Good good, Sample sample) {
    ChainGame game =
        new ChainGame(firstOrder, sample.firstSteps(), worth(firstOrder, good, sample));
    return sampledInResamples()
        ? game.sampled(settings.seed(), PAIRS_OF_RESAMPLES).values()
        : game.exact();
  }

  /**
   * Of purchases and of revenue: (resamples that held some, kinds, channels); the same whatever the
   * threads do.
   *
   * @param revenue null when there was none
   */
  private double[][][][] replicates(Study purchases, Study revenue) {
    SplittableRandom seeds = new SplittableRandom(settings.seed());
    SplittableRandom[] randoms = new SplittableRandom[settings.replications()];
    Arrays.setAll(randoms, i -> seeds.split());
    Resampler resampler = new Resampler(paths);
    double[][][][] all = new double[2][randoms.length][][];
    IntStream.range(0, randoms.length)
        .parallel()
        .forEach(
            i -> {
              Sample sample = draw(resampler, randoms[i], revenue != null);
              if (converts(sample.taken())) {
                all[0][i] = replicate(purchases, sample);
              }
              if (revenue != null && Arrays.stream(sample.revenue()).sum() > 0) {
                all[1][i] = replicate(revenue, sample);
              }
            });
    return Stream.of(all)
        .map(good -> Arrays.stream(good).filter(Objects::nonNull).toArray(double[][][]::new))
        .toArray(double[][][][]::new);
  }

  private Sample draw(Resampler resampler, SplittableRandom random, boolean withRevenue) {
    long[] counts = resampler.draw(random);
    double[] revenue = new double[withRevenue ? counts.length : 0];
    for (int p = 0; p < revenue.length; p++) {
      revenue[p] = counts[p] == 0 ? 0 : paths.distinct().get(p).draw(counts[p], random);
    }
    return sample(counts, revenue);
  }

  private double[][] replicate(Study study, Sample sample) {
    double[] worth = worth(graph, study.good(), sample);
    return shares(
        study.good(),
        sample,
        study.chain().effects(sample.steps(), worth),
        resampled(study.good(), sample));
  }

  private boolean converts(long[] counts) {
    for (int p = 0; p < counts.length; p++) {
      if (counts[p] > 0 && paths.distinct().get(p).converted()) {
        return true;
      }
    }
    return false;
  }

  /** (kinds, channels); each kind's shares sum to 1. */
  private double[][] shares(Good good, Sample sample, double[] effects, double[] chainValues) {
    double[] weights =
        good == Good.REVENUE
            ? sample.revenue()
            : Arrays.stream(sample.taken()).asDoubleStream().toArray();
    double[][] shares = TouchRules.credits(paths, weights);
    shares[Kind.MARKOV.ordinal()] = effects.clone();
    shares[Kind.SHAPLEY_CHAIN.ordinal()] = chainValues.clone();
    for (int k = 0; k < KINDS; k++) {
      double sum = Arrays.stream(shares[k]).sum();
      for (int c = 0; c < shares[k].length; c++) {
        shares[k][c] /= sum;
      }
    }
    return shares;
  }
}
