package io.channelwise.deal;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.ImportService;
import io.channelwise.campaign.Methods;
import io.channelwise.campaign.Text;
import io.channelwise.channel.Channel;
import io.channelwise.channel.ChannelService;
import io.channelwise.channel.EventService;
import io.channelwise.deal.DealRepository.Round;
import io.channelwise.deal.NegotiationStrategy.Opening;
import io.channelwise.negotiation.Concession;
import io.channelwise.negotiation.DealValue;
import io.channelwise.negotiation.Offer;
import io.channelwise.negotiation.Prospect;
import io.channelwise.negotiation.ResaleChain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Writes what people see of a deal, anew at each change. Thread-safe. */
@Component
class DealBriefing {
  /** Fees are paid once a term, shares every cycle: the term is counted in quarters. */
  private static final int CYCLE_MONTHS = 3;

  private static final Text NO_REASON = new Text("not recorded", "未记录");
  private static final double CYCLE_DISCOUNT = 0.025;

  private final CampaignService campaigns;
  private final ChannelService channels;
  private final DealRepository deals;
  private final BriefingService briefings;
  private final ImportService imports;
  private final EventService events;

  DealBriefing(
      CampaignService campaigns,
      ChannelService channels,
      DealRepository deals,
      BriefingService briefings,
      ImportService imports,
      EventService events) {
    this.campaigns = campaigns;
    this.channels = channels;
    this.deals = deals;
    this.briefings = briefings;
    this.imports = imports;
    this.events = events;
  }

  static String id(String dealId) {
    return "deal/" + dealId;
  }

  void refresh(String dealId) {
    Deal deal = deals.find(dealId).orElseThrow(() -> new UnknownDealException(dealId));
    Campaign campaign = campaigns.require(deal.campaignKey());
    Channel channel = channels.channel(deal.campaignKey(), deal.channel()).orElse(null);
    Opening opening = deals.opening(dealId);
    briefings.save(
        id(dealId),
        of(
                campaign,
                deal,
                deals.rounds(dealId),
                figures(campaign, deal, channel, opening),
                tiers(deal, channel))
            .from(
                List.of(
                    DealSources.deal(deal),
                    imports.source(
                        deal.campaignKey(), "channels", Map.of("channel", deal.channel())),
                    imports.sources(deal.campaignKey(), "negotiations").get(0),
                    events.source(deal.campaignKey(), null, null),
                    Methods.NEGOTIATION)));
  }

  /** Null when the channel deals with us directly. */
  private ResaleChain tiers(Deal deal, Channel channel) {
    return channel == null || channel.parent() == null
        ? null
        : Tiers.above(
            channel, onTheTable(deal).revenueShare(), channels.channels(deal.campaignKey()));
  }

  /** Returns the number of signed deals. */
  int summarise(Campaign campaign, int cycle, List<Deal> all) {
    briefings.save(
        DealService.summaryId(campaign.key(), cycle),
        summary(campaign, all, deals.reasons(campaign.key(), cycle))
            .from(List.of(DealSources.cycle(campaign.key(), cycle))));
    return (int) all.stream().filter(d -> d.state() == DealState.SIGNED).count();
  }

  private static Briefing of(
      Campaign campaign, Deal deal, List<Round> rounds, List<Figure> figures, ResaleChain tiers) {
    List<Table> tables = new ArrayList<>();
    tables.add(roundTable(campaign, deal, rounds));
    tables.add(reasonTable(rounds));
    if (tiers != null) {
      tables.add(Tiers.table(tiers, deal.expectedRevenue(), campaign.currency()));
    }
    return new Briefing(
        new Text("Deal with " + deal.channel(), "与" + deal.channel() + "的合作协议"),
        sentence(campaign, deal),
        figures,
        tables,
        List.of(shareChart(deal, rounds)));
  }

  private static Terms onTheTable(Deal deal) {
    return deal.agreed() == null ? deal.offer() : deal.agreed();
  }

  private static Text sentence(Campaign campaign, Deal deal) {
    Terms terms = onTheTable(deal);
    double value = terms.value(deal.expectedRevenue());
    String money = campaign.currency();
    return new Text(
        format(
            "The deal is %s in round %d: %.1f %% of the revenue and %,.0f %s once. Of the %,.0f %s"
                + " expected in a cycle, %,.0f %s would be left for us.",
            deal.state().text(),
            deal.round(),
            100 * terms.revenueShare(),
            terms.fixedFee(),
            money,
            deal.expectedRevenue(),
            money,
            value,
            money),
        format(
            "协议%s，第 %d 轮：分成 %.1f%%，一次性费用 %,.0f %s。预计每周期收入 %,.0f %s，我方可得 %,.0f %s。",
            deal.state().zh(),
            deal.round(),
            100 * terms.revenueShare(),
            terms.fixedFee(),
            money,
            deal.expectedRevenue(),
            money,
            value,
            money));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private List<Figure> figures(Campaign campaign, Deal deal, Channel channel, Opening opening) {
    String money = campaign.currency();
    Terms terms = onTheTable(deal);
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("state", new Text("State", "状态"), deal.state().text(), ""));
    figures.add(new Figure("round", new Text("Round", "轮次"), deal.round(), ""));
    figures.add(share("revenue-share", "Revenue share", "分成", terms.revenueShare()));
    figures.add(money("fixed-fee", "Fixed fee", "固定费用", terms.fixedFee(), money));
    figures.add(money("contract-value", "Contract value", "合同金额", deal.contractValue(), money));
    figures.add(
        money("expected-revenue", "Expected revenue", "预计收入", deal.expectedRevenue(), money));
    figures.add(
        money("our-value", "Left for us", "我方所得", terms.value(deal.expectedRevenue()), money));
    figures.add(share("share-limit", "Limit of the share", "分成上限", deal.limits().revenueShare()));
    figures.add(money("fee-limit", "Limit of the fee", "费用上限", deal.limits().fixedFee(), money));
    figures.addAll(bargaining(deal, opening, money));
    figures.add(new Figure("term", new Text("Term", "期限"), deal.termMonths(), "months"));
    if (channel != null) {
      figures.add(
          share(
              "exclusive-share",
              "Share at which an exclusive deal would leave us as much",
              "独家合作时我方所得不变的分成",
              Exclusivity.share(
                  channel,
                  terms,
                  deal.expectedRevenue(),
                  channels.channels(deal.campaignKey()),
                  channels.attraction(deal.campaignKey()))));
      figures.add(new Figure("kind", new Text("Kind", "渠道类型"), channel.kind(), ""));
      figures.add(new Figure("reach", new Text("Reach", "覆盖人数"), channel.reach(), ""));
      figures.add(share("listed-share", "Listed share", "标准分成", channel.revenueShare()));
      figures.add(money("listed-cost", "Listed cost", "标准成本", channel.fixedCost(), money));
    }
    return figures;
  }

  /** Costs at which the sides are expected to walk away, the fair division, worth of the term. */
  private static List<Figure> bargaining(Deal deal, Opening opening, String money) {
    Concession concession = NegotiationStrategy.concession(opening, deal.expectedRevenue());
    int cycles = Math.max(1, deal.termMonths() / CYCLE_MONTHS);
    DealValue term =
        new DealValue(Prospect.of(deal.expectedRevenue()).over(cycles, CYCLE_DISCOUNT));
    Offer offer = NegotiationStrategy.offer(onTheTable(deal));
    return List.of(
        money(
            "partner-walk-away",
            "Cost below which they would walk away (estimate)",
            "对方离场成本（估计）",
            opening.partnerWalkAway(),
            money),
        money(
            "fair-cost",
            "Cost of a fair division within our limits",
            "上限内公平分配的成本",
            concession.reference().kalaiSmorodinsky(),
            money),
        money(
            "our-term-value",
            "Left for us over the term (a cycle of 3 months, 2.5 % discount a cycle)",
            "整个期限我方所得（每周期 3 个月，折现率 2.5%）",
            term.ours(offer),
            money),
        money(
            "their-term-value",
            "For the channel over the term",
            "整个期限对方所得",
            term.theirs(offer),
            money));
  }

  private static Table reasonTable(List<Round> rounds) {
    return new Table(
        new Text("Why we offered this", "报价理由"),
        List.of(new Text("Round", "轮次"), new Text("Reason", "理由")),
        rounds.stream()
            .filter(r -> r.reason() != null)
            .map(r -> List.<Object>of(r.round(), r.reason()))
            .toList());
  }

  private static Figure share(String id, String en, String zh, double value) {
    return new Figure(id, new Text(en, zh), value, "%");
  }

  private static Figure money(String id, String en, String zh, double value, String currency) {
    return new Figure(id, new Text(en, zh), value, currency);
  }

  private static Table roundTable(Campaign campaign, Deal deal, List<Round> rounds) {
    String money = campaign.currency();
    return new Table(
        new Text("Terms by round", "各轮条款"),
        List.of(
            new Text("Round", "轮次"),
            new Text("Our share", "我方分成"),
            new Text("Our fee (%s)".formatted(money), "我方费用（%s）".formatted(money)),
            new Text("Left for us", "我方所得"),
            new Text("Answer", "答复"),
            new Text("Their share", "对方分成"),
            new Text("Their fee (%s)".formatted(money), "对方费用（%s）".formatted(money)),
            new Text("Left for us at theirs", "按对方条款我方所得")),
        rounds.stream().map(r -> row(deal, r)).toList());
  }

  /** Lists take no null by {@code List.of}; absent answers are null cells. */
  private static List<Object> row(Deal deal, Round r) {
    Terms asked = r.asked();
    return Arrays.asList(
        r.round(),
        r.offer().revenueShare(),
        r.offer().fixedFee(),
        r.offer().value(deal.expectedRevenue()),
        r.outcome() == null ? null : r.outcome().text(),
        asked == null ? null : asked.revenueShare(),
        asked == null ? null : asked.fixedFee(),
        asked == null ? null : asked.value(deal.expectedRevenue()));
  }

  private static Chart shareChart(Deal deal, List<Round> rounds) {
    return new Chart(
        new Text("Revenue share by round", "各轮分成"),
        "line",
        rounds.stream().map(r -> new Text("Round " + r.round(), "第 " + r.round() + " 轮")).toList(),
        List.of(
            series("Our offer", "我方报价", rounds, r -> r.offer().revenueShare()),
            series("Their answer", "对方答复", rounds, DealBriefing::answeredShare),
            series("Our limit", "我方上限", rounds, r -> deal.limits().revenueShare())));
  }

  /**
   * The share a round's answer named or accepted; null while there is none and when it was a no.
   */
  private static Double answeredShare(Round round) {
    if (round.asked() != null) {
      return round.asked().revenueShare();
    }
    return round.outcome() == ReplyOutcome.ACCEPT ? (Double) round.offer().revenueShare() : null;
  }

  private static Series series(
      String en, String zh, List<Round> rounds, Function<Round, Double> value) {
    return new Series(new Text(en, zh), rounds.stream().map(value).toList());
  }

  /** All deals of a cycle, for the report and the channel manager. */
  static Briefing summary(Campaign campaign, List<Deal> all, Map<String, Text> reasons) {
    List<Deal> signed = all.stream().filter(d -> d.state() == DealState.SIGNED).toList();
    double expected = signed.stream().mapToDouble(Deal::expectedRevenue).sum();
    double cost = signed.stream().mapToDouble(Deal::contractValue).sum();
    String money = campaign.currency();
    return new Briefing(
        new Text("Deals", "合作协议"),
        new Text(
            format(
                "%d of %d negotiations are signed; they promise %,.0f %s a cycle and cost %,.0f %s.",
                signed.size(), all.size(), expected, money, cost, money),
            format(
                "%d 个谈判中有 %d 个签约；预计每周期收入 %,.0f %s，成本 %,.0f %s。",
                all.size(), signed.size(), expected, money, cost, money)),
        List.of(
            new Figure("negotiations", new Text("Negotiations", "谈判数"), all.size(), ""),
            new Figure("signed", new Text("Signed", "签约数"), signed.size(), ""),
            money("expected-revenue", "Expected revenue", "预计收入", expected, money),
            money("contract-value", "Cost of the contracts", "合同成本", cost, money)),
        List.of(dealTable(all, reasons, money)),
        all.isEmpty() ? List.of() : List.of(valueChart(all)));
  }

  private static Table dealTable(List<Deal> all, Map<String, Text> reasons, String money) {
    return new Table(
        new Text("Deals", "合作协议"),
        List.of(
            new Text("Channel", "渠道"),
            new Text("State", "状态"),
            new Text("Rounds", "轮次"),
            new Text("Revenue share", "分成"),
            new Text("Fixed fee (%s)".formatted(money), "固定费用（%s）".formatted(money)),
            new Text("Expected revenue", "预计收入"),
            new Text("Left for us", "我方所得"),
            new Text("Why this offer", "报价理由"),
            new Text("Deal", "协议编号")),
        all.stream()
            .map(
                d ->
                    List.<Object>of(
                        d.channel(),
                        d.state().text(),
                        d.round(),
                        onTheTable(d).revenueShare(),
                        onTheTable(d).fixedFee(),
                        d.expectedRevenue(),
                        onTheTable(d).value(d.expectedRevenue()),
                        reasons.getOrDefault(d.id(), NO_REASON),
                        d.id()))
            .toList());
  }

  private static Chart valueChart(List<Deal> all) {
    List<Double> values = all.stream().map(d -> onTheTable(d).value(d.expectedRevenue())).toList();
    return new Chart(
        new Text("Left for us by channel", "各渠道我方所得"),
        "bar",
        all.stream().map(d -> new Text(d.channel(), d.channel())).toList(),
        List.of(new Series(new Text("Left for us", "我方所得"), values)));
  }
}
