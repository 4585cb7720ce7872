package io.channelwise.promotion;

import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Text;
import java.util.List;

/** What results moved between channels, for a person to read. */
final class ShiftTable {
  private static final double THOUSAND = 1000;

  private ShiftTable() {}

  static Table of(List<ShiftRepository.Recorded> shifts) {
    return new Table(
        new Text("Money moved by results", "按效果调整的资金"),
        List.of(
            new Text("Collection", "收集批次"),
            new Text("Channel", "渠道"),
            new Text("Released", "发放"),
            new Text("More than by the approved allocation", "较批准的分配多"),
            new Text("Chance of being the best (0–1)", "效果最佳的概率（0–1）"),
            new Text("Purchases for 1,000", "每 1,000 的购买数"),
            new Text("95 % from", "95 % 下界"),
            new Text("to", "上界"),
            new Text("Allocation version", "分配版本"),
            new Text("Why", "原因")),
        shifts.stream().map(ShiftTable::row).toList());
  }

  private static List<Object> row(ShiftRepository.Recorded recorded) {
    var shift = recorded.shift();
    return List.of(
        recorded.step(),
        shift.channel(),
        shift.amount().doubleValue(),
        shift.moved().doubleValue(),
        shift.best(),
        THOUSAND * shift.rate(),
        THOUSAND * shift.low(),
        THOUSAND * shift.high(),
        recorded.version(),
        shift.reason());
  }
}
