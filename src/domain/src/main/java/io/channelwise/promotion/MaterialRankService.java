package io.channelwise.promotion;

import io.channelwise.channel.Attraction;
import io.channelwise.channel.ChannelService;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.research.ResearchService;
import io.channelwise.steering.MaterialRanking;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ranks a cycle's prepared materials for each segment, once: what was stored first stands until
 * other materials are prepared. Thread-safe.
 */
@Service
public class MaterialRankService {
  /** The model that reads a segment and a material and says whether they suit. */
  public static final String MODEL = "material-fit";

  /** Its label for those that suit. */
  public static final String SUITS = "suits";

  /** More segments than a person reads; the strongest are ranked. */
  static final int SEGMENTS_MAX = 100;

  private final PromotionRepository promotions;
  private final MaterialRankRepository ranks;
  private final PromotionService service;
  private final MaterialFit fit;
  private final ChannelService channels;
  private final ResearchService research;
  private final Clock clock;

  MaterialRankService(
      PromotionRepository promotions,
      MaterialRankRepository ranks,
      PromotionService service,
      MaterialFit fit,
      ChannelService channels,
      ResearchService research,
      Clock clock) {
    this.promotions = promotions;
    this.ranks = ranks;
    this.service = service;
    this.fit = fit;
    this.channels = channels;
    this.research = research;
    this.clock = clock;
  }

  /** The ranking of the cycle; empty before there is one. */
  public Optional<RankedMaterials> find(String campaignKey, int cycle) {
    return ranks.find(campaignKey, cycle);
  }

  /**
   * Every segment with every prepared material, for a model to read. Segments are those of the
   * clicks, the strongest first, then those of the survey; at most {@link #SEGMENTS_MAX}.
   */
  @Transactional(value = DomainConfiguration.DOMAIN_TRANSACTIONS, readOnly = true)
  public List<MaterialPair> pairs(String campaignKey, int cycle) {
    Map<String, List<String>> painPoints = research.painPoints(campaignKey);
    List<String> segments =
        Stream.concat(
                channels.attraction(campaignKey).segments().stream()
                    .sorted(
                        Comparator.comparingDouble((Attraction.Segment s) -> -s.weight())
                            .thenComparing(Attraction.Segment::segment))
                    .map(Attraction.Segment::segment),
                painPoints.keySet().stream())
            .distinct()
            .limit(SEGMENTS_MAX)
            .toList();
    return MaterialTexts.pairs(segments, painPoints, promotions.prepared(campaignKey, cycle));
  }

  /**
   * Ranks by what a version of {@link #MODEL} says.
   *
   * @param scores of {@link #pairs}; what is not prepared any more is left out
   * @return the ranking that stands
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public RankedMaterials byModel(
      String campaignKey, int cycle, int version, List<MaterialPair.Scored> scores) {
    return once(
        campaignKey,
        cycle,
        materials ->
            RankedMaterials.byModel(
                MODEL,
                version,
                scores.stream().filter(s -> materials.contains(s.material())).toList()));
  }

  /**
   * Ranks by the clicks a view where the materials went before; unranked without any.
   *
   * @return the ranking that stands
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public RankedMaterials byClicks(String campaignKey, int cycle) {
    Instant now = clock.instant();
    return once(
        campaignKey,
        cycle,
        materials ->
            RankedMaterials.byClicks(
                MaterialRanking.rank(
                    fit.seen(campaignKey, cycle, now).stream()
                        .filter(seen -> materials.contains(seen.material()))
                        .toList())));
  }

  /** Writes what people see before they approve, and returns its id. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public String brief(String campaignKey, int cycle) {
    return service.briefMaterials(campaignKey, cycle);
  }

  /** Ranks the materials of these names. */
  private interface Ranker {
    RankedMaterials rank(Set<String> materials);
  }

  private RankedMaterials once(String campaignKey, int cycle, Ranker ranker) {
    promotions.startAndLock(campaignKey, cycle);
    Optional<RankedMaterials> before = ranks.find(campaignKey, cycle);
    if (before.isPresent()) {
      return before.get();
    }
    List<Material> prepared = promotions.prepared(campaignKey, cycle);
    RankedMaterials ranking =
        ranker.rank(
            prepared.stream()
                .map(Material::material)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    ranks.save(
        campaignKey,
        cycle,
        ranking,
        MaterialOrder.of(prepared, ranking, channels.attraction(campaignKey)),
        clock.instant());
    return ranking;
  }
}
