package io.channelwise.bert.internal.search;

import io.channelwise.bert.Example;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.internal.compress.Folders;
import io.channelwise.bert.internal.files.AtomicDirectory;
import io.channelwise.bert.internal.search.Plan.Job;
import io.channelwise.bert.search.SearchListener;
import io.channelwise.bert.search.SearchMethod;
import io.channelwise.bert.search.SearchRange;
import io.channelwise.bert.search.SearchResult;
import io.channelwise.bert.search.SearchSettings;
import io.channelwise.bert.search.Trial;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingDivergedException;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Carries out the plan of a search, trial by trial. One thread. */
public final class SearchRun {
  private final SearchSettings settings;
  private final List<Example> train;
  private final List<Example> eval;
  private final Path workDir;
  private final Path baseModels;
  private final SearchListener listener;
  private final LongSupplier nanos;
  private final Proposals proposals;
  private final Plan plan;
  private final SearchState state;

  /**
   * Opens the work folder.
   *
   * @param nanos a clock that only moves forward
   */
  public SearchRun(
      SearchSettings settings,
      List<Example> train,
      List<Example> eval,
      Path workDir,
      Path baseModels,
      SearchListener listener,
      LongSupplier nanos) {
    this.settings = settings;
    this.train = train;
    this.eval = eval;
    this.workDir = workDir;
    this.baseModels = baseModels;
    this.listener = listener;
    this.nanos = nanos;
    proposals = new Proposals(settings.fixed(), settings.ranges());
    List<Trial> proposed = new ArrayList<>();
    for (int number = 1; number <= settings.trials(); number++) {
      proposed.add(
          Trial.waiting(number, proposals.values(number), proposals.settings(number).epochs()));
    }
    plan = Plan.of(settings.method(), proposed, settings.reduction());
    createWorkDir();
    AtomicDirectory.recoverAllIn(workDir);
    state = SearchState.open(workDir, identity(), proposed);
  }

  /** Whether the folder holds a search. */
  public static boolean hasState(Path workDir) {
    return Files.exists(workDir.resolve(SearchState.FILE));
  }

  private void createWorkDir() {
    try {
      Files.createDirectories(workDir);
    } catch (IOException e) {
      throw new UncheckedIOException("Work folder " + workDir + " cannot be created", e);
    }
  }

  /** Trains what is planned while there is time, and exports the best. */
  public SearchResult run(Path outDir, String command) {
    state.save();
    Optional<Job> job = plan.next(state.trials());
    while (job.isPresent()) {
      boolean finished = Plan.best(state.trials()).isPresent();
      if (remaining() <= 0 && finished) {
        break;
      }
      // The time that is left belongs to the leader: a search must not end without a model.
      Job chosen = remaining() <= 0 ? leaderJob().orElse(job.get()) : job.get();
      train(chosen, finished || !isLeader(chosen));
      tidy();
      job = plan.next(state.trials());
    }
    Trial best =
        Plan.best(state.trials())
            .orElseThrow(
                () ->
                    new TrainingDivergedException(
                        "All %d trials diverged; search lower learning rates, such as --range learning-rate=1e-6..5e-5."
                            .formatted(state.trials().size())));
    return export(best, job.isEmpty(), outDir, command);
  }

  private Optional<Job> leaderJob() {
    return Plan.leader(state.trials()).map(trial -> new Job(trial.number(), trial.epochs()));
  }

  private boolean isLeader(Job job) {
    return Plan.leader(state.trials()).map(t -> t.number() == job.trial()).orElse(true);
  }

  /** Seconds left, less those that finishing the leader will take while nothing is finished. */
  private double remaining() {
    double reserve = 0;
    if (Plan.best(state.trials()).isEmpty()) {
      reserve =
          Plan.leader(state.trials())
              .map(t -> t.seconds() / t.scores().size() * (t.epochs() - t.scores().size()))
              .orElse(0.0);
    }
    return settings.budget().toNanos() / 1e9 - state.seconds() - reserve;
  }

  private void train(Job job, boolean timed) {
    Trial before = state.trial(job.trial());
    Path folder = folder(before);
    long begin = nanos.getAsLong();
    double secondsLeft = remaining();
    TrialWatch watch =
        new TrialWatch(
            listener,
            settings.metric(),
            before.scores().size(),
            job.epochs(),
            before.epochs(),
            () -> timed && seconds(begin) >= secondsLeft,
            // At once: a process that is told to end may not come back to us.
            watching -> save(progress(before, watching, begin)));
    listener.onTrialStart(before, job.epochs());
    Trial after = before;
    try {
      TrainingSettings trialSettings = proposals.settings(job.trial());
      TrainingResult result =
          FineTuner.train(
              trialSettings, train, eval, folder, folder.resolve("model"), baseModels, watch);
      double score = score(result.evaluation());
      // A run killed after its last epoch and before its export does not report that epoch again.
      List<Double> epochs = watch.scores().isEmpty() ? List.of(score) : watch.scores();
      after = before.after(epochs, seconds(begin), watch.tokens()).finished(score);
    } catch (TrainingDivergedException e) {
      after = progress(before, watch, begin).in(Trial.State.DIVERGED);
    } catch (TrialWatch.ScoreLostException e) {
      // What is lost is trained again from the start: bit for bit the same, so still the same
      // trial.
      AtomicDirectory.delete(folder);
      after = Trial.waiting(before.number(), before.values(), before.epochs());
      after = after.after(List.of(), before.seconds(), before.tokens());
    } catch (TrainingCancelledException e) {
      after = progress(before, watch, begin);
      if (!watch.stopped()) {
        save(after);
        throw new TrainingCancelledException(
            "The search was cancelled in trial %d of %d; what is done is kept in %s."
                .formatted(after.number(), state.trials().size(), workDir));
      }
    }
    save(after);
    listener.onTrialEnd(after);
  }

  private void save(Trial trial) {
    state.replace(trial);
    state.save();
  }

  private Trial progress(Trial before, TrialWatch watch, long begin) {
    return before.after(watch.scores(), seconds(begin), watch.tokens());
  }

  private double seconds(long begin) {
    return (nanos.getAsLong() - begin) / 1e9;
  }

  private double score(Evaluation evaluation) {
    return switch (settings.metric()) {
      case ACCURACY -> evaluation.accuracy();
      case MICRO_F1 -> evaluation.microF1();
      case MACRO_F1 -> evaluation.macroF1();
    };
  }

  /** Keeps on disk what can still be needed: checkpoints of open trials and the best model. */
  private void tidy() {
    state.replaceAll(plan.withDropped(state.trials()));
    state.save();
    int best = Plan.best(state.trials()).map(Trial::number).orElse(0);
    for (Trial trial : state.trials()) {
      boolean over = trial.ended() || trial.state() == Trial.State.DROPPED;
      if (over && trial.number() != best) {
        AtomicDirectory.delete(folder(trial));
      }
    }
  }

  private SearchResult export(Trial best, boolean complete, Path outDir, String command) {
    TrainingSettings bestSettings = proposals.settings(best.number());
    SearchReport report =
        new SearchReport(settings, state.trials(), best, complete, train.size(), eval.size());
    String text = report.text(command);
    Path model = folder(best).resolve("model");
    AtomicDirectory.replace(
        outDir,
        target -> {
          Folders.copy(model, target);
          Files.writeString(target.resolve(SearchReport.TEXT), text);
          Files.writeString(target.resolve(SearchReport.CSV), report.csv());
          Files.writeString(
              target.resolve(SearchReport.JSON),
              SearchState.json(state.trials()).toPrettyString() + "\n");
        });
    if (complete) {
      state.trials().forEach(trial -> AtomicDirectory.delete(folder(trial)));
      clear();
    }
    return new SearchResult(outDir, best, bestSettings, state.trials(), complete, text);
  }

  private void clear() {
    try {
      Files.deleteIfExists(workDir.resolve(SearchState.FILE));
      Files.deleteIfExists(workDir);
    } catch (DirectoryNotEmptyException e) {
      // Imported weights or files of someone else.
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + workDir + " cannot be cleared", e);
    }
  }

  private Path folder(Trial trial) {
    return workDir.resolve("trial-%04d".formatted(trial.number()));
  }

  /** What must be equal to go on with a search; the time, threads and device may change. */
  private Map<String, String> identity() {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("method", settings.method().key());
    identity.put("metric", settings.metric().key());
    if (settings.method() == SearchMethod.HALVING) {
      identity.put("reduction", Integer.toString(settings.reduction()));
      identity.put("trials", Integer.toString(settings.trials()));
    }
    settings.ranges().stream()
        .sorted(Comparator.comparing(SearchRange::name))
        .forEach(range -> identity.put("range " + range.name(), range.toString()));
    TrainingSettings neutral =
        settings.fixed().toBuilder()
            .threads(0)
            .device("auto")
            .checkpointSteps(0)
            .logSteps(1)
            .build();
    identity.put("settings", neutral.toString());
    identity.put("data", Fingerprint.of(train, eval));
    return identity;
  }
}
