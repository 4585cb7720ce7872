package io.channelwise.plan;

import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.Text;
import io.channelwise.plan.ChoiceModel.Seller;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a choice of plans rests on: what the constraints cost, who loses customers, how the
 * recommendation moves with what is not known, how good the search was; and {@link
 * PlanAssumptions}.
 */
record PlanEvidence(Campaign campaign, PlanStudy study, ScoredPlan best) {
  private static final Text NOTHING_BOUGHT = new Text("(buy nothing)", "（不购买）");

  List<Table> tables() {
    PlanAssumptions given = new PlanAssumptions(campaign, study.model(), best.decision());
    return List.of(
        constraints(),
        sellers(),
        sensitivity(),
        given.channels(),
        given.pricingModels(),
        given.parameters(),
        search());
  }

  private Table constraints() {
    return new Table(
        new Text("What each constraint costs", "各项约束的代价"),
        List.of(
            new Text("Constraint", "约束"),
            new Text("Limit", "限制"),
            new Text("Recommended plan", "推荐方案"),
            new Text("Best market share", "最高市场占有率"),
            new Text("without it", "去掉约束后"),
            new Text("Best revenue", "最高收入"),
            new Text("without it", "去掉约束后"),
            new Text("Best satisfaction", "最高满意度"),
            new Text("without it", "去掉约束后"),
            new Text("Cost", "代价")),
        study.costs().stream().map(this::costRow).toList());
  }

  private List<Object> costRow(ConstraintCost cost) {
    return Arrays.asList(
        cost.constraint(),
        cost.limit(),
        used(cost.constraint()),
        cost.bestWith()[0],
        cost.bestWithout()[0],
        cost.bestWith()[1],
        cost.bestWithout()[1],
        cost.bestWith()[2],
        cost.bestWithout()[2],
        cost.sentence());
  }

  private Double used(Text constraint) {
    if (constraint.equals(PlanStudy.STANDARD)) {
      return best.expected().technicalQuality();
    }
    if (constraint.equals(PlanStudy.CHANNELS)) {
      return (double) best.decision().channels().size();
    }
    return constraint.equals(PlanStudy.CAPABILITY) ? Math.rint(best.expected().customers()) : null;
  }

  private List<Seller> market() {
    return study.model().choice().sellers(best.expected().marketShare());
  }

  private Table sellers() {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(
        Arrays.asList(
            campaign.company(),
            best.decision().price(),
            study.model().choice().quality(),
            0.0,
            best.expected().marketShare()));
    for (Seller seller : market()) {
      boolean nobody = seller.name().isEmpty();
      rows.add(
          Arrays.asList(
              nobody ? NOTHING_BOUGHT : seller.name(),
              nobody ? null : seller.price(),
              nobody ? null : seller.quality(),
              seller.before(),
              seller.after()));
    }
    return new Table(
        new Text("The market with the recommended plan", "采用推荐方案后的市场"),
        List.of(
            new Text("Seller", "卖方"),
            new Text("Price", "价格"),
            new Text("Quality as seen by customers, in money", "客户感知的质量（折算为金额）"),
            new Text("Share before", "进入前份额"),
            new Text("Share after", "进入后份额")),
        rows);
  }

  Chart sellersChart() {
    List<Text> labels = new ArrayList<>();
    List<Double> before = new ArrayList<>();
    List<Double> after = new ArrayList<>();
    labels.add(new Text(campaign.company(), campaign.company()));
    before.add(0.0);
    after.add(best.expected().marketShare());
    for (Seller seller : market()) {
      labels.add(seller.name().isEmpty() ? NOTHING_BOUGHT : new Text(seller.name(), seller.name()));
      before.add(seller.before());
      after.add(seller.after());
    }
    return new Chart(
        new Text("Who loses customers to the recommended plan", "推荐方案从谁处赢得客户"),
        "bar",
        labels,
        List.of(
            new Series(new Text("Share before", "进入前份额"), before),
            new Series(new Text("Share after", "进入后份额"), after)));
  }

  private Table sensitivity() {
    List<List<Object>> rows = new ArrayList<>();
    PlanSensitivity sensitivity =
        new PlanSensitivity(study.model().inputs(), study.front().plans(), best.decision());
    for (PlanSensitivity.Shift shift : sensitivity.shifts()) {
      rows.add(row(shift.what(), shift.low()));
      rows.add(row(shift.what(), shift.high()));
    }
    return new Table(
        new Text("If it were otherwise: the recommended plan", "假设变化时的推荐方案"),
        List.of(
            new Text("What changes", "变化项"),
            new Text("to", "变为"),
            new Text("Market share", "市场占有率"),
            new Text("Revenue", "收入"),
            new Text("Satisfaction", "满意度"),
            new Text("Breaks constraints", "违反约束"),
            new Text("Recommended then", "届时推荐")),
        rows);
  }

  private List<Object> row(Text what, PlanSensitivity.Side side) {
    return List.of(
        what,
        side.value(),
        side.expected().marketShare(),
        side.expected().revenue(),
        side.expected().satisfaction(),
        !side.expected().isFeasible(),
        side.recommended()
            .<Object>map(
                d ->
                    d.equals(best.decision())
                        ? new Text("the same", "不变")
                        : PlanSentences.name(campaign, d))
            .orElse(new Text("none of the front", "前沿中无可行方案")));
  }

  private Table search() {
    PlanCertificate certificate = study.certificate();
    List<List<Object>> rows = new ArrayList<>();
    rows.add(List.of(new Text("Plans there are", "方案总数"), certificate.plans()));
    rows.add(List.of(new Text("All of them computed", "是否全部计算"), study.front().exact()));
    rows.add(
        List.of(new Text("Evaluations by NSGA-II", "NSGA-II 评估次数"), certificate.evaluations()));
    rows.add(List.of(new Text("Seed", "随机种子"), Long.toString(certificate.seed())));
    rows.add(
        List.of(
            new Text("Reference point: market share, revenue, satisfaction", "参考点：市场占有率、收入、满意度"),
            String.format(
                Locale.ROOT,
                "%.4f / %.0f / %.4f",
                certificate.referencePoint().get(0),
                certificate.referencePoint().get(1),
                certificate.referencePoint().get(2))));
    rows.add(
        List.of(
            new Text("Hypervolume of the front, of its box", "前沿的超体积（占其框）"),
            certificate.hypervolume()));
    rows.add(
        Arrays.asList(
            new Text(
                "Hypervolume that NSGA-II found, of all plans' front", "NSGA-II 找到的超体积（占完整前沿）"),
            certificate.searchedPart()));
    return new Table(
        new Text("How good the search was", "搜索质量"),
        List.of(new Text("Figure", "指标"), new Text("Value", "值")),
        rows);
  }
}
