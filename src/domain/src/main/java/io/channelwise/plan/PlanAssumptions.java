package io.channelwise.plan;

import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.PlanSettings;
import io.channelwise.campaign.Text;
import io.channelwise.plan.PlanInputs.SignedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a choice of plans was computed with, and whose each value is: from the data, set for the
 * campaign, or assumed.
 */
record PlanAssumptions(Campaign campaign, PlanModel model, PlanDecision best) {
  private static final Text ASSUMED = new Text("assumed", "假设");
  private static final Text SET = new Text("set for the campaign", "活动设定");
  private static final Text DATA = new Text("from the campaign's data", "来自活动数据");

  Table channels() {
    return new Table(
        new Text("Channels with a signed deal", "已签约渠道"),
        List.of(
            new Text("Channel", "渠道"),
            new Text("Attraction", "吸引度"),
            new Text("Customers at the usual price", "通常价格下的客户数"),
            new Text("Revenue share, tiers above included", "分成（含上级渠道）"),
            new Text("Fixed fee, owed used or not", "固定费用（无论是否使用均须付）")),
        model.inputs().channels().stream().map(PlanAssumptions::channelRow).toList());
  }

  private static List<Object> channelRow(SignedChannel channel) {
    return List.of(
        channel.channel(),
        channel.attraction(),
        Math.rint(channel.customers()),
        channel.revenueShare(),
        channel.fixedFee());
  }

  Table pricingModels() {
    return new Table(
        new Text("Assumed of the pricing models", "对定价模式的假设"),
        List.of(
            new Text("Pricing model", "定价模式"),
            new Text("Worth to customers, of the mean price", "对客户的价值（占均价）"),
            new Text("Collected of the price", "价格实收比例"),
            new Text("Cost of serving, relative", "相对服务成本"),
            new Text("Technical quality, relative", "相对技术质量"),
            new Text("Liked, 0 to 1", "受欢迎程度（0 至 1）"),
            new Text("Source", "来源")),
        Arrays.stream(PricingModel.values()).map(this::assumptionRow).toList());
  }

  private List<Object> assumptionRow(PricingModel pricing) {
    ModelAssumptions assumed = model.inputs().parameters().of(pricing);
    return List.of(
        pricing.label(),
        assumed.worth(),
        assumed.collected(),
        assumed.cost(),
        assumed.quality(),
        assumed.liking(),
        source(campaign.settings().plan().pricingModels().get(pricing.code())));
  }

  Table parameters() {
    List<List<Object>> rows = new ArrayList<>(demand());
    rows.addAll(taste());
    rows.addAll(satisfaction());
    return new Table(
        new Text("What the model computes with", "模型参数"),
        List.of(new Text("Parameter", "参数"), new Text("Value", "值"), new Text("Source", "来源")),
        rows);
  }

  private List<List<Object>> demand() {
    PlanInputs inputs = model.inputs();
    return List.of(
        List.of(
            new Text("Price coefficient β, per unit of money", "价格系数 β（每单位货币）"),
            model.choice().beta(),
            inputs.willingnessSpread() == null ? ASSUMED : DATA),
        Arrays.asList(
            new Text("Mean willingness to pay", "平均支付意愿"),
            inputs.willingnessToPay(),
            inputs.willingnessToPay() == null ? new Text("nobody named a price", "无人给出价格") : DATA),
        List.of(
            new Text(
                "Customers that the recommended plan's channels reach, of all", "推荐方案的渠道可触达的客户比例"),
            reached(),
            DATA),
        List.of(
            new Text("Unit cost", "单位成本"),
            inputs.unitCost(),
            campaign.settings().unitCost() != null
                ? SET
                : new Text("assumed: a fifth of the mean price", "假设：均价的五分之一")));
  }

  private List<List<Object>> taste() {
    PlanParameters given = model.inputs().parameters();
    PlanSettings set = campaign.settings().plan();
    return List.of(
        row(
            new Text("Price sensitivity, factor on β", "价格敏感度（β 的倍数）"),
            given.priceSensitivity(),
            set.priceSensitivity()),
        row(
            new Text(
                "Our quality above the average competitor, of the mean price", "我方质量高于竞争对手平均（占均价）"),
            given.ownQuality(),
            set.ownQuality()),
        row(
            new Text("Worth of full service, of the mean price", "完整服务的价值（占均价）"),
            given.serviceWorth(),
            set.serviceWorth()),
        row(
            new Text("Least part that buys nothing", "不购买者的最低比例"),
            given.outsideShare(),
            set.outsideShare()),
        row(
            new Text("Competitors' prices after our entry, of today's", "我方进入后竞争对手的价格（相对今日）"),
            given.rivalPrices(),
            set.rivalPrices()));
  }

  private List<List<Object>> satisfaction() {
    PlanParameters given = model.inputs().parameters();
    PlanSettings.Satisfaction set = campaign.settings().plan().satisfaction();
    return List.of(
        row(
            new Text("Satisfaction: weight of service", "满意度：服务权重"),
            given.satisfactionOfService(),
            set),
        row(
            new Text("Satisfaction: weight of price", "满意度：价格权重"),
            given.satisfactionOfPrice(),
            set),
        row(
            new Text("Satisfaction: weight of the way to pay", "满意度：付费方式权重"),
            given.satisfactionOfPayment(),
            set));
  }

  /** A value and whose it is: the campaign's own, or the model's default. */
  private static List<Object> row(Text name, double value, Object set) {
    return List.of(name, value, source(set));
  }

  private static Text source(Object set) {
    return set == null ? ASSUMED : SET;
  }

  /** Shares of the clicks: who never meets us cannot take us. */
  private double reached() {
    double sum =
        model.inputs().channels().stream()
            .filter(c -> best.channels().contains(c.channel()))
            .mapToDouble(SignedChannel::attraction)
            .sum();
    return Math.min(1, sum);
  }
}
