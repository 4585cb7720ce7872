package io.channelwise.research;

import io.channelwise.campaign.Text;
import io.channelwise.research.SurveyCounts.Cell;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * What one answer of each segment weighs, and why.
 *
 * <p>Post-stratification: an answer of segment h weighs {@code (N_h / N) / (n_h / n)}, its share of
 * the population over its share of the sample: Holt, D. and Smith, T. M. F. (1979), Post
 * stratification, Journal of the Royal Statistical Society A 142, 33-46. The sizes N_h come from
 * the column {@code segment_population} of survey.csv; without them every answer weighs 1.
 *
 * @param applied whether weights differ from 1 by intention
 * @param segments sorted
 * @param weights of one answer, a segment
 * @param explanation where the weights come from, or why there are none
 */
record SegmentWeights(boolean applied, List<String> segments, double[] weights, Text explanation) {

  static SegmentWeights of(SurveyCounts survey) {
    List<Cell> cells = survey.cells();
    long without =
        cells.stream()
            .filter(c -> c.population() == null || c.segment().isEmpty())
            .mapToLong(Cell::respondents)
            .sum();
    double population =
        cells.stream().filter(c -> c.population() != null).mapToDouble(Cell::population).sum();
    if (without == survey.respondents()) {
      return equal(
          cells,
          new Text(
              "not weighted: survey.csv brings no segment_population, so the sample's mix of segments counts as it is",
              "未加权：survey.csv 未提供“用户群规模”，样本的用户群构成按原样计入"));
    }
    if (without > 0) {
      return equal(
          cells,
          new Text(
              "not weighted: %d of %d respondents have no segment with a segment_population; give each segment its size"
                  .formatted(without, survey.respondents()),
              "未加权：%d / %d 位受访者没有带“用户群规模”的用户群，请为每个用户群提供规模"
                  .formatted(without, survey.respondents())));
    }
    if (!(population > 0) || Double.isInfinite(population)) {
      return equal(
          cells,
          new Text(
              "not weighted: the segment_population of all segments sums to %s; expected a number above 0"
                  .formatted(population),
              "未加权：所有用户群规模之和为 %s，应大于 0".formatted(population)));
    }
    return poststratified(survey, population);
  }

  private static SegmentWeights equal(List<Cell> cells, Text why) {
    double[] ones = new double[cells.size()];
    Arrays.fill(ones, 1);
    return new SegmentWeights(false, cells.stream().map(Cell::segment).toList(), ones, why);
  }

  private static SegmentWeights poststratified(SurveyCounts survey, double population) {
    List<Cell> cells = survey.cells();
    double[] weights = new double[cells.size()];
    double squares = 0;
    for (int h = 0; h < weights.length; h++) {
      Cell cell = cells.get(h);
      weights[h] = cell.population() / population * survey.respondents() / cell.respondents();
      squares += weights[h] * weights[h] * cell.respondents();
    }
    double effective = (double) survey.respondents() * survey.respondents() / squares;
    return new SegmentWeights(
        true,
        cells.stream().map(Cell::segment).toList(),
        weights,
        new Text(
            "weighted to the segment sizes in column segment_population of survey.csv (%d segments; %d answers tell as much as %.1f equally weighted ones)"
                .formatted(cells.size(), survey.respondents(), effective),
            "按 survey.csv “用户群规模”列加权（%d 个用户群；%d 份答卷相当于 %.1f 份等权答卷）"
                .formatted(cells.size(), survey.respondents(), effective)));
  }

  /** Counts of the segments in the order of {@link #segments()}; absent ones are 0. */
  long[] inOrder(TreeMap<String, Long> bySegment) {
    return segments.stream().mapToLong(s -> bySegment.getOrDefault(s, 0L)).toArray();
  }

  /** Whether any answer counted weighs more than nothing. */
  boolean weighsAny(long[] counts) {
    for (int h = 0; h < weights.length; h++) {
      if (weights[h] > 0 && counts[h] > 0) {
        return true;
      }
    }
    return false;
  }
}
