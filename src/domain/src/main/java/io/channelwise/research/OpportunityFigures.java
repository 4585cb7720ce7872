package io.channelwise.research;

import java.util.List;
import java.util.Optional;

/**
 * The markets ranked, and how firmly.
 *
 * @param ranked the best first, excluded ones last
 * @param sensitivity null when fewer than two markets are viable
 */
record OpportunityFigures(
    OpportunityWeights weights, List<Opportunity> ranked, Sensitivity sensitivity) {

  OpportunityFigures {
    ranked = List.copyOf(ranked);
  }

  Optional<Opportunity> best() {
    return ranked.stream().filter(Opportunity::viable).findFirst();
  }
}
