package io.channelwise.bert.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.BertException;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.evaluation.Evaluator;
import io.channelwise.bert.internal.search.SearchRun;
import io.channelwise.bert.search.SearchSettings.Metric;
import io.channelwise.bert.search.Trial.State;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingDivergedException;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HyperparameterSearchTest {
  @TempDir Path folder;

  private static final List<Example> TRAIN = texts("please", "now");
  private static final List<Example> EVAL = texts("today");

  private static List<Example> texts(String... endings) {
    List<Example> result = new ArrayList<>();
    for (String ending : endings) {
      for (String thing : List.of("invoice", "payment", "charge", "bill")) {
        result.add(new Example("Correct my " + thing + " " + ending, "billing"));
      }
      for (String thing : List.of("password", "key", "account", "login")) {
        result.add(new Example("Reset my " + thing + " " + ending, "access"));
      }
    }
    return result;
  }

  private static SearchSettings settings(SearchMethod method, int trials, String... ranges) {
    TrainingSettings fixed =
        TrainingSettings.builder()
            .base(TestModels.tiny().toString())
            .batchSize(4)
            .epochs(3)
            .threads(1)
            .device("cpu")
            .build();
    List<SearchRange> given =
        new ArrayList<>(List.of(ranges).stream().map(SearchRange::parse).toList());
    given.add(SearchRange.parse("batch-size=4,8"));
    return SearchSettings.of(fixed, method, trials, Duration.ofHours(1), given);
  }

  private SearchResult search(SearchSettings settings, String name, SearchListener listener) {
    return HyperparameterSearch.run(
        settings,
        TRAIN,
        EVAL,
        folder.resolve(name + ".work"),
        folder.resolve(name),
        folder.resolve("base-models"),
        "./channelwise train --base tiny",
        listener);
  }

  @Test
  void shouldGiveTheBestTrialsModel_asTrainingItAloneDoes() throws IOException {
    SearchResult result = search(settings(SearchMethod.HALVING, 3), "halving", SearchListener.NONE);

    assertThat(result.complete()).isTrue();
    assertThat(result.trials())
        .extracting(Trial::state)
        .containsExactlyInAnyOrder(State.FINISHED, State.DROPPED, State.DROPPED);
    // Paused at one epoch, gone on to three; the dropped ones were stopped at the rung.
    assertThat(result.trials()).extracting(t -> t.scores().size()).containsOnlyOnce(3);
    assertThat(result.best().tokens()).isPositive();
    FineTuner.train(
        result.settings(),
        TRAIN,
        EVAL,
        folder.resolve("alone.work"),
        folder.resolve("alone"),
        TrainingListener.NONE);
    assertThat(result.model().resolve("model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("alone/model.safetensors"));
    assertThat(folder.resolve("halving.work")).doesNotExist();
    assertThat(result.model().resolve("search.txt"))
        .content()
        .contains("./channelwise train --base tiny --learning-rate ")
        .contains("2 were dropped")
        .contains("judge the model on others");
    assertThat(Files.readAllLines(result.model().resolve("trials.csv")))
        .hasSize(4)
        .first()
        .asString()
        .startsWith("trial,state,score,epochs_done,epochs,seconds,tokens,learning_rate");
    JsonNode trials = new ObjectMapper().readTree(result.model().resolve("trials.json").toFile());
    assertThat(trials.get(0).path("values").path("learning-rate").asDouble()).isBetween(1e-5, 3e-4);
  }

  @Test
  void shouldGiveTheSameAnswer_whenStoppedInTheMiddleAndResumed() throws IOException {
    SearchSettings settings = settings(SearchMethod.HALVING, 3);
    SearchResult unbroken = search(settings, "unbroken", SearchListener.NONE);

    Counting stopping = new Counting(7);
    assertThatThrownBy(() -> search(settings, "broken", stopping))
        .isInstanceOf(TrainingCancelledException.class)
        .hasMessageContaining("The search was cancelled in trial");
    assertThat(HyperparameterSearch.hasState(folder.resolve("broken.work"))).isTrue();
    Counting going = new Counting(Integer.MAX_VALUE);
    SearchResult resumed = search(settings, "broken", going);

    assertThat(resumed.best().values()).isEqualTo(unbroken.best().values());
    assertThat(resumed.trials())
        .extracting(Trial::scores)
        .isEqualTo(unbroken.trials().stream().map(Trial::scores).toList());
    assertThat(resumed.model().resolve("model.safetensors"))
        .hasSameBinaryContentAs(unbroken.model().resolve("model.safetensors"));
    // Nothing is trained twice: the steps of both sessions are those of the unbroken search.
    Counting whole = new Counting(Integer.MAX_VALUE);
    search(settings, "counted", whole);
    assertThat(stopping.steps + going.steps).isEqualTo(whole.steps);
  }

  @Test
  void shouldGoOnWithMoreTrials_whenRandom() {
    SearchSettings four = settings(SearchMethod.RANDOM, 4, "epochs=1");
    SearchSettings two = settings(SearchMethod.RANDOM, 2, "epochs=1");
    SearchResult few = search(two, "two", SearchListener.NONE);
    SearchResult many = search(four, "four", SearchListener.NONE);
    assertThat(many.trials().subList(0, 2))
        .extracting(Trial::scores)
        .isEqualTo(few.trials().stream().map(Trial::scores).toList());
    assertThat(many.best().score()).isGreaterThanOrEqualTo(few.best().score());
  }

  @Test
  void shouldEndWithAModel_whenTheTimeIsTooShort() {
    // A clock of its own: every look at it costs a second.
    AtomicLong clock = new AtomicLong();
    SearchSettings hour = settings(SearchMethod.HALVING, 3);
    SearchSettings short1 =
        new SearchSettings(
            hour.fixed(),
            hour.method(),
            3,
            Duration.ofSeconds(5),
            hour.ranges(),
            hour.metric(),
            hour.reduction());
    Path work = folder.resolve("work");
    SearchResult result =
        new SearchRun(
                short1,
                TRAIN,
                EVAL,
                work,
                folder.resolve("base-models"),
                SearchListener.NONE,
                () -> clock.addAndGet(1_000_000_000L))
            .run(folder.resolve("short"), "train");
    assertThat(result.complete()).isFalse();
    assertThat(result.trials()).extracting(Trial::state).contains(State.FINISHED);
    assertThat(result.report()).contains("The time of 5 s ended before the plan did");
    assertThat(folder.resolve("short/model.safetensors")).exists();

    // With more time the rest of the plan is done, and the answer is the one of an unbroken search.
    SearchResult longer =
        HyperparameterSearch.run(
            hour,
            TRAIN,
            EVAL,
            work,
            folder.resolve("short"),
            folder.resolve("base-models"),
            "train",
            SearchListener.NONE);
    assertThat(longer.complete()).isTrue();
    assertThat(longer.trials()).allMatch(trial -> !trial.scores().isEmpty());
  }

  @Test
  void shouldRecordADivergedTrial_andGoOn() {
    SearchSettings settings =
        settings(SearchMethod.RANDOM, 2, "learning-rate=1", "epochs=60", "dropout=0.9", "warmup=0");
    assertThatThrownBy(() -> search(settings, "wild", SearchListener.NONE))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("All 2 trials diverged");
  }

  @Test
  void shouldEndWithAModel_whenTheTrialsThatWentOnDivergeLate() {
    SearchSettings settings = settings(SearchMethod.HALVING, 3);
    SearchListener wild =
        new SearchListener() {
          private int first;
          private int trial;

          @Override
          public void onTrialStart(Trial started, int epochs) {
            trial = started.number();
            first = first == 0 && epochs == 3 ? trial : first;
          }

          @Override
          public void onStep(StepReport report) {
            if (trial == first) {
              throw new TrainingDivergedException("The loss ran away");
            }
          }
        };
    SearchResult result = search(settings, "late", wild);

    assertThat(result.trials())
        .extracting(Trial::state)
        .containsExactlyInAnyOrder(State.DIVERGED, State.FINISHED, State.DROPPED);
    assertThat(result.best().scores()).hasSize(3);
    assertThat(result.complete()).isTrue();
    assertThat(result.model().resolve("model.safetensors")).exists();
  }

  @Test
  void shouldJudgeBySetsAndEntities_andKeepTheAdapter_whenWordsAreTagged() throws IOException {
    List<Example> sentences = new ArrayList<>();
    for (String name : List.of("Anna", "Bob", "Carl", "Dora", "Emil", "Frida")) {
      sentences.add(Example.tagged(List.of(name, "lives", "here"), List.of("B-PER", "O", "O")));
      sentences.add(Example.tagged(List.of("we", "saw", name), List.of("O", "O", "B-PER")));
    }
    TrainingSettings fixed =
        settings(SearchMethod.RANDOM, 1).fixed().toBuilder().task(Task.TOKENS).loraRank(2).build();
    SearchSettings settings =
        SearchSettings.of(
            fixed,
            SearchMethod.RANDOM,
            1,
            Duration.ofHours(1),
            List.of(SearchRange.parse("learning-rate=3e-3"), SearchRange.parse("epochs=6")));
    SearchResult result =
        HyperparameterSearch.run(
            settings,
            sentences,
            sentences,
            folder.resolve("tags.work"),
            folder.resolve("tags"),
            folder.resolve("base-models"),
            "train",
            SearchListener.NONE);

    Evaluation evaluation = Evaluator.evaluate(result.model(), sentences);
    assertThat(settings.metric()).isEqualTo(Metric.MICRO_F1);
    assertThat(result.best().score()).isEqualTo(evaluation.microF1());
    assertThat(result.best().scores().get(5)).isEqualTo(evaluation.microF1());
    assertThat(evaluation.microF1()).isNotEqualTo(evaluation.accuracy());
    assertThat(result.model().resolve("adapter/adapter_model.safetensors")).exists();
    for (Task task : Task.values()) {
      assertThat(Metric.of(task) == Metric.MICRO_F1)
          .isEqualTo(task == Task.MULTI_LABEL || task == Task.TOKENS);
    }
  }

  @Test
  void shouldRefuse_whenTheWorkFolderIsOfAnotherSearchOrNothingJudges() {
    SearchSettings settings = settings(SearchMethod.RANDOM, 2, "epochs=1");
    assertThatThrownBy(() -> search(settings, "x", new Counting(1)))
        .isInstanceOf(TrainingCancelledException.class);
    assertThatThrownBy(
            () -> search(settings(SearchMethod.RANDOM, 2, "epochs=2"), "x", SearchListener.NONE))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("range epochs was epochs=1 and is epochs=2");
    assertThatThrownBy(
            () ->
                HyperparameterSearch.run(
                    settings, TRAIN, List.of(), folder, folder, folder, "", SearchListener.NONE))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("give evaluation data");
  }

  /** Cancels after so many steps. */
  private static final class Counting implements SearchListener {
    private final int last;
    private int steps;

    Counting(int last) {
      this.last = last;
    }

    @Override
    public void onStep(StepReport report) {
      steps++;
    }

    @Override
    public boolean isCancelled() {
      return steps >= last;
    }
  }
}
