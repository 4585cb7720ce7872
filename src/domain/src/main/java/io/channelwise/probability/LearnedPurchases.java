package io.channelwise.probability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A model of purchases and what is known of it: how good it is, and P(U) of each segment. */
public record LearnedPurchases(PurchaseModel model, PurchaseStudy study) {
  /** Fewer rows teach nothing that holds once a fifth is held out. */
  public static final int ROWS_MIN = 130;

  /** Fewer rows with a purchase, or without, teach nothing that holds. */
  public static final int OF_EACH_MIN = 25;

  /** Resamples behind each interval. */
  public static final int RESAMPLES = 500;

  private static final int HELD_OUT_PARTS = 5;

  /**
   * A model of all rows; how good it is, is told by one of four fifths of them.
   *
   * @param segmentColumn header of the column that names the segment; null for none
   * @throws ProbabilityException when the rows cannot teach a model
   */
  public static LearnedPurchases of(
      BehaviourTable table, String segmentColumn, PurchaseModel.Settings settings) {
    PurchaseModel.check(table, ROWS_MIN, OF_EACH_MIN);
    PurchaseModel.Learned learned = PurchaseModel.learn(table, settings, () -> {});
    int[] parts = PurchaseModel.parts(table.outcomes(), HELD_OUT_PARTS, settings.seed());
    Evaluation heldOut =
        PurchaseModel.train(table.rows(PurchaseModel.outside(parts, 0)), settings)
            .evaluate(table.rows(PurchaseModel.in(parts, 0)), RESAMPLES, settings.seed());
    Segments segments = new Segments(segmentColumn);
    segments.add(table, learned.heldOut());
    return new LearnedPurchases(
        learned.model(),
        PurchaseStudy.of(learned.model(), heldOut, segments.study(settings.seed())));
  }

  /**
   * A model of the training rows, judged on others. P(U) is of both: each row by a model that was
   * taught without it.
   *
   * @param segmentColumn header of the column that names the segment
   * @param pause called between steps of less than a second or so; may throw to stop
   * @throws ProbabilityException when the rows cannot teach a model
   */
  public static LearnedPurchases of(
      BehaviourTable train,
      BehaviourTable judged,
      String segmentColumn,
      PurchaseModel.Settings settings,
      Runnable pause) {
    PurchaseModel.Learned learned = PurchaseModel.learn(train, settings, pause);
    PurchaseModel model = learned.model();
    pause.run();
    Segments segments = new Segments(segmentColumn);
    segments.add(train, learned.heldOut());
    segments.add(judged, model.probabilities(judged));
    return new LearnedPurchases(
        model,
        PurchaseStudy.of(
            model,
            model.evaluate(judged, RESAMPLES, settings.seed()),
            segments.study(settings.seed())));
  }

  /** Rows by segment. */
  private static final class Segments {
    private record Row(double probability, boolean bought) {}

    private final Map<String, List<Row>> rows = new TreeMap<>();
    private final String column;

    Segments(String column) {
      this.column = column;
    }

    void add(BehaviourTable table, double[] probabilities) {
      if (column == null) {
        return;
      }
      List<String> names = table.column(column);
      boolean[] bought = table.outcomes();
      for (int i = 0; i < probabilities.length; i++) {
        if (names.get(i) != null) {
          rows.computeIfAbsent(names.get(i), s -> new ArrayList<>())
              .add(new Row(probabilities[i], bought[i]));
        }
      }
    }

    List<PurchaseStudy.Segment> study(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      List<PurchaseStudy.Segment> segments = new ArrayList<>();
      rows.forEach((name, own) -> segments.add(segment(name, own, random)));
      return segments;
    }

    private static PurchaseStudy.Segment segment(
        String name, List<Row> rows, SplittableRandom random) {
      double[] own = rows.stream().mapToDouble(Row::probability).toArray();
      double[] drawn = new double[RESAMPLES];
      for (int r = 0; r < RESAMPLES; r++) {
        for (int i = 0; i < own.length; i++) {
          drawn[r] += own[random.nextInt(own.length)] / own.length;
        }
      }
      double sum = 0;
      for (double p : own) {
        sum += p;
      }
      Evaluation.Measure mean = Evaluation.measure(sum / own.length, drawn);
      long yes = rows.stream().filter(Row::bought).count();
      return new PurchaseStudy.Segment(
          name, own.length, mean.value(), mean.low(), mean.high(), (double) yes / own.length);
    }
  }
}
