package io.channelwise.feedback;

import io.channelwise.channel.UserBehaviour;
import io.channelwise.probability.LearnedPurchases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a dataset of what users did before they bought; the order of the users never matters.
 *
 * <ul>
 *   <li>Columns: segment, first channel, views, clicks, different channels, hours from the first to
 *       the last event, hour and weekday of the first, and the clicks on each of the {@value
 *       #CHANNELS_MAX} channels with most clicks.
 *   <li>At least {@link LearnedPurchases#ROWS_MIN} users, {@link LearnedPurchases#OF_EACH_MIN} who
 *       bought and as many who did not.
 *   <li>Of those who bought and of the others, the fifth with the smallest SHA-256 of a seed and
 *       the user is for evaluation, as in {@link DatasetRules}: the same on every build, and a user
 *       who is for evaluation hardly ever teaches a later version.
 * </ul>
 */
final class BehaviourRules {
  static final String SEGMENT = "segment";
  static final int CHANNELS_MAX = 30;

  /** Positions are label ids: whether a user bought. */
  static final List<String> LABELS = List.of("no purchase", "purchase");

  private static final int EVAL_EVERY = 5;
  private static final String SEED = "purchase-probability 42";
  private static final List<String> COLUMNS =
      List.of(
          SEGMENT,
          "first_channel",
          "views",
          "clicks",
          "channels",
          "hours",
          "first_hour",
          "first_weekday");

  private BehaviourRules() {}

  /** One user in her part. */
  record Placed(List<String> cells, boolean bought, Split split) {}

  /**
   * @param rows in the order of the users' hashes, both splits mixed
   */
  record Made(List<String> columns, List<Placed> rows, String sha256) {}

  private record Row(List<String> cells, boolean bought, String hash) {}

  /**
   * @param what names the dataset in the error message
   * @throws DatasetTooSmallException when too little is left
   */
  static Made make(List<UserBehaviour> users, String what) {
    long bought = users.stream().filter(UserBehaviour::bought).count();
    if (users.size() < LearnedPurchases.ROWS_MIN
        || Math.min(bought, users.size() - bought) < LearnedPurchases.OF_EACH_MIN) {
      throw new DatasetTooSmallException(
          "%s was not built: %d users with behaviour before a first purchase were found, %d of them bought; at least %d users are expected, %d who bought and as many who did not. Import more events; until then segments are weighed by their clicks."
              .formatted(
                  what,
                  users.size(),
                  bought,
                  LearnedPurchases.ROWS_MIN,
                  LearnedPurchases.OF_EACH_MIN));
    }
    List<String> channels = channels(users);
    List<String> columns = new ArrayList<>(COLUMNS);
    channels.forEach(channel -> columns.add("clicks: " + channel));
    List<Row> rows =
        users.stream()
            .map(
                user ->
                    new Row(
                        cells(user, channels),
                        user.bought(),
                        DatasetRules.sha256(SEED + '\0' + user.user())))
            .sorted(Comparator.comparing(Row::hash))
            .toList();
    return new Made(columns, split(rows), contentHash(columns, rows));
  }

  /** Those with most clicks, by name. */
  private static List<String> channels(List<UserBehaviour> users) {
    Map<String, Integer> clicks = new TreeMap<>();
    users.forEach(
        user -> user.clicksByChannel().forEach((name, n) -> clicks.merge(name, n, Integer::sum)));
    return clicks.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(CHANNELS_MAX)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static List<String> cells(UserBehaviour user, List<String> channels) {
    List<String> cells =
        new ArrayList<>(
            Arrays.asList(
                user.segment(),
                user.firstChannel(),
                Integer.toString(user.views()),
                Integer.toString(user.clicks()),
                Integer.toString(user.channels()),
                String.format(Locale.ROOT, "%.2f", user.hours()),
                Integer.toString(user.firstHour()),
                Integer.toString(user.firstWeekday())));
    channels.forEach(
        channel -> cells.add(Integer.toString(user.clicksByChannel().getOrDefault(channel, 0))));
    return cells;
  }

  private static List<Placed> split(List<Row> sorted) {
    int[] left = new int[2];
    for (int outcome = 0; outcome < left.length; outcome++) {
      boolean bought = outcome == 1;
      long all = sorted.stream().filter(row -> row.bought() == bought).count();
      left[outcome] = Math.max(1, Math.round((float) all / EVAL_EVERY));
    }
    List<Placed> placed = new ArrayList<>(sorted.size());
    for (Row row : sorted) {
      boolean eval = left[row.bought() ? 1 : 0]-- > 0;
      placed.add(new Placed(row.cells(), row.bought(), eval ? Split.EVAL : Split.TRAIN));
    }
    return placed;
  }

  private static String contentHash(List<String> columns, List<Row> rows) {
    StringBuilder content = new StringBuilder(String.join("\0", columns)).append('\n');
    rows.forEach(
        row ->
            content
                .append(row.bought() ? 1 : 0)
                .append('\0')
                .append(String.join("\0", row.cells()))
                .append('\n'));
    return DatasetRules.sha256(content.toString());
  }
}
