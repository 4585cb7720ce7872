package io.channelwise.promotion;

import io.channelwise.channel.EventService;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.research.ResearchService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a campaign's clicks teach about which material suits which segment. Thread-safe. */
@Service
public class MaterialExampleService {
  /** The label of what does not suit; the other is {@link MaterialRankService#SUITS}. */
  public static final String NOT = "not";

  private final SpendRepository spends;
  private final MaterialFit fit;
  private final EventService events;
  private final ResearchService research;

  MaterialExampleService(
      SpendRepository spends, MaterialFit fit, EventService events, ResearchService research) {
    this.spends = spends;
    this.fit = fit;
    this.events = events;
    this.research = research;
  }

  /**
   * A segment and a material with what the clicks say of them.
   *
   * @param label {@link MaterialRankService#SUITS} or {@link #NOT}
   */
  public record Labelled(String first, String second, String label) {}

  /**
   * The clear pairs ({@code MaterialVerdict}) of all that was sent in the cycles up to this one,
   * until results were last collected; so a second call finds the same.
   *
   * @return by segment, then material; empty before the first collection
   */
  @Transactional(value = DomainConfiguration.DOMAIN_TRANSACTIONS, readOnly = true)
  public List<Labelled> examples(String campaignKey, int cycle) {
    Optional<Instant> until = spends.lastCollected(campaignKey, cycle);
    if (until.isEmpty()) {
      return List.of();
    }
    Map<String, List<String>> painPoints = research.painPoints(campaignKey);
    Map<String, Material> materials =
        spends.sentMaterials(campaignKey, cycle).stream()
            .collect(Collectors.toMap(Material::material, Function.identity()));
    return MaterialVerdict.of(
            fit.seen(campaignKey, cycle, until.get()),
            events.counts(campaignKey, null, until.get()))
        .stream()
        .filter(verdict -> materials.containsKey(verdict.material()))
        .map(
            verdict ->
                new Labelled(
                    MaterialTexts.segment(
                        verdict.segment(), painPoints.getOrDefault(verdict.segment(), List.of())),
                    MaterialTexts.material(materials.get(verdict.material())),
                    verdict.suits() ? MaterialRankService.SUITS : NOT))
        .toList();
  }
}
