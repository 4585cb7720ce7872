package io.channelwise.steering;

import io.channelwise.campaign.Text;
import java.math.BigDecimal;
import java.util.Locale;

/** Why a channel gets what it gets, in a sentence. */
final class Reasons {
  private Reasons() {}

  static Text of(Arm arm, BigDecimal amount, BigDecimal planned, double best, double trust) {
    if (trust == 0) {
      return text(
          "%s gets %s: no purchase was seen yet, so money follows the approved allocation.",
          "%s 获得 %s：尚无购买记录，按批准的分配发放。", arm.channel(), money(amount));
    }
    Text what = moved(arm, amount, planned);
    Text seen =
        text(
            " %d purchases from %d clicks for %s; the chance that its money brings most is %.1f %%.",
            "点击 %2$d 次、购买 %1$d 次、已支出 %3$s；其资金效果最佳的概率为 %4$.1f %%。",
            arm.conversions(),
            arm.clicks(),
            money(arm.spent()),
            100 * best);
    Text limit = limit(arm, amount);
    return new Text(what.en() + seen.en() + limit.en(), what.zh() + seen.zh() + limit.zh());
  }

  private static Text moved(Arm arm, BigDecimal amount, BigDecimal planned) {
    BigDecimal moved = amount.subtract(planned);
    if (moved.signum() == 0) {
      return text(
          "%s gets %s, as the approved allocation has it:",
          "%s 获得 %s，与批准的分配一致：", arm.channel(), money(amount));
    }
    return moved.signum() > 0
        ? text(
            "%s gets %s, %s more than by the approved allocation:",
            "%s 获得 %s，比批准的分配多 %s：", arm.channel(), money(amount), money(moved))
        : text(
            "%s gets %s, %s less than by the approved allocation:",
            "%s 获得 %s，比批准的分配少 %s：", arm.channel(), money(amount), money(moved.negate()));
  }

  private static Text limit(Arm arm, BigDecimal amount) {
    if (arm.room().compareTo(amount) > 0) {
      return new Text("", "");
    }
    String limit = money(arm.limit());
    return arm.limitedByCap()
        ? text(
            " It is at its limit of %s, the cap of the approved allocation.",
            "已达上限 %s，即批准分配中的上限。", limit)
        : text(
            " It is at its limit of %s, one and a half times its approved amount.",
            "已达上限 %s，即批准金额的 1.5 倍。", limit);
  }

  private static Text text(String en, String zh, Object... values) {
    return new Text(String.format(Locale.ROOT, en, values), String.format(Locale.ROOT, zh, values));
  }

  private static String money(BigDecimal amount) {
    return String.format(Locale.ROOT, "%,.2f", amount);
  }
}
