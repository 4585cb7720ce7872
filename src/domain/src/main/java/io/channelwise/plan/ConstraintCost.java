package io.channelwise.plan;

import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a constraint costs: the front with it against the front without it.
 *
 * @param constraint its name
 * @param limit as set; null when there is none
 * @param bestWith market share, revenue and satisfaction: the best of each that the front reaches
 * @param bestWithout the same when the constraint is dropped; never less
 * @param hypervolumeLost part of the front's hypervolume without the constraint, 0..1
 */
record ConstraintCost(
    Text constraint,
    Double limit,
    double[] bestWith,
    double[] bestWithout,
    double hypervolumeLost) {

  boolean binds() {
    return hypervolumeLost > 0;
  }

  double lost(int objective) {
    return bestWithout[objective] - bestWith[objective];
  }

  /** What is lost, in one sentence. */
  Text sentence() {
    if (!binds()) {
      return new Text("Costs nothing: no plan would be better without it.", "没有代价：去掉它也没有更好的方案。");
    }
    List<String> en = new ArrayList<>();
    List<String> zh = new ArrayList<>();
    if (lost(0) > 0) {
      String points = String.format(Locale.ROOT, "%.2f", 100 * lost(0));
      en.add(points + " points of the best market share");
      zh.add("最高市场占有率降低 " + points + " 个百分点");
    }
    if (lost(1) > 0) {
      String money = String.format(Locale.ROOT, "%,.0f", lost(1));
      en.add(money + " of the best revenue");
      zh.add("最高收入减少 " + money);
    }
    if (lost(2) > 0) {
      String points = String.format(Locale.ROOT, "%.2f", 100 * lost(2));
      en.add(points + " points of the best satisfaction");
      zh.add("最高满意度降低 " + points + " 个百分点");
    }
    if (en.isEmpty()) {
      return new Text(
          "Costs nothing of the best of each aim, but plans between them.",
          "不影响各目标的最优值，但排除了其间的部分方案。");
    }
    return new Text("Costs " + String.join(", ", en) + ".", String.join("，", zh) + "。");
  }
}
