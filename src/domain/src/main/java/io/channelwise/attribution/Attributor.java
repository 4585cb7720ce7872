package io.channelwise.attribution;

import io.channelwise.attribution.Attribution.Credit;
import io.channelwise.attribution.Attribution.Kind;
import io.channelwise.attribution.Attribution.Markov;
import io.channelwise.attribution.Attribution.Model;
import io.channelwise.attribution.Attribution.Removal;
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
  private final Walked data;

  private Attributor(Paths paths, AttributionSettings settings) {
    this.paths = paths;
    this.settings = settings;
    this.graph = new TransitionGraph(paths, settings.order());
    this.firstOrder = settings.order() == 1 ? graph : new TransitionGraph(paths, 1);
    this.data = walked(Sample.all(paths));
  }

  /**
   * A sample and what purchases and revenue both need of it.
   *
   * @param steps probabilities of the steps of the chain
   * @param firstSteps the same of the chain of order 1
   */
  private record Walked(Sample sample, double[] steps, double[] firstSteps) {}

  private Walked walked(Sample sample) {
    double[] steps = graph.probabilities(sample);
    double[] first = firstOrder == graph ? steps : firstOrder.probabilities(sample);
    return new Walked(sample, steps, first);
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
    double[][] shares = shares(good, data.sample(), chain.effects(), values.values());
    double[] errors = values.standardErrors().clone();
    double whole = Arrays.stream(values.values()).sum();
    for (int c = 0; c < errors.length; c++) {
      errors[c] /= whole;
    }
    // With sampled values, resamples are compared with the same permutations of the data itself.
    double[][] reference =
        sampledInResamples()
            ? shares(good, data.sample(), chain.effects(), resampled(good, data))
            : shares;
    return new Study(good, chain, shares, reference, errors);
  }

  /** Null where each purchase counts for 1. */
  private static double[] worth(TransitionGraph graph, Good good, Walked walked) {
    return good == Good.PURCHASES ? null : graph.worth(walked.sample());
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

  private double[] resampled(Good good, Walked walked) {
    ChainGame game =
        new ChainGame(firstOrder, walked.firstSteps(), worth(firstOrder, good, walked));
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
              Sample sample = Sample.drawn(paths, resampler.draw(randoms[i]), randoms[i]);
              if (sample.converts(paths)) {
                Walked walked = walked(sample);
                all[0][i] = replicate(purchases, walked);
                all[1][i] = sample.earns() ? replicate(revenue, walked) : null;
              }
            });
    return Stream.of(all)
        .map(good -> Arrays.stream(good).filter(Objects::nonNull).toArray(double[][][]::new))
        .toArray(double[][][][]::new);
  }

  private double[][] replicate(Study study, Walked walked) {
    double[] worth = worth(graph, study.good(), walked);
    return shares(
        study.good(),
        walked.sample(),
        study.chain().effects(walked.steps(), worth),
        resampled(study.good(), walked));
  }

  /** (kinds, channels); each kind's shares sum to 1. */
  private double[][] shares(Good good, Sample sample, double[] effects, double[] chainValues) {
    double[] weights = good == Good.REVENUE ? sample.revenue() : sample.weights();
    double[][] shares = TouchRules.credits(paths, sample.places(), weights);
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
