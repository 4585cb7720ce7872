package io.channelwise.bert;

/**
 * Answers below a probability go to a person. Chosen on held-out texts so that the others are right
 * often enough.
 *
 * @param wantedPrecision share of right answers asked for; 0 when every answer is taken
 * @param threshold lowest probability that is taken, 0..1
 * @param precision share of right answers among the taken ones of the held-out texts; the threshold
 *     was chosen on them, so that of others fewer are right
 * @param coverage share of the held-out texts whose answers are taken
 */
public record RejectRule(
    double wantedPrecision, double threshold, double precision, double coverage) {

  /** Whether an answer of that probability is not to be trusted. */
  public boolean rejects(double score) {
    return score < threshold;
  }
}
