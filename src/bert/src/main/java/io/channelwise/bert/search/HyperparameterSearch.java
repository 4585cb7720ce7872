package io.channelwise.bert.search;

import io.channelwise.bert.BertException;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Example;
import io.channelwise.bert.internal.files.AtomicDirectory;
import io.channelwise.bert.internal.report.ModelFiles;
import io.channelwise.bert.internal.search.SearchRun;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingDivergedException;
import java.nio.file.Path;
import java.util.List;

/**
 * Searches the hyperparameters of a fine-tuning. The same seed proposes the same trials in the same
 * order, and the same finished trials give the same answer; time only decides how many of them are
 * trained, and how far. One search or training a process at a time.
 */
public final class HyperparameterSearch {

  private HyperparameterSearch() {}

  /**
   * Trains trials until the plan or the time ends and writes the best one's model, with {@code
   * search.txt}, {@code trials.csv} and {@code trials.json} beside it. If {@code workDir} holds a
   * search of the same settings and data, it goes on from there; finished trials are not repeated.
   *
   * @param eval judges the trials; must not be empty
   * @param workDir checkpoints and the state of the search; deleted when the plan is done, kept
   *     when the time ended before
   * @param outDir replaced as a whole at the end
   * @param baseModels where packaged weights are imported to, or found
   * @param command the start of the command line that {@code search.txt} gives for training the
   *     best model again; the searched settings are added to it
   * @throws DatasetException when there is nothing to judge the trials on, or a label is unknown
   * @throws TrainingDivergedException when every trial diverged
   * @throws TrainingCancelledException when the listener asked to stop; the state is saved
   * @throws BertException when the work folder holds another search
   */
  public static SearchResult run(
      SearchSettings settings,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path outDir,
      Path baseModels,
      String command,
      SearchListener listener) {
    if (eval.isEmpty()) {
      throw new DatasetException(
          "A search needs examples to judge its trials on; give evaluation data or hold some"
              + " out.");
    }
    AtomicDirectory.requireReplaceable(outDir, ModelFiles.NAMES);
    return new SearchRun(settings, train, eval, workDir, baseModels, listener, System::nanoTime)
        .run(outDir, command);
  }

  /** Whether a folder holds a search that {@link #run} would go on with. */
  public static boolean hasState(Path workDir) {
    return SearchRun.hasState(workDir);
  }
}
