package io.channelwise.feedback;

/**
 * Something that could be made better.
 *
 * @param effort in the company's own unit, above 0; null when not estimated
 * @param value in the company's own unit; null when not estimated
 */
record Improvement(String kind, String description, Double effort, Double value) {

  /** Value for each unit of effort; null unless both are estimated. */
  Double ratio() {
    return effort == null || value == null ? null : value / effort;
  }
}
