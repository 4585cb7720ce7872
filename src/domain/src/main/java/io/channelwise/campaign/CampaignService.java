package io.channelwise.campaign;

import io.channelwise.domain.DomainConfiguration;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Creates and finds campaigns. Thread-safe. */
@Service
public class CampaignService {
  private final CampaignRepository repository;
  private final Clock clock;

  CampaignService(CampaignRepository repository, Clock clock) {
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * Creates a campaign without data.
   *
   * @throws InvalidDataException with every finding in the JSON
   * @throws CampaignExistsException when the key is taken
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Campaign create(NewCampaign newCampaign) {
    CampaignJson checked = new CampaignJson(newCampaign.json());
    checked.findings().throwIfAny();
    // PostgreSQL keeps microseconds; what is returned equals what is found later.
    Campaign campaign = checked.campaign(clock.instant().truncatedTo(ChronoUnit.MICROS));
    if (!repository.insertIfNew(campaign)) {
      throw new CampaignExistsException(campaign.key());
    }
    return campaign;
  }

  public Optional<Campaign> find(String key) {
    return repository.find(key);
  }

  /**
   * @throws UnknownCampaignException when there is none
   */
  public Campaign require(String key) {
    return repository.find(key).orElseThrow(() -> new UnknownCampaignException(key));
  }

  /** The newest campaigns first. */
  public List<Campaign> list(int limit) {
    return repository.list(limit);
  }
}
