package io.channelwise.attribution;

import io.channelwise.campaign.Text;
import java.util.List;
import java.util.Optional;

/**
 * How much of the purchases, and of their revenue, each channel earned, by several models.
 *
 * <p>Revenue is attributed by the same models: rules and the sum of unanimity games share out the
 * revenue of each purchase in place of the purchase; in the Markov chain a purchase counts for the
 * mean revenue of the purchases made from the same state, so that removal effects and coalitions
 * are of revenue.
 *
 * @param paths how many there were, lost ones included
 * @param conversions how many ended in a purchase
 * @param touches of all paths together
 * @param level of the intervals
 * @param replications resamples that held a purchase and so could be attributed
 * @param models in the order of {@link Kind}; empty when nobody bought
 * @param revenue of all purchases, in the currency of the events
 * @param revenueModels as {@code models}, of the revenue; empty when there was none
 * @param markov what stands behind {@link Kind#MARKOV}; null when nobody bought
 * @param explanation one or two plain sentences
 */
public record Attribution(
    long paths,
    long conversions,
    long touches,
    double level,
    int replications,
    List<Model> models,
    double revenue,
    List<Model> revenueModels,
    Markov markov,
    Text explanation) {

  public Attribution {
    models = List.copyOf(models);
    revenueModels = List.copyOf(revenueModels);
  }

  /** The models. */
  public enum Kind {
    /** All to the first touch. */
    FIRST("First touch", "首次触点"),
    /** All to the last touch. */
    LAST("Last touch", "末次触点"),
    /** The same to each touch. */
    LINEAR("Linear", "线性"),
    /** 40 % to the first, 40 % to the last, 20 % to those between; a half each when only two. */
    POSITION("Position-based", "基于位置"),
    /**
     * In proportion to removal effects (Anderl et al. 2016, doi:10.1016/j.ijresmar.2016.03.001).
     */
    MARKOV("Markov removal effect", "马尔可夫移除效应"),
    /**
     * Shapley values of the game v(S) = purchases on paths that touched channels of S alone (Zhao,
     * Mahboobi, Bagheri 2018, arXiv:1804.05327). The game is a sum of unanimity games, so that the
     * values are exact for any number of channels: each purchase is shared evenly among the
     * different channels on its path.
     */
    SHAPLEY("Shapley", "沙普利值"),
    /**
     * Shapley values of the game v(S) = probability of a purchase in the Markov chain of order 1
     * when a user who would go on to a channel outside S is lost. Lost paths count, too. Exact up
     * to {@value ChainGame#EXACT_CHANNELS_MAX} channels, sampled with a standard error beyond.
     */
    SHAPLEY_CHAIN("Shapley on the Markov chain", "马尔可夫链上的沙普利值");

    private final Text label;

    Kind(String en, String zh) {
      this.label = new Text(en, zh);
    }

    public Text label() {
      return label;
    }
  }

  /**
   * @param credits one a channel, by name; shares sum to 1
   */
  public record Model(Kind kind, List<Credit> credits) {
    public Model {
      credits = List.copyOf(credits);
    }

    /** Empty when the channel is unknown. */
    public Optional<Credit> of(String channel) {
      return credits.stream().filter(c -> c.channel().equals(channel)).findFirst();
    }
  }

  /**
   * What one channel earned.
   *
   * @param share of the purchases, or of the revenue, 0..1
   * @param low lower end of the bootstrap interval of the share
   * @param high its upper end
   * @param amount share times all purchases, or times the revenue
   * @param standardError of sampling permutations (Shapley on a chain of many channels); 0 where
   *     the share is computed exactly
   */
  public record Credit(
      String channel, double share, double low, double high, double amount, double standardError) {}

  /**
   * The Markov chain.
   *
   * @param order how many touches it remembers
   * @param states tuples of the last touches that were seen, the start included
   * @param conversionProbability of a path, by the chain; equals conversions by paths
   * @param removals one a channel, by name
   * @param errorBound no probability is further from the exact solution of the linear system
   */
  public record Markov(
      int order,
      int states,
      double conversionProbability,
      List<Removal> removals,
      double errorBound) {
    public Markov {
      removals = List.copyOf(removals);
    }
  }

  /**
   * @param effect share of the purchases that would be lost without the channel, 0..1; the effects
   *     of several channels overlap and do not sum to 1
   * @param revenueEffect the same of the revenue; 0 when there was none
   */
  public record Removal(String channel, double effect, double revenueEffect) {}

  /** Empty when nobody bought. */
  public Optional<Model> model(Kind kind) {
    return models.stream().filter(m -> m.kind() == kind).findFirst();
  }

  /** Empty when there was no revenue. */
  public Optional<Model> revenueModel(Kind kind) {
    return revenueModels.stream().filter(m -> m.kind() == kind).findFirst();
  }
}
