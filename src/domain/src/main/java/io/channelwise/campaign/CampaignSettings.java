package io.channelwise.campaign;

import java.util.List;
import java.util.Map;

/**
 * What a campaign may set beside its data; everything left out has a default.
 *
 * @param timers names of timer variables to ISO-8601 durations ({@code collectCycle}: a repetition,
 *     {@code R/P1D}); only those that differ from the models' defaults
 * @param training settings of the fine-tuning
 * @param technicalStandard least service level (0..1) a plan must offer
 * @param channelsMax most channels a plan may use
 * @param capacity customers that can be served in a cycle; null when unlimited
 * @param unitCost cost of serving one customer for one period, in the campaign's currency; null for
 *     a fifth of the competitors' mean price
 * @param opportunityWeights what each part of a market's score counts; null for the default
 * @param plan what the plan model takes as given; everything left out has its default
 * @param roundsMax rounds that offers are made in before a person takes over; null for the models'
 *     default
 */
public record CampaignSettings(
    Map<String, String> timers,
    Training training,
    Double technicalStandard,
    Integer channelsMax,
    Double capacity,
    Double unitCost,
    OpportunityWeights opportunityWeights,
    PlanSettings plan,
    Integer roundsMax) {

  /** Timer variables that {@link #timers()} may name; their defaults stand in the models. */
  public static final List<String> TIMER_NAMES =
      List.of(
          "replyReminder",
          "replyDeadline",
          "promotionDuration",
          "collectCycle",
          "serviceWindow",
          "ticketSla");

  public static final double TECHNICAL_STANDARD_DEFAULT = 0.6;
  public static final int CHANNELS_MAX_DEFAULT = 5;

  public CampaignSettings {
    timers = timers == null ? Map.of() : Map.copyOf(timers);
    training = training == null ? Training.DEFAULT : training;
    technicalStandard = technicalStandard == null ? TECHNICAL_STANDARD_DEFAULT : technicalStandard;
    channelsMax = channelsMax == null ? CHANNELS_MAX_DEFAULT : channelsMax;
    plan = plan == null ? PlanSettings.NONE : plan;
  }

  public static CampaignSettings defaults() {
    return new CampaignSettings(null, null, null, null, null, null, null, null, null);
  }

  /** Weights of the opportunity score, not negative, one above 0; only their proportions count. */
  public record OpportunityWeights(double need, double room, double growth, double payment) {}

  /**
   * Settings of a fine-tuning run.
   *
   * @param base {@code bge-small-zh} or {@code minilm}
   * @param maxLength tokens of a text, special ones included
   */
  public record Training(
      String base,
      Integer epochs,
      Double learningRate,
      Integer batchSize,
      Integer maxLength,
      Integer seed) {

    public static final Training DEFAULT = new Training(null, null, null, null, null, null);

    public Training {
      base = base == null ? "bge-small-zh" : base;
      epochs = epochs == null ? 3 : epochs;
      learningRate = learningRate == null ? 1e-4 : learningRate;
      batchSize = batchSize == null ? 16 : batchSize;
      maxLength = maxLength == null ? 64 : maxLength;
      seed = seed == null ? 42 : seed;
    }
  }
}
