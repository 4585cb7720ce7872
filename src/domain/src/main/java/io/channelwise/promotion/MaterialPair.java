package io.channelwise.promotion;

/**
 * A segment and a material as the text-pair model reads them.
 *
 * @param first the segment in its customers' words
 * @param second the material's title and text
 */
public record MaterialPair(String segment, String material, String first, String second) {

  /**
   * What a model says of it.
   *
   * @param score probability that the material suits the segment, 0..1
   */
  public Scored scored(double score) {
    return new Scored(segment, material, score);
  }

  /** A pair without its texts. */
  public record Scored(String segment, String material, double score) {}
}
