package io.channelwise.feedback;

import java.util.List;

/**
 * An immutable labelled dataset.
 *
 * @param id a uuid
 * @param labels every class, sorted; a model's label ids are the positions in this list
 * @param examples number of examples of both splits
 * @param sha256 of the sorted content, in hex; the same content has the same hash
 */
public record Dataset(
    String id, String modelName, List<String> labels, int examples, String sha256) {

  public Dataset {
    labels = List.copyOf(labels);
  }
}
