package io.channelwise.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.compression.CompressionReport;
import io.channelwise.bert.compression.DistillationSettings;
import io.channelwise.bert.compression.Distiller;
import io.channelwise.bert.compression.Pruner;
import io.channelwise.bert.compression.PruningSettings;
import io.channelwise.bert.compression.PruningSettings.Kind;
import io.channelwise.bert.evaluation.Evaluator;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.SafetensorsWriter;
import io.channelwise.bert.internal.files.TensorFiles;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.StepReport;
import io.channelwise.bert.training.TrainingCancelledException;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressionTest {
  @TempDir static Path models;
  @TempDir Path folder;

  private static final List<Example> TEXTS = texts();
  private static Path teacher;

  private static List<Example> texts() {
    List<Example> result = new ArrayList<>();
    for (String ending : List.of("please", "now", "today")) {
      for (String thing : List.of("invoice", "payment", "charge", "bill")) {
        result.add(new Example("Correct my " + thing + " " + ending, "billing"));
      }
      for (String thing : List.of("password", "key", "account", "login")) {
        result.add(new Example("Reset my " + thing + " " + ending, "access"));
      }
    }
    return result;
  }

  private static TrainingSettings training() {
    return TrainingSettings.builder()
        .base(TestModels.tiny().toString())
        .epochs(4)
        .batchSize(6)
        .learningRate(2e-3)
        .threads(1)
        .device("cpu")
        .build();
  }

  @BeforeAll
  static void trainTheTeacher() {
    teacher = models.resolve("teacher");
    FineTuner.train(
        training(), TEXTS, TEXTS, models.resolve("work"), teacher, TrainingListener.NONE);
    assertThat(Evaluator.evaluate(teacher, TEXTS).accuracy()).isEqualTo(1);
  }

  @Test
  void shouldTeachAStudentOfHalfTheLayers_andReportBoth() throws IOException {
    Path out = folder.resolve("student");
    CompressionReport report =
        Distiller.distill(
            new DistillationSettings(1, 2, 0.5, training()),
            teacher,
            TEXTS.subList(0, 20),
            List.of(List.of("My bill is too high"), List.of("The login is lost")),
            TEXTS,
            folder.resolve("work"),
            out,
            TrainingListener.NONE);

    assertThat(BertConfig.readClassifier(out).layers()).isEqualTo(1);
    assertThat(Evaluator.evaluate(out, TEXTS).accuracy())
        .isEqualTo(report.models().get(1).accuracy())
        .isGreaterThan(0.9);
    assertThat(folder.resolve("work")).doesNotExist();
    assertThat(out.resolve("model-card.md"))
        .content()
        .contains(teacher.toString())
        .doesNotContain("distillation");
    CompressionReport.Row before = report.models().get(0);
    CompressionReport.Row after = report.models().get(1);
    assertThat(after.bytes()).isEqualTo(Files.size(out.resolve("model.safetensors")));
    // One layer of hidden 32 and 64 neurons: 4 (32 * 32 + 32) + 2 * 32 * 64 + 64 + 32 + 4 * 32.
    assertThat(before.parameters() - after.parameters()).isEqualTo(4 * 1056 + 4096 + 96 + 128);
    assertThat(after.textsPerSecond()).isPositive();
    assertThat(out.resolve("compression.txt"))
        .content()
        .contains("layers [0] (from 0)")
        .contains("2 unlabelled texts");
    assertThat(Files.readAllLines(out.resolve("compression.csv")))
        .hasSize(3)
        .satisfies(lines -> assertThat(lines.get(2)).startsWith("\"student, 1 layers\","))
        .first()
        .asString()
        .contains(",accuracy,micro_f1,macro_f1,");
  }

  @Test
  void shouldGiveTheSameStudent_whenStoppedAndResumed() throws IOException {
    Path unbroken = distill("unbroken", TrainingListener.NONE);
    int[] steps = {0};
    TrainingListener stopping =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            steps[0]++;
          }

          @Override
          public boolean isCancelled() {
            return steps[0] >= 5;
          }
        };
    assertThatThrownBy(() -> distill("broken", stopping))
        .isInstanceOf(TrainingCancelledException.class);
    assertThat(Distiller.hasCheckpoint(folder.resolve("broken.work"))).isTrue();
    Path resumed = distill("broken", TrainingListener.NONE);
    assertThat(resumed.resolve("model.safetensors"))
        .hasSameBinaryContentAs(unbroken.resolve("model.safetensors"));
  }

  @Test
  void shouldLeaveNoWorkFolder_whenTheDataAreRefused() {
    Path work = folder.resolve("work");
    Path out = folder.resolve("out");
    List<Example> unknown = List.of(new Example("It rains", "weather"));
    assertThatThrownBy(
            () ->
                Distiller.distill(
                    new DistillationSettings(1, 2, 0.5, training()),
                    teacher,
                    unknown,
                    List.of(),
                    List.of(),
                    work,
                    out,
                    TrainingListener.NONE))
        .isInstanceOf(DatasetException.class);
    assertThat(work).doesNotExist();
    TrainingSettings nowhere = training().toBuilder().base("no-such-model").build();
    assertThatThrownBy(
            () ->
                FineTuner.train(
                    nowhere, TEXTS, List.of(), work, out, folder, TrainingListener.NONE))
        .isInstanceOf(BertException.class);
    assertThat(work).doesNotExist();
    PruningSettings weights = new PruningSettings(Kind.WEIGHTS, List.of(0.5), 8, 0, training());
    assertThatThrownBy(
            () ->
                Pruner.prune(
                    weights, teacher, unknown, List.of(), work, out, TrainingListener.NONE))
        .isInstanceOf(DatasetException.class);
    assertThat(work).doesNotExist();
  }

  private Path distill(String name, TrainingListener listener) {
    Path out = folder.resolve(name);
    Distiller.distill(
        new DistillationSettings(1, 2, 0, training()),
        teacher,
        TEXTS,
        List.of(),
        List.of(),
        folder.resolve(name + ".work"),
        out,
        listener);
    return out;
  }

  @Test
  void shouldTakeAModelInShards() throws IOException {
    Path sharded = Files.createDirectory(folder.resolve("sharded"));
    Map<String, String> shardOf = new TreeMap<>();
    try (TensorFiles files = TensorFiles.open(teacher)) {
      List<Map<String, HostTensor>> shards = List.of(new TreeMap<>(), new TreeMap<>());
      for (String name : files.names()) {
        int shard = shardOf.size() % 2;
        shards.get(shard).put(name, files.read(name));
        shardOf.put(name, "part-" + shard + ".safetensors");
      }
      for (int i = 0; i < 2; i++) {
        Path file = sharded.resolve("part-" + i + ".safetensors");
        SafetensorsWriter.write(file, shards.get(i), Map.of("format", "pt"));
      }
    }
    new ObjectMapper()
        .writeValue(
            sharded.resolve(TensorFiles.INDEX_FILE).toFile(), Map.of("weight_map", shardOf));
    for (String name : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
      Files.copy(teacher.resolve(name), sharded.resolve(name));
    }

    CompressionReport pruned =
        Pruner.prune(
            new PruningSettings(Kind.WEIGHTS, List.of(0.1), 16, 0, training()),
            sharded,
            TEXTS,
            TEXTS,
            folder.resolve("w1"),
            folder.resolve("pruned"),
            TrainingListener.NONE);
    assertThat(pruned.models().get(0).bytes())
        .isEqualTo(
            Files.size(sharded.resolve("part-0.safetensors"))
                + Files.size(sharded.resolve("part-1.safetensors")));
    assertThat(pruned.models().get(0).zippedBytes()).isPositive();
    CompressionReport student =
        Distiller.distill(
            new DistillationSettings(1, 2, 0.5, training().toBuilder().epochs(1).build()),
            sharded,
            TEXTS,
            List.of(),
            List.of(),
            folder.resolve("w2"),
            folder.resolve("small"),
            TrainingListener.NONE);
    assertThat(student.models().get(0).accuracy()).isEqualTo(1);
  }

  @Test
  void shouldMakeSmallerModels_whenNeuronsGo() throws IOException {
    Path out = folder.resolve("narrow");
    CompressionReport report = prune(Kind.NEURONS, List.of(0.0, 0.5), 0, out);

    assertThat(BertConfig.read(out.resolve("neurons-0.5")).intermediateSize()).isEqualTo(32);
    // Nothing removed: the same answers. Half removed: 2 layers lose 32 rows and columns of 32.
    assertThat(report.models().get(1).accuracy()).isEqualTo(1);
    assertThat(report.models().get(0).parameters() - report.models().get(2).parameters())
        .isEqualTo(2 * 32 * (32 + 32 + 1));
    assertThat(report.models())
        .extracting(CompressionReport.Row::name)
        .containsExactly("original", "neurons-0.0", "neurons-0.5");
    assertThat(report.models().get(2).zeros()).isEqualTo(report.models().get(0).zeros());
    try (Classifier whole = Classifier.load(teacher);
        Classifier same = Classifier.load(out.resolve("neurons-0.0"))) {
      assertThat(same.predict(List.of("my bill"))).isEqualTo(whole.predict(List.of("my bill")));
    }
    assertThat(folder.resolve("narrow.work")).doesNotExist();
  }

  @Test
  void shouldKeepZerosAtZero_whenTrainedAfterThePruning() throws IOException {
    Path out = folder.resolve("sparse");
    CompressionReport report = prune(Kind.WEIGHTS, List.of(0.6), 2, out);
    CompressionReport.Row before = report.models().get(0);
    CompressionReport.Row after = report.models().get(1);

    // 60 % of the matrices of two layers: 4 of 32 x 32 and 2 of 32 x 64 each, rounded one by one.
    long zeros = 2 * (4 * Math.round(0.6 * 1024) + 2 * Math.round(0.6 * 2048));
    assertThat(after.zeros() - before.zeros()).isEqualTo(zeros);
    assertThat(after.parameters()).isEqualTo(before.parameters());
    assertThat(after.bytes()).isEqualTo(before.bytes());
    assertThat(after.zippedBytes()).isLessThan(before.zippedBytes());
    assertThat(after.accuracy()).isEqualTo(1);
    assertThat(out.resolve("compression.txt"))
        .content()
        .contains("answers take as long as before")
        .contains("trained 2 epochs after the pruning");
  }

  @Test
  void shouldSilenceHeads_andSayThatTheyKeepTheirPlace() {
    Path out = folder.resolve("quiet");
    CompressionReport report = prune(Kind.HEADS, List.of(0.25), 0, out);
    // Two of eight heads: 8 rows of three matrices of 32 and their biases, 8 columns of a fourth.
    assertThat(report.models().get(1).zeros() - report.models().get(0).zeros())
        .isBetween(2L * 4 * 8 * 32, 2L * (4 * 8 * 32 + 3 * 8));
    assertThat(report.text()).contains("silenced heads keep their place as zeros");
    assertThat(Evaluator.evaluate(out, TEXTS).accuracy())
        .isEqualTo(report.models().get(1).accuracy());
  }

  private CompressionReport prune(Kind kind, List<Double> amounts, int epochs, Path out) {
    return Pruner.prune(
        new PruningSettings(kind, amounts, 16, epochs, training()),
        teacher,
        TEXTS,
        TEXTS,
        folder.resolve(out.getFileName() + ".work"),
        out,
        TrainingListener.NONE);
  }

  @Test
  void shouldSayWhatIsWrong_beforeAnythingIsTrained() {
    List<Example> others = List.of(new Example("It rains", "weather"));
    assertThatThrownBy(
            () ->
                Pruner.prune(
                    new PruningSettings(Kind.HEADS, List.of(0.1), 16, 0, training()),
                    teacher,
                    others,
                    List.of(),
                    folder,
                    folder.resolve("out"),
                    TrainingListener.NONE))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("does not know: [weather]");
    assertThatThrownBy(() -> new PruningSettings(Kind.HEADS, List.of(1.0), 16, 0, training()))
        .hasMessage("amount is 1.0; expected a share from 0 to below 1.");
    TrainingSettings lora = training().toBuilder().loraRank(4).build();
    assertThatThrownBy(() -> new PruningSettings(Kind.WEIGHTS, List.of(0.5), 16, 1, lora))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LoRA rank 4: its updates would fill the zeros again");
    TrainingSettings scratch = training().toBuilder().fromScratch(true).build();
    assertThatThrownBy(() -> new PruningSettings(Kind.NEURONS, List.of(0.5), 16, 1, scratch))
        .hasMessageContaining("from scratch");
    assertThatThrownBy(
            () ->
                Distiller.distill(
                    new DistillationSettings(1, 2, 0.5, scratch),
                    teacher,
                    TEXTS,
                    List.of(),
                    List.of(),
                    folder.resolve("w"),
                    folder.resolve("out"),
                    TrainingListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("From scratch cannot be combined");
    assertThatThrownBy(() -> new DistillationSettings(2, 0, 0.5, training()))
        .hasMessageContaining("temperature is 0.0");
    assertThatThrownBy(
            () ->
                Distiller.distill(
                    new DistillationSettings(3, 2, 0.5, training()),
                    teacher,
                    TEXTS,
                    List.of(),
                    List.of(),
                    folder.resolve("w"),
                    folder.resolve("out"),
                    TrainingListener.NONE))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("A student of 3 layers cannot be taken from a teacher of 2");
  }

  @Test
  void shouldDistilAndPruneATagger_whenWordsAreTagged() {
    List<Example> sentences = new ArrayList<>();
    for (String name : List.of("Anna", "Bob", "Carl", "Dora", "Emil", "Frida")) {
      sentences.add(Example.tagged(List.of(name, "lives", "here"), List.of("B-PER", "O", "O")));
      sentences.add(Example.tagged(List.of("we", "saw", name), List.of("O", "O", "B-PER")));
    }
    TrainingSettings tagging = training().toBuilder().task(Task.TOKENS).epochs(8).build();
    Path tagger = folder.resolve("tagger");
    FineTuner.train(
        tagging, sentences, List.of(), folder.resolve("w"), tagger, TrainingListener.NONE);
    CompressionReport student =
        Distiller.distill(
            new DistillationSettings(1, 2, 0.5, tagging),
            tagger,
            sentences,
            List.of(),
            sentences,
            folder.resolve("w1"),
            folder.resolve("small"),
            TrainingListener.NONE);
    assertThat(student.models().get(1).accuracy()).isBetween(0.6, 1.0);
    double entityF1 = Evaluator.evaluate(tagger, sentences).microF1();
    assertThat(student.models().get(0).microF1()).isEqualTo(entityF1);
    assertThat(student.text())
        .contains(
            String.format(
                Locale.ROOT,
                "Micro F1 %.4f instead of %.4f",
                student.models().get(1).microF1(),
                entityF1));
    CompressionReport narrow =
        Pruner.prune(
            new PruningSettings(Kind.NEURONS, List.of(0.5), 8, 1, tagging),
            tagger,
            sentences,
            sentences,
            folder.resolve("w2"),
            folder.resolve("narrow"),
            TrainingListener.NONE);
    assertThat(narrow.models().get(1).examples()).isEqualTo(12);
    assertThat(BertConfig.readClassifier(folder.resolve("narrow")).task()).isEqualTo(Task.TOKENS);
  }
}
