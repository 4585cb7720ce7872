package io.channelwise.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.allocation.AllocationAnswer;
import io.channelwise.attribution.Attribution;
import io.channelwise.campaign.Text;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * A {@link ChannelAnalysis} as JSON, in one order of fields. Numbers have {@value #DIGITS}
 * significant digits, so that the last bits of a logarithm, which processors and Java versions may
 * round in their own way, never change the bytes.
 */
public final class ChannelAnalysisJson {
  private static final int DIGITS = 10;
  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

  private ChannelAnalysisJson() {}

  public static ObjectNode of(ChannelAnalysis analysis) {
    ObjectNode root = NODES.objectNode();
    root.set("attraction", attraction(analysis.attraction()));
    root.set("ranking", ranking(analysis.attraction()));
    ObjectNode allocation = allocation(analysis.allocation(), analysis.effects());
    allocation.set("saturation", saturation(analysis));
    root.set("allocation", allocation);
    root.set("attribution", attribution(analysis.attribution()));
    ArrayNode segments = root.putArray("segments");
    for (Attraction.Segment segment : analysis.attraction().segments()) {
      ObjectNode node = segments.addObject();
      node.put("segment", segment.segment());
      node.put("clicks", segment.clicks());
      number(node, "weight", segment.weight());
    }
    root.put("rows", analysis.rows());
    root.put("clicks", analysis.attraction().clicks());
    number(root, "level", Attraction.LEVEL);
    return root;
  }

  private static ArrayNode attraction(Attraction attraction) {
    ArrayNode cells = NODES.arrayNode();
    for (Attraction.Cell cell : attraction.cells()) {
      ObjectNode node = cells.addObject();
      node.put("channel", cell.channel());
      node.put("segment", cell.segment());
      number(node, "share", cell.share());
      number(node, "low", cell.low());
      number(node, "high", cell.high());
      node.put("clicks", cell.clicks());
    }
    return cells;
  }

  private static ArrayNode ranking(Attraction attraction) {
    ArrayNode ranking = NODES.arrayNode();
    for (Attraction.Ranked ranked : attraction.ranking()) {
      ObjectNode node = ranking.addObject();
      node.put("channel", ranked.channel());
      number(node, "objective", ranked.objective());
      number(node, "low", ranked.low());
      number(node, "high", ranked.high());
      number(node, "attraction", ranked.attraction());
    }
    return ranking;
  }

  private static ObjectNode allocation(AllocationAnswer answer, ChannelEffects effects) {
    ObjectNode node = NODES.objectNode();
    ObjectNode shares = node.putObject("shares");
    ObjectNode amounts = node.putObject("amounts");
    for (AllocationAnswer.Share share : answer.shares()) {
      number(shares, share.channel(), share.share());
      amounts.put(share.channel(), share.amount());
    }
    number(node, "objective", answer.objective());
    node.put(
        "duality_gap",
        new BigDecimal(answer.dualityGap()).round(new MathContext(2)).stripTrailingZeros());
    ArrayNode binding = node.putArray("binding");
    ObjectNode prices = node.putObject("shadow_prices");
    for (AllocationAnswer.Binding limit : answer.binding()) {
      binding.add(name(limit));
      number(prices, name(limit), limit.shadowPrice());
    }
    node.set("explanation", text(answer.explanation()));
    node.put("proven", answer.proven());
    node.put("budget", answer.budget());
    node.put("unspent", answer.unspent());
    node.put("cautious", answer.cautious());
    node.put("basis", effects.basis().name().toLowerCase(Locale.ROOT));
    ArrayNode list = node.putArray("effects");
    for (ChannelEffects.Effect effect : effects.effects()) {
      ObjectNode cell = list.addObject();
      cell.put("channel", effect.channel());
      cell.put("segment", effect.segment());
      number(cell, "effect", effect.expected());
      number(cell, "low", effect.low());
    }
    return node;
  }

  private static ObjectNode saturation(ChannelAnalysis analysis) {
    ObjectNode node = NODES.objectNode();
    node.put("days", analysis.days());
    ObjectNode channels = node.putObject("channels");
    analysis
        .saturation()
        .forEach(
            (channel, s) -> {
              ObjectNode one = channels.putObject(channel);
              one.put("verdict", s.verdict().name().toLowerCase(Locale.ROOT));
              optional(one, "half_saturation", s.halfSaturation());
              optional(one, "low", s.low());
              optional(one, "high", s.high());
              one.put("days_with_spend", s.days());
              one.put("clicks", s.clicks());
              optional(one, "likelihood_ratio", s.ratio());
              optional(one, "p_value", s.pValue());
            });
    ArrayNode sentences = node.putArray("sentences");
    analysis.saturationSentences().forEach(sentence -> sentences.add(text(sentence)));
    return node;
  }

  /** {@code budget}, {@code cap: B}, {@code floor: B} or {@code least_if_chosen: B}. */
  static String name(AllocationAnswer.Binding limit) {
    String kind = limit.limit().name().toLowerCase(Locale.ROOT);
    return limit.channel() == null ? kind : kind + ": " + limit.channel();
  }

  private static ObjectNode attribution(Attribution attribution) {
    ObjectNode node = NODES.objectNode();
    node.put("paths", attribution.paths());
    node.put("conversions", attribution.conversions());
    node.put("touches", attribution.touches());
    number(node, "level", attribution.level());
    node.put("resamples", attribution.replications());
    node.set("models", models(attribution.models(), "conversions"));
    ObjectNode revenue = node.putObject("revenue");
    number(revenue, "total", attribution.revenue());
    revenue.set("models", models(attribution.revenueModels(), "revenue"));
    if (attribution.markov() != null) {
      ObjectNode markov = node.putObject("markov");
      markov.put("order", attribution.markov().order());
      markov.put("states", attribution.markov().states());
      number(markov, "conversion_probability", attribution.markov().conversionProbability());
      ObjectNode effects = markov.putObject("removal_effects");
      attribution.markov().removals().forEach(r -> number(effects, r.channel(), r.effect()));
      if (attribution.revenue() > 0) {
        ObjectNode lost = revenue.putObject("removal_effects");
        attribution.markov().removals().forEach(r -> number(lost, r.channel(), r.revenueEffect()));
      }
    }
    node.set("explanation", text(attribution.explanation()));
    return node;
  }

  /**
   * @param amount what the share is of
   */
  private static ObjectNode models(List<Attribution.Model> models, String amount) {
    ObjectNode node = NODES.objectNode();
    for (Attribution.Model model : models) {
      ObjectNode credits = node.putObject(model.kind().name().toLowerCase(Locale.ROOT));
      for (Attribution.Credit credit : model.credits()) {
        ObjectNode one = credits.putObject(credit.channel());
        number(one, "share", credit.share());
        number(one, "low", credit.low());
        number(one, "high", credit.high());
        number(one, amount, credit.amount());
        if (credit.standardError() > 0) {
          number(one, "standard_error", credit.standardError());
        }
      }
    }
    return node;
  }

  private static ObjectNode text(Text text) {
    ObjectNode node = NODES.objectNode();
    node.put("en", text.en());
    node.put("zh", text.zh());
    return node;
  }

  private static void optional(ObjectNode node, String name, Double value) {
    if (value == null) {
      node.putNull(name);
    } else {
      number(node, name, value);
    }
  }

  private static void number(ObjectNode node, String name, double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS));
    node.put(name, rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros());
  }
}
