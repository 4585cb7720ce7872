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

  static final Text NO_REASON = new Text("not recorded", "未记录");
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
    Concession concession =
        NegotiationStrategy.concession(opening, deal.expectedRevenue(), deal.roundsMax());
    List<Round> rounds = deals.rounds(dealId);
    briefings.save(
        id(dealId),
        of(
                campaign,
                deal,
                rounds,
                concession,
                figures(campaign, deal, channel, openAsk(deal, rounds), opening, concession),
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
        DealSummary.of(campaign, all, deals.reasons(campaign.key(), cycle))
            .from(List.of(DealSources.cycle(campaign.key(), cycle))));
    return (int) all.stream().filter(d -> d.state() == DealState.SIGNED).count();
  }

  private static Briefing of(
      Campaign campaign,
      Deal deal,
      List<Round> rounds,
      Concession concession,
      List<Figure> figures,
      ResaleChain tiers) {
    List<Table> tables = new ArrayList<>();
    tables.add(roundTable(campaign, deal, rounds));
    tables.add(reasonTable(rounds, concession));
    if (tiers != null) {
      tables.add(Tiers.table(tiers, deal.grossRevenue(), campaign.currency()));
    }
    return new Briefing(
        new Text("Deal with " + deal.channel(), "与" + deal.channel() + "的合作协议"),
        sentence(campaign, deal, openAsk(deal, rounds)),
        figures,
        tables,
        List.of(shareChart(deal, rounds)));
  }

  /** What is signed, else what we offer. */
  static Terms onTheTable(Deal deal) {
    return deal.agreed() == null ? deal.offer() : deal.agreed();
  }

  private static Text sentence(Campaign campaign, Deal deal, Terms asked) {
    Terms terms = onTheTable(deal);
    String money = campaign.currency();
    double revenue = deal.expectedRevenue();
    String whoseEn = deal.agreed() == null ? "we offer" : "agreed are";
    String whoseZh = deal.agreed() == null ? "我方报价" : "议定";
    String en =
        format(
            "The deal is %s in round %d; %s %s. Of the %,.0f %s expected in a cycle, %,.0f %s would"
                + " be left for us.",
            deal.state().text(),
            deal.round(),
            whoseEn,
            words(terms, money).en(),
            revenue,
            money,
            terms.value(revenue),
            money);
    String zh =
        format(
            "协议%s，第 %d 轮；%s%s。预计每周期收入 %,.0f %s，我方可得 %,.0f %s。",
            deal.state().zh(),
            deal.round(),
            whoseZh,
            words(terms, money).zh(),
            revenue,
            money,
            terms.value(revenue),
            money);
    if (asked == null) {
      return new Text(en, zh);
    }
    return new Text(
        en
            + format(
                " The channel asks for %s, which would leave us %,.0f %s.",
                words(asked, money).en(), asked.value(revenue), money),
        zh
            + format(
                "对方要求%s，我方可得 %,.0f %s。", words(asked, money).zh(), asked.value(revenue), money));
  }

  private static Text words(Terms terms, String money) {
    return new Text(
        format(
            "%.2f %% of the revenue and %,.2f %s once",
            100 * terms.revenueShare(), terms.fixedFee(), money),
        format("分成 %.2f%%、一次性费用 %,.2f %s", 100 * terms.revenueShare(), terms.fixedFee(), money));
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private List<Figure> figures(
      Campaign campaign,
      Deal deal,
      Channel channel,
      Terms asked,
      Opening opening,
      Concession concession) {
    String money = campaign.currency();
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("round", new Text("Round", "轮次"), deal.round(), ""));
    figures.add(new Figure("rounds-max", new Text("Rounds allowed", "轮次上限"), deal.roundsMax(), ""));
    figures.addAll(terms(deal, money));
    if (asked != null) {
      figures.addAll(asked(deal, asked, money));
    }
    figures.add(
        money(
            "expected-revenue",
            "Expected revenue in a cycle, tiers above deducted",
            "每周期预计收入（已扣上级分成）",
            deal.expectedRevenue(),
            money));
    figures.add(share("share-limit", "Limit of the share", "分成上限", deal.limits().revenueShare()));
    figures.add(money("fee-limit", "Limit of the fee", "费用上限", deal.limits().fixedFee(), money));
    figures.addAll(bargaining(deal, opening, concession, money));
    figures.add(new Figure("term", new Text("Term in months", "期限（月）"), deal.termMonths(), ""));
    if (channel != null) {
      figures.add(
          share(
              "exclusive-share",
              "Share at which an exclusive deal would leave us as much",
              "独家合作时我方所得不变的分成",
              Exclusivity.share(
                  channel,
                  onTheTable(deal),
                  deal.grossRevenue(),
                  deal.tiersAbove(),
                  channels.channels(deal.campaignKey()),
                  channels.attraction(deal.campaignKey()))));
      figures.add(new Figure("kind", new Text("Kind", "渠道类型"), channel.kind(), ""));
      figures.add(new Figure("reach", new Text("Reach", "覆盖人数"), channel.reach(), ""));
      figures.add(share("listed-share", "Listed share", "标准分成", channel.revenueShare()));
      figures.add(money("listed-cost", "Listed cost", "标准成本", channel.fixedCost(), money));
    }
    return figures;
  }

  /** The terms that are signed, or that we offer. */
  private static List<Figure> terms(Deal deal, String money) {
    Terms terms = onTheTable(deal);
    boolean agreed = deal.agreed() != null;
    return List.of(
        share(
            "revenue-share",
            agreed ? "Revenue share" : "Revenue share we offer",
            agreed ? "分成" : "我方报价分成",
            terms.revenueShare()),
        money(
            "fixed-fee",
            agreed ? "Fixed fee" : "Fixed fee we offer",
            agreed ? "固定费用" : "我方报价固定费用",
            terms.fixedFee(),
            money),
        money(
            "contract-value",
            agreed ? "Contract value" : "Cost of our offer",
            agreed ? "合同金额" : "我方报价的成本",
            deal.contractValue(),
            money),
        money(
            "our-value",
            agreed ? "Left for us" : "Left for us at our offer",
            agreed ? "我方所得" : "按我方报价我方所得",
            terms.value(deal.expectedRevenue()),
            money));
  }

  /** The counter-offer to the offer on the table: what a contract may be about to say. */
  private static List<Figure> asked(Deal deal, Terms asked, String money) {
    return List.of(
        share("asked-share", "Revenue share they ask", "对方要求的分成", asked.revenueShare()),
        money("asked-fee", "Fixed fee they ask", "对方要求的固定费用", asked.fixedFee(), money),
        money(
            "asked-cost",
            "Cost of what they ask",
            "对方要求的成本",
            asked.cost(deal.expectedRevenue()),
            money),
        money(
            "asked-value",
            "Left for us at what they ask",
            "按对方要求我方所得",
            asked.value(deal.expectedRevenue()),
            money));
  }

  /** Null when the offer on the table has no counter-offer, or the deal is signed. */
  private static Terms openAsk(Deal deal, List<Round> rounds) {
    return rounds.stream()
        .filter(r -> deal.agreed() == null && r.round() == deal.round())
        .filter(r -> r.outcome() == ReplyOutcome.COUNTER)
        .map(Round::asked)
        .findFirst()
        .orElse(null);
  }

  /** Costs at which the sides are expected to walk away, the fair division, worth of the term. */
  private static List<Figure> bargaining(
      Deal deal, Opening opening, Concession concession, String money) {
    int cycles = Math.max(1, deal.termMonths() / CYCLE_MONTHS);
    DealValue term =
        new DealValue(
            Prospect.of(deal.grossRevenue()).below(deal.tiersAbove()).over(cycles, CYCLE_DISCOUNT));
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
            "accept-cost-max",
            "We accept a counter-offer within our limits up to a cost of",
            "上限之内的还价，成本不超过此值即接受",
            concession.acceptCostMax(deal.round(), NegotiationStrategy.offer(deal.offer())),
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

  private static Table reasonTable(List<Round> rounds, Concession concession) {
    return new Table(
        new Text("Why", "理由"),
        List.of(
            new Text("Round", "轮次"),
            new Text("Why we offered this", "报价理由"),
            new Text("What we make of the answer", "对答复的判断")),
        rounds.stream()
            .map(
                r ->
                    Arrays.<Object>asList(
                        r.round(),
                        r.reason() == null ? NO_REASON : r.reason(),
                        verdict(r, concession)))
            .toList());
  }

  /** Null when the answer, if any, was no counter-offer. */
  private static Text verdict(Round round, Concession concession) {
    return round.outcome() == ReplyOutcome.COUNTER
        ? concession.verdict(
            round.round(),
            NegotiationStrategy.offer(round.offer()),
            NegotiationStrategy.offer(round.asked()))
        : null;
  }

  private static Figure share(String id, String en, String zh, double value) {
    return new Figure(id, new Text(en, zh), value, "%");
  }

  static Figure money(String id, String en, String zh, double value, String currency) {
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
        r.outcome() == null ? null : said(r.outcome()),
        asked == null ? null : asked.revenueShare(),
        asked == null ? null : asked.fixedFee(),
        asked == null ? null : asked.value(deal.expectedRevenue()));
  }

  private static Text said(ReplyOutcome outcome) {
    return switch (outcome) {
      case ACCEPT -> new Text("accept", "接受");
      case COUNTER -> new Text("counter", "还价");
      case REJECT -> new Text("reject", "拒绝");
    };
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
}
