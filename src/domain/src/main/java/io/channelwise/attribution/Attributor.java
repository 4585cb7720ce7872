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

/**
 * Attributes purchases to channels by every {@link Kind}, with percentile intervals from resampled
 * paths (Efron and Tibshirani 1993, chapter 13). Thread-safe.
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
  private final long[] taken;

  private Attributor(Paths paths, AttributionSettings settings) {
    this.paths = paths;
    this.settings = settings;
    this.graph = new TransitionGraph(paths, settings.order());
    this.firstOrder = settings.order() == 1 ? graph : new TransitionGraph(paths, 1);
    this.taken = paths.distinct().stream().mapToLong(Path::count).toArray();
  }

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
          null,
          AttributionTexts.nothingBought(paths));
    }
    return new Attributor(paths, settings).run(touches);
  }

  private Attribution run(long touches) {
    MarkovChain chain = MarkovChain.of(graph, taken);
    ChainGame game = new ChainGame(firstOrder, taken);
    ChainGame.Values values = game.values(settings.seed());
    double[][] shares = shares(taken, chain.effects(), values.values());
    double[] errors = values.standardErrors().clone();
    double worth = Arrays.stream(values.values()).sum();
    for (int c = 0; c < errors.length; c++) {
      errors[c] /= worth;
    }
    // With sampled values, resamples are compared with the same permutations of the data itself.
    double[][] reference =
        sampledInResamples() ? shares(taken, chain.effects(), resampled(taken)) : shares;
    double[][][] replicates = replicates(chain);
    List<Model> models = new ArrayList<>();
    Intervals intervals = new Intervals(settings.level(), new Resampler(paths).scale());
    for (Kind kind : Kind.values()) {
      int k = kind.ordinal();
      List<Credit> credits = new ArrayList<>();
      for (int c = 0; c < paths.channels().size(); c++) {
        int channel = c;
        double[] spread = Arrays.stream(replicates).mapToDouble(r -> r[k][channel]).toArray();
        Intervals.Interval interval = intervals.of(shares[k][c], reference[k][c], spread);
        credits.add(
            new Credit(
                paths.channels().get(c),
                shares[k][c],
                interval.low(),
                interval.high(),
                shares[k][c] * paths.conversions(),
                kind == Kind.SHAPLEY_CHAIN ? errors[c] : 0));
      }
      models.add(new Model(kind, credits));
    }
    Markov markov = markov(chain);
    return new Attribution(
        paths.count(),
        paths.conversions(),
        touches,
        settings.level(),
        replicates.length,
        models,
        markov,
        AttributionTexts.explain(paths, models, markov, settings, replicates.length));
  }

  private Markov markov(MarkovChain chain) {
    double[] effects = chain.effects();
    List<Removal> removals = new ArrayList<>();
    for (int c = 0; c < effects.length; c++) {
      removals.add(new Removal(paths.channels().get(c), effects[c]));
    }
    return new Markov(
        settings.order(), chain.states(), chain.conversion(), removals, chain.errorBound());
  }

  private boolean sampledInResamples() {
    return paths.channels().size() > EXACT_RESAMPLES_MAX;
  }

  private double[] resampled(long[] counts) {
    ChainGame game = new ChainGame(firstOrder, counts);
    return sampledInResamples()
        ? game.sampled(settings.seed(), PAIRS_OF_RESAMPLES).values()
        : game.exact();
  }

  /** (resamples that held a purchase, kinds, channels); the same whatever the threads do. */
  private double[][][] replicates(MarkovChain chain) {
    SplittableRandom seeds = new SplittableRandom(settings.seed());
    SplittableRandom[] randoms = new SplittableRandom[settings.replications()];
    Arrays.setAll(randoms, i -> seeds.split());
    Resampler resampler = new Resampler(paths);
    double[][][] all = new double[randoms.length][][];
    IntStream.range(0, randoms.length)
        .parallel()
        .forEach(
            i -> {
              long[] counts = resampler.draw(randoms[i]);
              if (converts(counts)) {
                all[i] = shares(counts, chain.effects(counts), resampled(counts));
              }
            });
    return Arrays.stream(all).filter(Objects::nonNull).toArray(double[][][]::new);
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
  private double[][] shares(long[] counts, double[] effects, double[] chainValues) {
    double[][] shares = TouchRules.credits(paths, counts);
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
