package io.channelwise.deal;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Deals with channels. Thread-safe. */
@Service
public class DealService {
  private final DealRepository deals;

  DealService(DealRepository deals) {
    this.deals = deals;
  }

  public Optional<Deal> find(String dealId) {
    return deals.find(dealId);
  }

  /** Deals of the cycle in any state, by channel. */
  public List<Deal> list(String campaignKey, int cycle) {
    return deals.list(campaignKey, cycle);
  }

  /** Deals of the cycle that are signed and not withdrawn, by channel. */
  public List<Deal> signed(String campaignKey, int cycle) {
    return list(campaignKey, cycle).stream().filter(d -> d.state() == DealState.SIGNED).toList();
  }
}
