package io.channelwise.plan;

import io.channelwise.campaign.Text;
import java.util.Arrays;

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
  public String code() {
    return code;
  }

  public Text label() {
    return label;
  }

  public static PricingModel of(String code) {
    return Arrays.stream(values())
        .filter(m -> m.code.equals(code))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("No pricing model is called " + code + "."));
  }
}
