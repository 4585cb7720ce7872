package io.channelwise.promotion;

import io.channelwise.domain.DomainConfiguration;
import java.util.Collection;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads how a cycle's budget was shared out and shares it out again. Thread-safe. */
@Service
public class SharingService {
  private final PromotionRepository promotions;

  SharingService(PromotionRepository promotions) {
    this.promotions = promotions;
  }

  /**
   * The newest sharing of the cycle; empty before the first, and when what it was computed from was
   * not kept.
   */
  @Transactional(value = DomainConfiguration.DOMAIN_TRANSACTIONS, readOnly = true)
  public Optional<Sharing> recorded(String campaignKey, int cycle) {
    return promotions
        .allocation(campaignKey, cycle)
        .filter(a -> promotions.inputs(campaignKey, cycle, a.version()).isPresent())
        .map(Sharing::of);
  }

  /**
   * The sharing once more by what it was computed from, with a change; stores nothing.
   *
   * @param version of the recorded sharing
   * @param budget in place of the recorded one; null to keep it
   * @param channels those that take part, at least one of the recorded sharing's; null for all
   * @throws SharingRefusedException when the money cannot be shared out so
   */
  public Sharing again(
      String campaignKey, int cycle, int version, Double budget, Collection<String> channels) {
    return promotions
        .inputs(campaignKey, cycle, version)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Sharing %d of campaign %s, cycle %d, has no inputs; share the budget out again."
                        .formatted(version, campaignKey, cycle)))
        .again(version, budget, channels);
  }
}
