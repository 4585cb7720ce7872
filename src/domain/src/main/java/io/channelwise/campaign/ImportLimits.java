package io.channelwise.campaign;

/**
 * Bounds of what an import reads; beyond them is a finding, never an exhausted memory.
 *
 * @param fileBytesMax largest file
 * @param fieldCharsMax longest cell
 * @param findingsMax findings kept; further ones are counted
 */
public record ImportLimits(long fileBytesMax, int fieldCharsMax, int findingsMax) {

  /** Files up to 1 GiB, cells up to 100,000 characters, 200 findings. */
  public static final ImportLimits DEFAULT = new ImportLimits(1L << 30, 100_000, 200);

  public ImportLimits {
    if (fileBytesMax < 1 || fieldCharsMax < 1 || findingsMax < 1) {
      throw new IllegalArgumentException(
          "Import limits are %d bytes, %d characters, %d findings; each must be at least 1."
              .formatted(fileBytesMax, fieldCharsMax, findingsMax));
    }
  }

  public ImportLimits withFileBytesMax(long bytes) {
    return new ImportLimits(bytes, fieldCharsMax, findingsMax);
  }
}
