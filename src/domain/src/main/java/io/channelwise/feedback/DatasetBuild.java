package io.channelwise.feedback;

import java.util.Map;

/**
 * What a build made.
 *
 * @param newExamples examples that the live version's dataset lacks, text and label; all when no
 *     version is live
 * @param dropped classes left out because they had too few rows, with their rows
 */
public record DatasetBuild(Dataset dataset, int newExamples, Map<String, Integer> dropped) {

  public DatasetBuild {
    dropped = Map.copyOf(dropped);
  }
}
