package io.channelwise.channel;

import io.channelwise.attribution.Paths;
import io.channelwise.campaign.Finding;
import io.channelwise.campaign.ImportLimits;
import io.channelwise.campaign.InvalidDataException;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.SourceFile;
import io.channelwise.campaign.TableReader;
import io.channelwise.campaign.TableSpec;
import io.channelwise.campaign.Text;
import io.channelwise.channel.AttractionFormula.Clicks;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Events of a CSV file outside any campaign, counted and put into paths in memory. The order of the
 * rows does not matter.
 */
final class EventFile {
  private static final String ALL = "all";
  private static final ImportLimits LIMITS = ImportLimits.DEFAULT.withFileBytesMax(Long.MAX_VALUE);
  private static final Comparator<Step> IN_TIME =
      Comparator.comparing(Step::time)
          .thenComparing(Step::eventId)
          .thenComparing(Step::purchase)
          .thenComparing(Step::channel);

  private final EventColumns columns;
  private final Map<String, Map<String, Long>> clicks = new TreeMap<>();
  private final Map<String, List<Step>> users = new TreeMap<>();
  private long rows;

  private record Step(Instant time, String eventId, boolean purchase, String channel) {}

  private EventFile(EventColumns columns) {
    this.columns = columns;
  }

  /**
   * @throws InvalidDataException with every finding
   */
  static EventFile read(Path path, EventColumns columns) {
    SourceFile source = new SourceFile(path.getFileName().toString(), path);
    TableReader reader = new TableReader(source, LIMITS);
    Set<String> present = reader.columns(columns.spec(Set.of()));
    TableSpec spec = columns.spec(present);
    if (present.contains(columns.userName()) && !present.contains(columns.timeName())) {
      throw new InvalidDataException(List.of(noTime(source, columns)), 0);
    }
    EventFile file = new EventFile(columns);
    reader.read(spec, file::add);
    return file;
  }

  private static Finding noTime(SourceFile source, EventColumns columns) {
    String en =
        "%s, row 1: found a user column %s but no time column, expected one: a user's path has an order. Name it, or leave the users out."
            .formatted(source.fileName(), columns.userName());
    String zh =
        "%s，第 1 行：有用户列 %s 但没有时间列；用户路径有先后顺序，请指定时间列，或不使用用户列。"
            .formatted(source.fileName(), columns.userName());
    return new Finding(
        source.fileName(), 1, columns.timeName(), "", "a time column", new Text(en, zh));
  }

  private void add(Row row) {
    rows++;
    String channel = row.text(columns.channelName());
    String segment = or(row.text(columns.segmentName()), ALL);
    String type = or(row.text(columns.typeName()), "click");
    String user = row.text(columns.userName());
    Instant time = row.timestamp(columns.timeName());
    String id = or(row.text(columns.eventName()), "");
    boolean bought = columns.purchase() != null && row.bool(columns.purchase());
    Map<String, Long> ofChannel = clicks.computeIfAbsent(channel, c -> new TreeMap<>());
    // Rows without a user are told apart by their line.
    List<Step> steps =
        user == null ? new ArrayList<>() : users.computeIfAbsent(user, u -> new ArrayList<>());
    Instant at = time == null ? Instant.EPOCH : time;
    if (type.equals("click")) {
      ofChannel.merge(segment, 1L, Long::sum);
      steps.add(new Step(at, id, false, channel));
    }
    if (type.equals("purchase") || bought) {
      steps.add(new Step(at, id, true, channel));
    }
    if (user == null) {
      users.put("\0" + row.line(), steps);
    }
  }

  private static String or(String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  long rows() {
    return rows;
  }

  /** Names, sorted: every channel of the file, those without a click too. */
  List<String> channels() {
    return List.copyOf(clicks.keySet());
  }

  List<Clicks> clicks() {
    List<Clicks> counted = new ArrayList<>();
    clicks.forEach(
        (channel, bySegment) ->
            bySegment.forEach((segment, n) -> counted.add(new Clicks(channel, segment, n))));
    return counted;
  }

  Paths paths() {
    Paths.Builder paths = new Paths.Builder(channels());
    for (List<Step> steps : users.values()) {
      steps.sort(IN_TIME);
      for (Step step : steps) {
        if (!step.purchase() || !paths.touched()) {
          paths.touch(step.channel());
        }
        if (step.purchase()) {
          paths.convert();
        }
      }
      paths.lose();
    }
    return paths.build();
  }
}
