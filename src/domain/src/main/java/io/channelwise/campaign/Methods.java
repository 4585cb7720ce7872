package io.channelwise.campaign;

import io.channelwise.campaign.Briefing.Source;

/** How figures are computed, as people may look it up; the formulas are in the code's texts. */
public final class Methods {
  public static final Source WILSON =
      method(
          "wilson",
          "Wilson score interval, answers weighted by segment size (Wilson 1927; Holt and Smith 1979)",
          "Wilson 得分区间，按用户群规模加权（Wilson 1927；Holt 和 Smith 1979）");
  public static final Source BOOTSTRAP =
      method(
          "bootstrap",
          "Best price by the demand curve, interval by bootstrap (Efron 1979; Kim and Pollard 1990)",
          "由需求曲线求最优价格，区间用自助法（Efron 1979；Kim 和 Pollard 1990）");
  public static final Source CONCENTRATION =
      method(
          "concentration",
          "Concentration HHI with bounds (Hirschman 1964; Naldi and Flamini 2014)",
          "集中度 HHI 及其界（Hirschman 1964；Naldi 和 Flamini 2014）");
  public static final Source TREND =
      method(
          "trend",
          "Theil–Sen or damped Holt, chosen by backtest (Sen 1968; Gardner and McKenzie 1985; Tashman 2000)",
          "Theil–Sen 或阻尼 Holt，按回测选择（Sen 1968；Gardner 和 McKenzie 1985；Tashman 2000）");
  public static final Source WEIGHTED_SUM =
      method(
          "weighted-sum",
          "Weighted sum of parts in 0..1 (Hwang and Yoon 1981); how firm it is: Triantaphyllou and Sánchez 1997",
          "各部分（0 至 1）的加权和（Hwang 和 Yoon 1981）；稳健性：Triantaphyllou 和 Sánchez 1997");
  public static final Source ATTRACTION =
      method(
          "attraction",
          "Attraction R(C,U) and J = Σ P(U) log R(C,U), Dirichlet posterior (Gelman et al. 2013)",
          "吸引度 R(C,U) 与 J = Σ P(U) log R(C,U)，Dirichlet 后验（Gelman 等 2013）");
  public static final Source ATTRIBUTION =
      method(
          "attribution",
          "Touch rules, Markov removal effects, Shapley values (Anderl et al. 2016; Shapley 1953)",
          "触点规则、马尔可夫移除效应、Shapley 值（Anderl 等 2016；Shapley 1953）");
  public static final Source NEGOTIATION =
      method(
          "negotiation",
          "Concessions towards a fair division, acceptance by AC_next (Faratin et al. 1998; Kalai and Smorodinsky 1975; Baarslag et al. 2014)",
          "向公平分配逐步让步，按 AC_next 接受还价（Faratin 等 1998；Kalai 和 Smorodinsky 1975；Baarslag 等 2014）");
  public static final Source PLAN_SEARCH =
      method(
          "plan-search",
          "Customers' choice by multinomial logit, front by NSGA-II (McFadden 1974; Berry 1994; Deb et al. 2002)",
          "多项 Logit 客户选择模型，NSGA-II 求前沿（McFadden 1974；Berry 1994；Deb 等 2002）");
  public static final Source ALLOCATION =
      method(
          "allocation",
          "Concave optimum with a dual certificate, fixed costs by branch and bound (Land and Doig 1960)",
          "带对偶证书的凹优化，固定成本用分支定界（Land 和 Doig 1960）");
  public static final Source SATURATION =
      method(
          "saturation",
          "Half-saturation spend by quasi-Poisson profile likelihood of daily clicks (McCullagh and Nelder 1989; Venzon and Moolgavkar 1988)",
          "半饱和支出：每日点击的拟泊松剖面似然（McCullagh 和 Nelder 1989；Venzon 和 Moolgavkar 1988）");
  public static final Source STEERING =
      method(
          "steering",
          "Thompson sampling within approved limits, with pacing (Scott 2010)",
          "在批准的限额内进行 Thompson 采样并控制节奏（Scott 2010）");

  private Methods() {}

  private static Source method(String name, String en, String zh) {
    return Sources.method(name, new Text(en, zh));
  }
}
