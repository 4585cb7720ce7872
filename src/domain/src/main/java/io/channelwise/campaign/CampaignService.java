package io.channelwise.campaign;

import io.channelwise.domain.DomainConfiguration;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates and finds campaigns. Thread-safe. */
@Service
public class CampaignService {
  private final CampaignRepository repository;
  private final ImportService imports;
  private final TransactionTemplate transaction;
  private final Clock clock;

  CampaignService(
      CampaignRepository repository,
      ImportService imports,
      @Qualifier("domainTransactionTemplate") TransactionTemplate transaction,
      Clock clock) {
    this.repository = repository;
    this.imports = imports;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Creates a campaign with its data: all of it, or nothing.
   *
   * @throws InvalidDataException with every finding in the JSON and in the files
   * @throws CampaignExistsException when the key is taken
   */
  public Campaign create(NewCampaign newCampaign, List<SourceFile> files) {
    return create(newCampaign, files, ImportLimits.DEFAULT);
  }

  public Campaign create(NewCampaign newCampaign, List<SourceFile> files, ImportLimits limits) {
    CampaignJson checked = new CampaignJson(newCampaign.json());
    ImportCheck check = imports.checkNew(files, limits, checked.findings());
    checked.findings().throwIfAny();
    return transaction.execute(
        status -> {
          Campaign campaign = insert(checked);
          imports.load(campaign.key(), check, limits);
          return campaign;
        });
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
    return insert(checked);
  }

  private Campaign insert(CampaignJson checked) {
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
