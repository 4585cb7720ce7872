package io.channelwise.bert.internal.search;

import io.channelwise.bert.search.SearchRange;
import io.channelwise.bert.training.TrainingSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The trials of a search: the same seed proposes the same ones in the same order, and more trials
 * begin with the fewer.
 */
public final class Proposals {
  private final TrainingSettings fixed;
  private final Map<Dimension, SearchRange> ranges = new LinkedHashMap<>();

  /**
   * @param fixed everything that is not searched; its seed decides the proposals, too
   * @param ranges one for each setting that is searched
   */
  public Proposals(TrainingSettings fixed, List<SearchRange> ranges) {
    this.fixed = fixed;
    for (Dimension dimension : Dimension.values()) {
      ranges.stream()
          .filter(range -> Dimension.of(range.name()) == dimension)
          .forEach(range -> this.ranges.put(dimension, range));
    }
  }

  /**
   * The searched values of a trial by setting, in a fixed order.
   *
   * @param trial counted from 1
   */
  public Map<String, Double> values(int trial) {
    Map<String, Double> result = new LinkedHashMap<>();
    ranges.forEach(
        (dimension, range) ->
            result.put(dimension.key(), dimension.draw(range, fixed.seed(), trial)));
    return result;
  }

  /** The settings a trial is trained with. */
  public TrainingSettings settings(int trial) {
    TrainingSettings.Builder builder = fixed.toBuilder();
    values(trial).forEach((name, value) -> Dimension.of(name).apply(builder, value));
    return builder.build();
  }
}
