package io.channelwise.channel;

import io.channelwise.allocation.Saturation;
import io.channelwise.allocation.SaturationFit;
import io.channelwise.allocation.SpendDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What channels cost and brought day by day, and whether they saturate. Not thread-safe. */
final class SpendDays {
  private final SortedMap<String, SortedMap<LocalDate, SpendDay>> days = new TreeMap<>();

  /** One channel on one day, in UTC. */
  record Day(String channel, LocalDate day, double spend, long clicks) {}

  void add(Day day) {
    days.computeIfAbsent(day.channel(), c -> new TreeMap<>())
        .merge(
            day.day(),
            new SpendDay(day.spend(), day.clicks()),
            (a, b) -> new SpendDay(a.spend() + b.spend(), a.clicks() + b.clicks()));
  }

  /** Days from the first event of any channel to the last, both counted; 0 without an event. */
  long span() {
    if (days.isEmpty()) {
      return 0;
    }
    long first =
        days.values().stream().mapToLong(d -> d.firstKey().toEpochDay()).min().orElseThrow();
    long last = days.values().stream().mapToLong(d -> d.lastKey().toEpochDay()).max().orElseThrow();
    return last - first + 1;
  }

  /**
   * The half-saturation spend of one day.
   *
   * @param channels those to tell of
   * @param given what the user says, by channel, for whatever span
   */
  SortedMap<String, Saturation> saturation(List<String> channels, Map<String, Double> given) {
    SortedMap<String, Saturation> saturations = new TreeMap<>();
    for (String channel : channels) {
      saturations.put(
          channel,
          given.containsKey(channel)
              ? Saturation.given(given.get(channel))
              : SaturationFit.of(days(channel)));
    }
    return saturations;
  }

  /**
   * From the channel's first event to its last; a day without an event had no spend and no click.
   */
  private List<SpendDay> days(String channel) {
    List<SpendDay> all = new ArrayList<>();
    SortedMap<LocalDate, SpendDay> recorded = days.getOrDefault(channel, new TreeMap<>());
    LocalDate before = null;
    for (Map.Entry<LocalDate, SpendDay> day : recorded.entrySet()) {
      for (LocalDate d = before == null ? day.getKey() : before.plusDays(1);
          d.isBefore(day.getKey());
          d = d.plusDays(1)) {
        all.add(new SpendDay(0, 0));
      }
      all.add(day.getValue());
      before = day.getKey();
    }
    return all;
  }
}
