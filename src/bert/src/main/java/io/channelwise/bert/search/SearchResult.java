package io.channelwise.bert.search;

import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * A search that ended.
 *
 * @param model the Hugging Face directory of the best trial's model
 * @param best the finished trial with the highest score, the earlier one among equals
 * @param settings what trains that model again
 * @param trials all of them, by number
 * @param complete whether everything planned was done; false when the time ended before
 * @param report in plain sentences, as in {@code search.txt}
 */
public record SearchResult(
    Path model,
    Trial best,
    TrainingSettings settings,
    List<Trial> trials,
    boolean complete,
    String report) {
  public SearchResult {
    trials = List.copyOf(trials);
  }
}
