package io.channelwise.channel;

import io.channelwise.allocation.AllocationAnswer;
import io.channelwise.allocation.AllocationProblem;
import io.channelwise.allocation.Allocator;
import io.channelwise.allocation.ChannelTerms;
import io.channelwise.allocation.Saturation;
import io.channelwise.allocation.SaturationText;
import io.channelwise.attribution.Attribution;
import io.channelwise.attribution.AttributionSettings;
import io.channelwise.attribution.Attributor;
import io.channelwise.attribution.Paths;
import io.channelwise.campaign.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Everything that events alone say about channels: how they attract, what they earned, how to share
 * a budget among them. The same events give the same answer.
 *
 * @param rows read
 * @param effects what the allocation rests on
 * @param days from the first recorded spend or event of any channel to the last; 0 where costs or
 *     times are not told. The budget is for as many
 * @param saturation over those days, by channel; empty when not asked for
 */
public record ChannelAnalysis(
    long rows,
    Attraction attraction,
    Attribution attribution,
    ChannelEffects effects,
    long days,
    SortedMap<String, Saturation> saturation,
    AllocationAnswer allocation) {

  /**
   * @param budget to share out, above 0
   * @param cap no channel gets a larger share of the budget than this; 1 for no cap
   * @param basis null for purchases where there are any
   * @param cautious whether to maximise the lower bounds of the effects
   * @param saturating whether to estimate from the days at which spend a channel saturates
   * @param halfSaturation what the user says of it, over the whole budget's days, by channel
   */
  public record Settings(
      double budget,
      double cap,
      ChannelEffects.Basis basis,
      boolean cautious,
      boolean saturating,
      Map<String, Double> halfSaturation,
      AttributionSettings attribution) {

    /** The whole budget by what the events tell, saturation estimated. */
    public static Settings of(double budget) {
      return new Settings(budget, 1, null, false, true, Map.of(), AttributionSettings.DEFAULT);
    }
  }

  /**
   * Analyses a CSV of events.
   *
   * @throws io.channelwise.campaign.InvalidDataException with every finding
   * @throws io.channelwise.allocation.AllocationException when the budget cannot be shared out
   */
  public static ChannelAnalysis of(Path events, EventColumns columns, Settings settings) {
    return of(events, columns, settings, Map.of(), bytes -> {});
  }

  /**
   * Analyses a CSV of events with weights P(U) from elsewhere.
   *
   * @param weights above 0 up to a factor, by segment; others are left out; empty to weigh each
   *     segment by its clicks
   * @param read told of bytes as they are read, how many more each time; all of the file's twice
   * @throws io.channelwise.campaign.InvalidDataException with every finding
   * @throws io.channelwise.allocation.AllocationException when the budget cannot be shared out
   * @throws IllegalArgumentException when no event is a click and no weights are given, a weight is
   *     not a number above 0, or a half-saturation spend is given for a channel without an event
   */
  public static ChannelAnalysis of(
      Path events,
      EventColumns columns,
      Settings settings,
      Map<String, Double> weights,
      LongConsumer read) {
    EventFile file = EventFile.read(events, columns, read);
    if (weights.isEmpty() && file.clicks().isEmpty()) {
      throw new IllegalArgumentException(
          "None of the %,d events is a click, so no channel attracts anybody; bring events of type click."
              .formatted(file.rows()));
    }
    Attraction attraction = AttractionFormula.of(file.channels(), file.clicks(), weights);
    Paths paths = file.paths();
    Attribution attribution = Attributor.attribute(paths, settings.attribution());
    ChannelEffects effects =
        settings.basis() == null
            ? ChannelEffects.of(attraction, attribution)
            : ChannelEffects.of(attraction, attribution, settings.basis());
    long days = file.days().span();
    SortedMap<String, Saturation> saturation = saturation(file, settings);
    return new ChannelAnalysis(
        file.rows(),
        attraction,
        attribution,
        effects,
        days,
        saturation,
        allocate(attraction, effects, saturation, settings));
  }

  private static SortedMap<String, Saturation> saturation(EventFile file, Settings settings) {
    for (String channel : new TreeSet<>(settings.halfSaturation().keySet())) {
      if (!file.channels().contains(channel)) {
        throw new IllegalArgumentException(
            "A half-saturation spend is given for channel %s, which has no event; the channels are %s."
                .formatted(channel, String.join(", ", file.channels())));
      }
    }
    List<String> channels =
        settings.saturating()
            ? file.channels()
            : List.copyOf(new TreeSet<>(settings.halfSaturation().keySet()));
    SortedMap<String, Saturation> saturation =
        file.days().saturation(channels, settings.halfSaturation());
    saturation.replaceAll((channel, daily) -> daily.over(Math.max(1, file.days().span())));
    return saturation;
  }

  /** What saturation there is and why, in both languages. */
  public List<Text> saturationSentences() {
    Text span = new Text("over %d days".formatted(days), "%d 天内".formatted(days));
    return SaturationText.of(saturation, "", span);
  }

  private static AllocationAnswer allocate(
      Attraction attraction,
      ChannelEffects effects,
      SortedMap<String, Saturation> saturation,
      Settings settings) {
    AllocationProblem.Builder problem = AllocationProblem.withBudget(settings.budget());
    attraction.segments().forEach(u -> problem.segment(u.segment(), u.weight()));
    for (Attraction.Ranked channel : attraction.ranking()) {
      ChannelTerms free = ChannelTerms.of(channel.channel());
      Saturation saturates = saturation.get(channel.channel());
      ChannelTerms terms = saturates == null ? free : saturates.on(free);
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
