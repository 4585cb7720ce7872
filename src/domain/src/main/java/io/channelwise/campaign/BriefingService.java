package io.channelwise.campaign;

import io.channelwise.domain.DomainConfiguration;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what people are shown before they decide, by a stable id. Thread-safe. */
@Service
public class BriefingService {
  private final BriefingRepository repository;
  private final Clock clock;

  BriefingService(BriefingRepository repository, Clock clock) {
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * Stores the briefing, in place of an older one with the same id.
   *
   * @param id {@code <campaignKey>/<cycle>/<topic>[/<subject>]}, {@code deal/<dealId>}, …
   * @return the id
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public String save(String id, Briefing briefing) {
    repository.upsert(id, briefing, clock.instant());
    return id;
  }

  public Optional<Briefing> find(String id) {
    return repository.find(id);
  }
}
