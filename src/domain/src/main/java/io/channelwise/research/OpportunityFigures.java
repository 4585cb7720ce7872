package io.channelwise.research;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The markets ranked, and how firmly.
 *
 * @param chosenBy whose the weights are
 * @param ranked the best first, excluded ones last
 * @param sensitivity null when fewer than two markets are viable
 */
record OpportunityFigures(
    OpportunityWeights weights,
    WeightsOwner chosenBy,
    List<Opportunity> ranked,
    Sensitivity sensitivity) {

  OpportunityFigures {
    // What a release before stored was scored with the default.
    chosenBy = chosenBy == null ? WeightsOwner.DEFAULT : chosenBy;
    ranked = List.copyOf(ranked);
  }

  /**
   * Scores and ranks markets whose parts are known.
   *
   * @param markets in any order; what they were scored with before does not matter
   */
  static OpportunityFigures of(
      OpportunityWeights weights,
      WeightsOwner chosenBy,
      Collection<Opportunity> markets,
      Collection<String> excluded) {
    List<Opportunity> sorted =
        markets.stream()
            .map(m -> m.with(weights, excluded.contains(m.market())))
            .sorted(
                Comparator.comparing(Opportunity::excluded)
                    .thenComparing(o -> !o.viable())
                    .thenComparing(o -> -o.score())
                    .thenComparing(Opportunity::market))
            .toList();
    List<Opportunity> ranked = new ArrayList<>();
    for (Opportunity o : sorted) {
      ranked.add(o.at(ranked.size() + 1));
    }
    List<Opportunity> viable = ranked.stream().filter(Opportunity::viable).toList();
    return new OpportunityFigures(
        weights, chosenBy, ranked, Sensitivity.of(weights, viable).orElse(null));
  }

  Optional<Opportunity> best() {
    return ranked.stream().filter(Opportunity::viable).findFirst();
  }

  /** False for what a release before stored: its parts have no intervals. */
  boolean canBeWeighedAnew() {
    return ranked.stream().noneMatch(o -> o.intervals().isEmpty());
  }
}
