package io.channelwise.feedback;

import java.util.List;

/**
 * An immutable labelled dataset.
 *
 * @param id a uuid
 * @param kind what an example is
 * @param labels every class, sorted; a model's label ids are the positions in this list
 * @param examples number of examples of both splits
 * @param sha256 of the sorted content, in hex; the same content has the same hash
 */
public record Dataset(
    String id,
    String campaignKey,
    String modelName,
    Kind kind,
    List<String> labels,
    int examples,
    String sha256) {

  public Dataset {
    labels = List.copyOf(labels);
  }

  /** What an example is. */
  public enum Kind {
    /** A text, or two that are read together, and a label. */
    TEXTS("texts"),
    /** What a user did, and whether the user bought. */
    BEHAVIOUR("behaviour");

    private final String stored;

    Kind(String stored) {
      this.stored = stored;
    }

    String stored() {
      return stored;
    }

    static Kind of(String stored) {
      for (Kind kind : values()) {
        if (kind.stored.equals(stored)) {
          return kind;
        }
      }
      throw new IllegalStateException("Kind of dataset %s is unknown.".formatted(stored));
    }
  }
}
