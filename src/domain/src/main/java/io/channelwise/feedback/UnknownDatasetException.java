package io.channelwise.feedback;

/** Nobody built a dataset with this id. */
public final class UnknownDatasetException extends RuntimeException {
  public UnknownDatasetException(String datasetId) {
    super(
        "Dataset %s does not exist. Use the id that dataset.build returned.".formatted(datasetId));
  }
}
