package io.channelwise.probability;

import io.channelwise.campaign.Text;
import io.channelwise.probability.PurchaseModel.Candidate;
import io.channelwise.probability.PurchaseModel.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How likely each segment buys, by a model learned from the sessions, and how far to trust it.
 *
 * @param candidates each kind of model by cross-validation on all rows
 * @param chosen the kind of the lower log loss
 * @param heldOut a model of four fifths of the rows judged on the fifth it never saw
 * @param columns of behaviour that were used
 * @param leftOut columns that say nothing
 * @param segments by name; empty without a segment column
 * @param explanation for people
 */
public record PurchaseStudy(
    List<Candidate> candidates,
    Kind chosen,
    Evaluation heldOut,
    List<String> columns,
    List<String> leftOut,
    List<Segment> segments,
    Text explanation) {
  public PurchaseStudy {
    candidates = List.copyOf(candidates);
    columns = List.copyOf(columns);
    leftOut = List.copyOf(leftOut);
    segments = List.copyOf(segments);
  }

  /**
   * P(U) of a segment.
   *
   * @param probability mean over its rows, each by a model that was taught without the row; above 0
   * @param low lower end of the 95 % bootstrap interval over its rows
   * @param high its upper end
   * @param observed share of its rows that ended in a purchase
   */
  public record Segment(
      String segment, int rows, double probability, double low, double high, double observed) {}

  /**
   * @param segmentColumn header of the column that names the segment; null for none
   * @throws ProbabilityException when the rows cannot teach a model
   */
  public static PurchaseStudy of(
      BehaviourTable table, String segmentColumn, PurchaseModel.Settings settings) {
    return LearnedPurchases.of(table, segmentColumn, settings).study();
  }

  static PurchaseStudy of(PurchaseModel model, Evaluation heldOut, List<Segment> segments) {
    return new PurchaseStudy(
        model.candidates(),
        model.chosen(),
        heldOut,
        model.columns(),
        model.leftOut(),
        segments,
        explanation(model, heldOut));
  }

  /** P(U) by segment, as {@code ChannelService.attraction} and the analysis of a file take it. */
  public Map<String, Double> weights() {
    Map<String, Double> weights = new TreeMap<>();
    segments.forEach(s -> weights.put(s.segment(), s.probability()));
    return weights;
  }

  private static Text explanation(PurchaseModel model, Evaluation heldOut) {
    Candidate chosen = null;
    Candidate other = null;
    for (Candidate candidate : model.candidates()) {
      if (candidate.kind() == model.chosen()) {
        chosen = candidate;
      } else {
        other = candidate;
      }
    }
    String en =
        format(
            "Probabilities come from %s: in cross-validation its log loss is %.4f, that of %s"
                + " %.4f. On %d sessions held out it is right for %.1f %% (%.1f–%.1f; always"
                + " guessing the more frequent outcome: %.1f %%), and its probabilities are off by"
                + " %.1f points on average.",
            chosen.kind().label().en(),
            chosen.judged().logLoss().value(),
            other.kind().label().en(),
            other.judged().logLoss().value(),
            heldOut.rows(),
            100 * heldOut.accuracy().value(),
            100 * heldOut.accuracy().low(),
            100 * heldOut.accuracy().high(),
            100 * heldOut.majority(),
            100 * heldOut.calibrationError().value());
    String zh =
        format(
            "概率来自%s：交叉验证的对数损失为 %.4f，%s为 %.4f。在 %d 个保留会话上判断正确率为 %.1f%%"
                + "（%.1f–%.1f；总猜多数结果为 %.1f%%），概率平均偏差 %.1f 个百分点。",
            chosen.kind().label().zh(),
            chosen.judged().logLoss().value(),
            other.kind().label().zh(),
            other.judged().logLoss().value(),
            heldOut.rows(),
            100 * heldOut.accuracy().value(),
            100 * heldOut.accuracy().low(),
            100 * heldOut.accuracy().high(),
            100 * heldOut.majority(),
            100 * heldOut.calibrationError().value());
    return new Text(en, zh);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
