package io.channelwise.bert.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Example;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.Task;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.internal.files.Pooling;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is checked before a training, and what one that fails at its start leaves. */
class FineTuningTest {
  @TempDir Path folder;

  private static final Variation KEEPS_HEAD =
      new Variation() {
        @Override
        public boolean keepsHead() {
          return true;
        }
      };

  private static TrainingSettings settings(Task task, Path base) {
    return TrainingSettings.builder()
        .task(task)
        .base(base.toString())
        .epochs(1)
        .threads(1)
        .device("cpu")
        .build();
  }

  private FineTuning.Prepared prepare(
      TrainingSettings settings, List<Example> train, List<Example> eval) {
    return FineTuning.prepare(
        settings,
        train,
        eval,
        folder.resolve("work"),
        folder.resolve("out"),
        folder.resolve("bases"),
        KEEPS_HEAD);
  }

  private static List<Example> examples(String... labels) {
    List<Example> result = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      result.add(new Example("text " + i, labels[i % labels.length]));
    }
    return result;
  }

  @Test
  void shouldRefuseRandomWeights_whenATrainedHeadIsKept() {
    Path model = TestModels.tiny(Task.SEQUENCE, Pooling.MEAN, 2);
    TrainingSettings scratch = settings(Task.SEQUENCE, model).toBuilder().fromScratch(true).build();
    assertThatThrownBy(() -> prepare(scratch, examples("a", "b"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("From scratch cannot be combined");
  }

  @Test
  void shouldJudgeOnLabelsOfTheModel_whenTheTrainingDataLacksThem() {
    Path model = TestModels.tiny(Task.SEQUENCE, Pooling.MEAN, 3);
    FineTuning.Prepared prepared =
        prepare(settings(Task.SEQUENCE, model), examples("a", "b"), examples("c"));
    assertThat(prepared.data().labels()).containsExactly("a", "b", "c");
    assertThatThrownBy(
            () -> prepare(settings(Task.SEQUENCE, model), examples("a", "b"), examples("d")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("does not know: [d]");
  }

  /** A tagger of single words may have no I- at all. */
  @Test
  void shouldAskTheModelForTagsOfTheDataOnly_whenItsHeadIsKept() {
    List<Example> sentences = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      sentences.add(Example.tagged(List.of("Ann", "left"), List.of("B-PER", "O")));
    }
    assertThat(LabelCheck.foundIn(Task.TOKENS, sentences, List.of())).containsExactly("B-PER", "O");
    assertThat(LabelCheck.labels(Task.TOKENS, sentences, List.of()))
        .containsExactly("O", "B-PER", "I-PER");
  }

  @Test
  void shouldRefusePairs_whenTheBaseKnowsOneTextOnly_whateverTheTask() throws IOException {
    Path base = Files.createDirectory(folder.resolve("base"));
    for (String file : List.of("tokenizer.json", "model.safetensors")) {
      Files.copy(TestModels.tiny().resolve(file), base.resolve(file));
    }
    String config = Files.readString(TestModels.tiny().resolve("config.json"));
    Files.writeString(
        base.resolve("config.json"),
        config.replaceFirst("\"type_vocab_size\" *: *2", "\"type_vocab_size\" : 1"));
    List<Example> pairs = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      pairs.add(new Example(List.of("one", "two"), List.of(i % 2 == 0 ? "a" : "b")));
    }
    assertThatThrownBy(() -> train(settings(Task.MULTI_LABEL, base), pairs))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("type_vocab_size is 1; a pair needs 2");
  }

  /** A model's memory is none of Java's: nobody would ever collect it. */
  @Test
  void shouldHoldNoMemory_whenItFailsAtItsStart() throws Exception {
    Path base = TestModels.tiny();
    List<Example> examples = examples("a", "b");
    TrainingSettings saving =
        settings(Task.SEQUENCE, base).toBuilder().batchSize(2).checkpointSteps(1).build();
    assertThatThrownBy(
            () ->
                train(
                    saving,
                    examples,
                    new TrainingListener() {
                      @Override
                      public void onStep(StepReport report) {
                        if (report.step() == 2) {
                          throw new IllegalStateException("killed");
                        }
                      }
                    }))
        .hasMessage("killed");
    Path tensors = folder.resolve("work/checkpoint-0000000001/state.safetensors");
    byte[] bytes = Files.readAllBytes(tensors);
    Files.write(tensors, Arrays.copyOf(bytes, bytes.length / 2));
    int before = managers();
    assertThatThrownBy(() -> train(saving, examples)).isInstanceOf(RuntimeException.class);
    assertThat(managers()).isEqualTo(before);
  }

  private void train(TrainingSettings settings, List<Example> examples) {
    train(settings, examples, TrainingListener.NONE);
  }

  private void train(TrainingSettings settings, List<Example> examples, TrainingListener listener) {
    FineTuner.train(
        settings, examples, List.of(), folder.resolve("work"), folder.resolve("out"), listener);
  }

  /** Managers that nobody has closed. */
  private static int managers() throws ReflectiveOperationException {
    Field resources = BaseNDManager.class.getDeclaredField("resources");
    resources.setAccessible(true);
    try (NDManager manager = Torch.manager(Device.cpu())) {
      return ((Map<?, ?>) resources.get(manager.getParentManager())).size();
    }
  }
}
