package io.channelwise.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import io.channelwise.campaign.Text;
import java.util.Arrays;
import java.util.List;

/** How customers pay. */
public enum PricingModel {
  SAAS("saas", new Text("SaaS subscription", "SaaS 订阅")),
  API("api", new Text("API, pay per use", "API 按量付费")),
  SOLUTION("solution", new Text("Solution project", "整体解决方案")),
  DATA_DRIVEN("data-driven", new Text("Data-driven, pay by result", "数据驱动，按效果付费"));

  private final String code;
  private final Text label;

  PricingModel(String code, Text label) {
    this.code = code;
    this.label = label;
  }

  /** As in tables, variables and JSON. */
  @JsonValue
  public String code() {
    return code;
  }

  public Text label() {
    return label;
  }

  static List<String> codes() {
    return Arrays.stream(values()).map(PricingModel::code).toList();
  }

  /**
   * @throws InvalidPlanException when there is no such pricing model
   */
  public static PricingModel of(String code) {
    return Arrays.stream(values())
        .filter(m -> m.code.equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidPlanException(
                    new Text(
                        "No pricing model is called %s; there are %s.".formatted(code, codes()),
                        "没有名为 %s 的定价模式；可用：%s。".formatted(code, codes()))));
  }
}
