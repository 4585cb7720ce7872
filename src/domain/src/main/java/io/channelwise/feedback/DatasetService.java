package io.channelwise.feedback;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Labelled datasets made from feedback; a dataset never changes once built. Thread-safe. */
@Service
public class DatasetService {
  private final DatasetRepository datasets;

  DatasetService(DatasetRepository datasets) {
    this.datasets = datasets;
  }

  public Optional<Dataset> find(String datasetId) {
    return uuid(datasetId).flatMap(datasets::find);
  }

  /** The dataset; throws {@link UnknownDatasetException} when there is none. */
  public Dataset require(String datasetId) {
    return find(datasetId).orElseThrow(() -> new UnknownDatasetException(datasetId));
  }

  /** The examples of one part, always in the same order. */
  public List<Example> examples(String datasetId, Split split) {
    return datasets.examples(UUID.fromString(require(datasetId).id()), split);
  }

  private static Optional<UUID> uuid(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
