package io.channelwise.plan;

import io.channelwise.campaign.Text;

/**
 * What a person would like of each objective; null where it does not matter.
 *
 * @param marketShare 0..1
 * @param revenue after all costs, in the campaign's currency
 * @param satisfaction 0..1
 */
public record PlanWish(Double marketShare, Double revenue, Double satisfaction) {

  /**
   * @throws InvalidPlanException when nothing is wished, or a number is out of range
   */
  public PlanWish {
    if (marketShare == null && revenue == null && satisfaction == null) {
      throw new InvalidPlanException(
          new Text(
              "The wish is empty; name a market share, a revenue or a satisfaction.",
              "愿望为空；请给出市场占有率、收入或满意度。"));
    }
    part("market share", "市场占有率", marketShare);
    part("satisfaction", "满意度", satisfaction);
    if (revenue != null && !Double.isFinite(revenue)) {
      throw new InvalidPlanException(
          new Text(
              "The revenue wished is %s; it must be a number.".formatted(revenue),
              "期望收入为 %s；必须是数字。".formatted(revenue)));
    }
  }

  private static void part(String en, String zh, Double value) {
    if (value != null && !(value >= 0 && value <= 1)) {
      throw new InvalidPlanException(
          new Text(
              "The %s wished is %s; it must be between 0 and 1.".formatted(en, value),
              "期望的%s为 %s；必须在 0 与 1 之间。".formatted(zh, value)));
    }
  }

  Double[] values() {
    return new Double[] {marketShare, revenue, satisfaction};
  }
}
