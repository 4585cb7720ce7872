package io.channelwise.replay;

import io.channelwise.campaign.Text;
import java.util.List;
import java.util.Objects;

/**
 * What is different in a replay; null keeps what was recorded.
 *
 * @param channels that take part, by name
 * @param price per customer and period, in the campaign's currency
 * @param budget of the promotion, in the campaign's currency
 */
public record Change(List<String> channels, Double price, Double budget) {

  public static final Change NONE = new Change(null, null, null);

  /**
   * @throws InvalidReplayException when no channel is left, or a number is not above 0
   */
  public Change {
    if (channels != null) {
      channels =
          channels.stream()
              .filter(Objects::nonNull)
              .map(String::strip)
              .filter(name -> !name.isEmpty())
              .distinct()
              .sorted()
              .toList();
      if (channels.isEmpty()) {
        throw new InvalidReplayException(
            new Text(
                "The list of channels is empty; name one or more, or leave it out to keep the recorded ones.",
                "渠道列表为空；请至少指定一个渠道，或省略该项以保留记录的渠道。"));
      }
    }
    aboveZero("price", "价格", price);
    aboveZero("budget", "预算", budget);
  }

  private static void aboveZero(String name, String chinese, Double value) {
    if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new InvalidReplayException(
          new Text(
              "The %s is %s; it must be a number above 0.".formatted(name, value),
              "%s为 %s；必须是大于 0 的数。".formatted(chinese, value)));
    }
  }
}
