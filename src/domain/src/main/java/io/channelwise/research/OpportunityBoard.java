package io.channelwise.research;

import io.channelwise.campaign.Text;
import java.util.List;

/**
 * The markets of a cycle by some weights, for the person who decides.
 *
 * @param weights that the markets are scored with here; they sum to 1
 * @param chosenBy whose they are
 * @param usual the campaign's own weights, or the default
 * @param ranked the best first, excluded markets last
 * @param sensitivity where the first place changes; null when fewer than two markets are viable
 * @param firmness the same in a sentence
 */
public record OpportunityBoard(
    String campaignKey,
    int cycle,
    OpportunityWeights weights,
    WeightsOwner chosenBy,
    OpportunityWeights usual,
    List<Opportunity> ranked,
    Sensitivity sensitivity,
    Text firmness) {

  public OpportunityBoard {
    ranked = List.copyOf(ranked);
  }

  static OpportunityBoard of(
      String campaignKey, int cycle, OpportunityFigures figures, OpportunityWeights usual) {
    Text firmness =
        figures
            .best()
            .map(best -> OpportunitySection.firmness(best.market(), figures.sensitivity()))
            .orElse(OpportunitySection.NOBODY);
    return new OpportunityBoard(
        campaignKey,
        cycle,
        figures.weights(),
        figures.chosenBy(),
        usual,
        figures.ranked(),
        figures.sensitivity(),
        firmness);
  }
}
