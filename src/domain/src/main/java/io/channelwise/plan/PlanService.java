package io.channelwise.plan;

import java.util.Optional;
import org.springframework.stereotype.Service;

/** Finds business models and keeps the one chosen. Thread-safe. */
@Service
public class PlanService {
  private final PlanRepository repository;

  PlanService(PlanRepository repository) {
    this.repository = repository;
  }

  /** The plan a person chose in this cycle. */
  public Optional<Plan> published(String campaignKey, int cycle) {
    return repository.published(campaignKey, cycle);
  }
}
