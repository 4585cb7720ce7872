package io.channelwise.channel;

import io.channelwise.allocation.AllocationAnswer;
import io.channelwise.allocation.AllocationProblem;
import io.channelwise.allocation.Allocator;
import io.channelwise.allocation.ChannelTerms;
import io.channelwise.attribution.Attribution;
import io.channelwise.attribution.AttributionSettings;
import io.channelwise.attribution.Attributor;
import io.channelwise.attribution.Paths;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything that events alone say about channels: how they attract, what they earned, how to share
 * a budget among them. The same events give the same answer.
 *
 * @param rows read
 * @param effects what the allocation rests on
 */
public record ChannelAnalysis(
    long rows,
    Attraction attraction,
    Attribution attribution,
    ChannelEffects effects,
    AllocationAnswer allocation) {

  /**
   * @param budget to share out, above 0
   * @param cap no channel gets a larger share of the budget than this; 1 for no cap
   * @param basis null for purchases where there are any
   * @param cautious whether to maximise the lower bounds of the effects
   */
  public record Settings(
      double budget,
      double cap,
      ChannelEffects.Basis basis,
      boolean cautious,
      AttributionSettings attribution) {}

  /**
   * Analyses a CSV of events.
   *
   * @throws io.channelwise.campaign.InvalidDataException with every finding
   * @throws io.channelwise.allocation.AllocationException when the budget cannot be shared out
   */
  public static ChannelAnalysis of(Path events, EventColumns columns, Settings settings) {
    return of(events, columns, settings, Map.of());
  }

  /**
   * Analyses a CSV of events with weights P(U) from elsewhere.
   *
   * @param weights above 0 up to a factor, by segment; others are left out; empty to weigh each
   *     segment by its clicks
   * @throws io.channelwise.campaign.InvalidDataException with every finding
   * @throws io.channelwise.allocation.AllocationException when the budget cannot be shared out
   * @throws IllegalArgumentException when a weight is not a number above 0
   */
  public static ChannelAnalysis of(
      Path events, EventColumns columns, Settings settings, Map<String, Double> weights) {
    EventFile file = EventFile.read(events, columns);
    Attraction attraction = AttractionFormula.of(file.channels(), file.clicks(), weights);
    Paths paths = file.paths();
    Attribution attribution = Attributor.attribute(paths, settings.attribution());
    ChannelEffects effects =
        settings.basis() == null
            ? ChannelEffects.of(attraction, attribution)
            : ChannelEffects.of(attraction, attribution, settings.basis());
    return new ChannelAnalysis(
        file.rows(), attraction, attribution, effects, allocate(attraction, effects, settings));
  }

  private static AllocationAnswer allocate(
      Attraction attraction, ChannelEffects effects, Settings settings) {
    AllocationProblem.Builder problem = AllocationProblem.withBudget(settings.budget());
    attraction.segments().forEach(u -> problem.segment(u.segment(), u.weight()));
    for (Attraction.Ranked channel : attraction.ranking()) {
      ChannelTerms terms = ChannelTerms.of(channel.channel());
      problem.channel(
          settings.cap() < 1 ? terms.withCap(settings.cap() * settings.budget()) : terms);
    }
    effects
        .effects()
        .forEach(e -> problem.attraction(e.channel(), e.segment(), e.expected(), e.low()));
    AllocationProblem built = problem.build();
    return Allocator.solve(settings.cautious() ? built.cautious() : built);
  }
}
