package io.channelwise.campaign;

import io.channelwise.campaign.Briefing.Source;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The inputs that figures name: ids a person can keep, links that the REST API answers. */
public final class Sources {
  private static final int DIGEST_SHOWN = 12;

  private Sources() {}

  /** The rows of an imported table. */
  public static Source table(String campaignKey, DataImport data) {
    return table(campaignKey, data, Map.of());
  }

  /**
   * The rows of an imported table that hold these values.
   *
   * @param where value by column, e.g. {@code market → retail}
   */
  public static Source table(String campaignKey, DataImport data, Map<String, String> where) {
    Map<String, String> filters = new TreeMap<>(where);
    String digest = data.sha256().substring(0, DIGEST_SHOWN);
    String columns =
        filters.entrySet().stream()
            .map(f -> f.getKey() + " = " + f.getValue())
            .collect(Collectors.joining(", "));
    String rows = NumberText.plain(data.rows());
    String id = campaignKey + "/" + data.table() + "/" + digest;
    Text label =
        new Text(
            "%s.csv: %s rows, SHA-256 %s…".formatted(data.table(), rows, digest)
                + (columns.isEmpty() ? "" : "; those with " + columns),
            "%s.csv：%s 行，SHA-256 %s…".formatted(data.table(), rows, digest)
                + (columns.isEmpty() ? "" : "；其中 " + columns));
    Map<String, String> query = new TreeMap<>(filters);
    query.put("sha256", digest);
    return new Source(
        columns.isEmpty() ? id : id + "?" + query(filters),
        label,
        path("api", "campaigns", campaignKey, "data", data.table()) + "?" + query(query));
  }

  /** As {@link #table(String, DataImport, Map)}, of a table that may not have been brought. */
  public static Source table(
      String campaignKey, Optional<DataImport> data, String table, Map<String, String> where) {
    return data.map(d -> table(campaignKey, d, where)).orElseGet(() -> missing(campaignKey, table));
  }

  /** A table that the campaign did not bring. */
  static Source missing(String campaignKey, String table) {
    return new Source(
        campaignKey + "/" + table + "/none",
        new Text(table + ".csv: not imported", table + ".csv：未导入"),
        path("api", "campaigns", campaignKey, "data", table));
  }

  /** What a person was shown in another step. */
  public static Source briefing(String briefingId, Text label) {
    return new Source(
        "briefing/" + briefingId, label, "/api/briefings?" + query(Map.of("id", briefingId)));
  }

  /**
   * How a number was computed; has no link.
   *
   * @param name e.g. {@code wilson}
   * @param label e.g. "Wilson score interval (Wilson 1927)"
   */
  public static Source method(String name, Text label) {
    return new Source("method/" + name, label, "");
  }

  /** A path of the REST API; segments are encoded. */
  public static String path(String... segments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      path.append('/').append(encoded(segment));
    }
    return path.toString();
  }

  /** The query of a link, in the order of the map; names and values are encoded. */
  public static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> encoded(p.getKey()) + "=" + encoded(p.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
