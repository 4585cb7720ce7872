package io.channelwise.campaign;

import java.util.List;

/**
 * What a check of files found.
 *
 * @param findings in the order of files and rows; empty when all is well
 * @param further findings beyond the bound of the list
 * @param tables the files that could be read to their end
 */
public record CheckResult(List<Finding> findings, long further, List<ImportedTable> tables) {

  public CheckResult {
    findings = List.copyOf(findings);
    tables = List.copyOf(tables);
  }

  public boolean isClean() {
    return findings.isEmpty();
  }
}
