package io.channelwise.channel;

import io.channelwise.attribution.Paths;
import io.channelwise.campaign.Finding;
import io.channelwise.campaign.ImportLimits;
import io.channelwise.campaign.InvalidDataException;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.SourceFile;
import io.channelwise.campaign.TableReader;
import io.channelwise.campaign.TableSpec;
import io.channelwise.campaign.TableSpec.Type;
import io.channelwise.campaign.Text;
import io.channelwise.channel.AttractionFormula.Clicks;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

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
          .thenComparing(Step::channel)
          .thenComparing(Step::revenue);

  private final EventColumns columns;
  private final boolean hasRevenue;
  private final boolean hasCost;
  private final SpendDays days = new SpendDays();
  private final Map<String, Map<String, Long>> clicks = new TreeMap<>();
  private final Map<String, List<Step>> users = new TreeMap<>();
  private long rows;

  /**
   * @param revenue 0 but of a purchase
   */
  private record Step(
      Instant time, String eventId, boolean purchase, String channel, double revenue) {}

  private EventFile(EventColumns columns, TableSpec spec) {
    this.columns = columns;
    this.hasRevenue = isAmount(spec, columns.revenueName());
    this.hasCost = isAmount(spec, columns.costName());
  }

  /** A header of that name may have been given another meaning. */
  private static boolean isAmount(TableSpec spec, String name) {
    return spec.column(name).filter(column -> column.type() == Type.NUMBER).isPresent();
  }

  /**
   * @param read told of bytes as they are read; all of the file's twice
   * @throws InvalidDataException with every finding
   */
  static EventFile read(Path path, EventColumns columns, LongConsumer read) {
    SourceFile source = new SourceFile(path.getFileName().toString(), path, read);
    TableReader reader = new TableReader(source, LIMITS);
    Set<String> present = reader.columns(columns.spec(Set.of()));
    TableSpec spec = columns.spec(present);
    if (present.contains(columns.userName()) && !present.contains(columns.timeName())) {
      throw new InvalidDataException(List.of(noTime(source, columns)), 0);
    }
    EventFile file = new EventFile(columns, spec);
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
    double revenue = hasRevenue ? orZero(row.number(columns.revenueName())) : 0;
    Map<String, Long> ofChannel = clicks.computeIfAbsent(channel, c -> new TreeMap<>());
    // Rows without a user are told apart by their line.
    List<Step> steps =
        user == null ? new ArrayList<>() : users.computeIfAbsent(user, u -> new ArrayList<>());
    Instant at = time == null ? Instant.EPOCH : time;
    if (type.equals("click")) {
      ofChannel.merge(segment, 1L, Long::sum);
      steps.add(new Step(at, id, false, channel, 0));
    }
    if (type.equals("purchase") || bought) {
      steps.add(new Step(at, id, true, channel, revenue));
    }
    if (user == null) {
      users.put("\0" + row.line(), steps);
    }
    if (hasCost && time != null) {
      double cost = orZero(row.number(columns.costName()));
      LocalDate day = time.atOffset(ZoneOffset.UTC).toLocalDate();
      days.add(new SpendDays.Day(channel, day, cost, type.equals("click") ? 1 : 0));
    }
  }

  private static double orZero(Double value) {
    return value == null ? 0 : value;
  }

  private static String or(String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  long rows() {
    return rows;
  }

  /** What channels cost and brought day by day; empty where costs or times are not told. */
  SpendDays days() {
    return days;
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
          paths.convert(step.revenue());
        }
      }
      paths.lose();
    }
    return paths.build();
  }
}
