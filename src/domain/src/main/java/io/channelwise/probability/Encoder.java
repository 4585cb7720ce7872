package io.channelwise.probability;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Turns cells into numbers of mean 0 and deviation 1, as learned from the training rows alone:
 *
 * <ul>
 *   <li>numbers: missing ones take the mean and raise a flag of their own; of those skewed to the
 *       right, none below 0 (durations, page values), the logarithm log(1 + x / s) with s the tenth
 *       percentile of those above 0, and a flag for those above 0
 *   <li>whole numbers of few values may be codes (browser, region) and are given both ways
 *   <li>texts, months and booleans: one flag a value; values of under {@value #SHARE_MIN} of the
 *       rows or fewer than {@value #ROWS_MIN}, and unknown ones, have one flag together, missing
 *       ones another
 *   <li>columns that say nothing (one value, or texts that hardly repeat) are left out
 * </ul>
 */
record Encoder(List<Feature> features, List<String> leftOut) {
  private static final double SHARE_MIN = 0.005;
  private static final int ROWS_MIN = 20;
  private static final int CODES_MAX = 30;
  private static final double NUMBERS_MIN = 0.95;
  private static final double SKEW_MIN = 2;
  private static final Set<String> MISSING =
      Set.of("nan", "na", "n/a", "null", "none", "nil", "?", "-");
  private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?");
  private static final String NONE = "\0none";

  /**
   * One number of a row.
   *
   * @param mean of the reading over the training rows
   * @param deviation above 0
   */
  record Feature(String column, Reading reading, double mean, double deviation) {}

  Encoder {
    features = List.copyOf(features);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * @throws ProbabilityException when no column says anything or a number is infinite or no number
   */
  static Encoder learn(BehaviourTable table) {
    List<Feature> features = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (String column : table.columns()) {
      List<String> cells = cells(table, column);
      int before = features.size();
      for (Reading reading : readings(table, column, cells)) {
        Feature feature = feature(column, reading, cells);
        if (feature.deviation() > 0) {
          features.add(feature);
        }
      }
      if (features.size() == before) {
        leftOut.add(column);
      }
    }
    if (features.isEmpty()) {
      throw new ProbabilityException(
          "No column of behaviour is left that differs between rows; found %s. Bring durations, counts, values or categories."
              .formatted(table.columns().isEmpty() ? "none" : String.join(", ", table.columns())));
    }
    return new Encoder(features, leftOut);
  }

  /** Cells of a column; null for what people write where there is nothing. */
  private static List<String> cells(BehaviourTable table, String column) {
    List<String> cells = new ArrayList<>(table.size());
    table.column(column).forEach(cell -> cells.add(clean(cell)));
    return cells;
  }

  /** Full-width digits as ASCII, thousands separators taken out. */
  private static String clean(String cell) {
    if (cell == null || MISSING.contains(cell.toLowerCase(Locale.ROOT))) {
      return null;
    }
    String plain = Normalizer.normalize(cell, Normalizer.Form.NFKC);
    return GROUPED.matcher(plain).matches() ? plain.replace(",", "") : plain;
  }

  private static Feature feature(String column, Reading reading, List<String> cells) {
    double[] values = cells.stream().mapToDouble(reading::of).toArray();
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / values.length);
    return new Feature(column, reading, mean, deviation > 1e-12 * Math.abs(mean) ? deviation : 0);
  }

  private static List<Reading> readings(BehaviourTable table, String column, List<String> cells) {
    List<String> present = cells.stream().filter(c -> c != null).toList();
    long numbers = present.stream().filter(c -> Reading.NUMBER.matcher(c).matches()).count();
    List<Reading> readings = new ArrayList<>();
    if (!present.isEmpty() && numbers >= NUMBERS_MIN * present.size()) {
      checkNumbers(table, column, cells);
      double[] values = present.stream().mapToDouble(Double::parseDouble).sorted().toArray();
      readings.addAll(numeric(values));
      if (present.size() < cells.size()) {
        readings.add(new Reading.Missing());
      }
      if (!areCodes(values)) {
        return readings;
      }
    }
    readings.addAll(categories(cells));
    return readings;
  }

  private static void checkNumbers(BehaviourTable table, String column, List<String> cells) {
    for (int row = 0; row < cells.size(); row++) {
      String cell = cells.get(row);
      boolean fits =
          cell == null
              || (Reading.NUMBER.matcher(cell).matches()
                  && Double.isFinite(Double.parseDouble(cell)));
      if (!fits) {
        throw new ProbabilityException(
            "Row %d, column %s: found “%s”, expected a finite number as in the other rows. Mend the cell, or leave it empty if it is unknown."
                .formatted(table.line(row), column, cell));
      }
    }
  }

  private static boolean areCodes(double[] sorted) {
    int distinct = 1;
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] != Math.rint(sorted[i])) {
        return false;
      }
      distinct += i > 0 && sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    return distinct > 2 && distinct <= CODES_MAX;
  }

  private static List<Reading> numeric(double[] sorted) {
    double mean = Arrays.stream(sorted).sum() / sorted.length;
    double second = 0;
    double third = 0;
    for (double value : sorted) {
      double from = value - mean;
      second += from * from / sorted.length;
      third += from * from * from / sorted.length;
    }
    if (sorted[0] < 0 || !(third > SKEW_MIN * Math.pow(second, 1.5))) {
      return List.of(new Reading.Value(mean));
    }
    double[] positive = Arrays.stream(sorted).filter(v -> v > 0).toArray();
    double scale = positive[positive.length / 10];
    double filled =
        Arrays.stream(sorted).map(v -> StrictMath.log1p(v / scale)).sum() / sorted.length;
    return List.of(new Reading.Logarithm(scale, filled), new Reading.Positive());
  }

  private static List<Reading> categories(List<String> cells) {
    Map<String, Integer> counts = new TreeMap<>();
    cells.forEach(cell -> counts.merge(cell == null ? NONE : cell, 1, Integer::sum));
    double least = Math.max(ROWS_MIN, SHARE_MIN * cells.size());
    List<String> frequent =
        counts.entrySet().stream()
            .filter(e -> e.getValue() >= least && !e.getKey().equals(NONE))
            .map(Map.Entry::getKey)
            .toList();
    if (frequent.isEmpty()) {
      return List.of();
    }
    List<Reading> readings = new ArrayList<>();
    for (String value : frequent) {
      readings.add(new Reading.Category(value));
    }
    readings.add(new Reading.OtherCategory(frequent));
    readings.add(new Reading.Missing());
    // Of two values one flag tells both.
    return readings.size() == 4 && counts.size() == 2 ? readings.subList(0, 1) : readings;
  }

  /** Rows as numbers: one array a row, one number a feature. */
  double[][] encode(BehaviourTable table) {
    double[][] encoded = new double[table.size()][features.size()];
    String column = null;
    List<String> cells = List.of();
    for (int f = 0; f < features.size(); f++) {
      Feature feature = features.get(f);
      if (!feature.column().equals(column)) {
        column = feature.column();
        cells = cells(table, column);
      }
      for (int row = 0; row < encoded.length; row++) {
        double value = feature.reading().of(cells.get(row));
        encoded[row][f] = (value - feature.mean()) / feature.deviation();
      }
    }
    return encoded;
  }

  /** Columns that a row must have. */
  List<String> columns() {
    return features.stream().map(Feature::column).distinct().toList();
  }
}
