package io.channelwise.campaign;

import java.util.List;

/** The data brought was refused whole; nothing was changed. */
public final class InvalidDataException extends RuntimeException {
  private final transient List<Finding> findings;
  private final long further;

  /**
   * @param findings at least one, in the order of files and rows
   * @param further findings beyond the list's bound
   */
  public InvalidDataException(List<Finding> findings, long further) {
    super(sentence(findings, further));
    this.findings = List.copyOf(findings);
    this.further = further;
  }

  private static String sentence(List<Finding> findings, long further) {
    long all = findings.size() + further;
    return "The data was refused with %d finding%s; the first: %s"
        .formatted(all, all == 1 ? "" : "s", findings.get(0).message().en());
  }

  public List<Finding> findings() {
    return findings;
  }

  /** Findings that are not in {@link #findings()} because there were too many. */
  public long further() {
    return further;
  }
}
