package io.channelwise.bench.speed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.BenchmarkUnavailableException;
import io.channelwise.bench.dataset.Banking77;
import io.channelwise.bench.measure.Duel;
import io.channelwise.bench.measure.Machine;
import io.channelwise.bench.measure.PythonPeer;
import io.channelwise.bench.measure.Samples;
import io.channelwise.bench.measure.Table;
import io.channelwise.bert.BaseModels;
import io.channelwise.bert.Example;
import io.channelwise.bert.Precision;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The same fine-tune in our trainer and in Hugging Face Trainer, on one card, at the same
 * precision: batches of 32, as each pads by default, then with every text padded to 128 on both
 * sides. Ours trains the rows of the word embedding that the texts use, the Trainer all of them;
 * the default recipe is played once more against a Trainer whose model was cut to the same rows.
 * The head differs by one small layer: ours pools the mean, {@code transformers} the first token.
 *
 * <p>A run's speed is that of all its counted steps together: the Trainer waits for the card at
 * their two ends only; ours waits in each step by itself, when it reads loss and norm.
 */
public final class GpuBenchmark implements Benchmark {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double RATIO_MIN = 1;
  private static final int BATCH = 32;
  private static final int LENGTH = 128;
  private static final double GIBIBYTE = 1 << 30;

  /** How long a round is. */
  private record Size(int rounds, int warmUp, int steps) {
    static final Size ON_CARD = new Size(3, 50, 200);

    /** Enough to see that both sides run. */
    static final Size ON_CPU = new Size(1, 2, 4);
  }

  /**
   * What both do.
   *
   * @param padded whether every text is padded to the full length, else to the batch's longest
   * @param cut whether the Trainer has no other words than those in use
   */
  private record Recipe(boolean padded, boolean cut) {}

  private static final List<Recipe> RECIPES =
      List.of(new Recipe(false, false), new Recipe(false, true), new Recipe(true, false));

  @Override
  public String name() {
    return "gpu";
  }

  @Override
  public String what() {
    return "training on one CUDA card, fp32 and bf16, against Hugging Face Trainer";
  }

  @Override
  public String takes() {
    return "10 min on a card";
  }

  @Override
  public String repeats() {
    return Duel.plan(0, Size.ON_CARD.rounds()) + ", each after steps that do not count";
  }

  @Override
  public void run(BenchContext context) {
    boolean gpu = !context.device().equals("cpu");
    String card =
        gpu ? DeviceMemory.card() : "cpu, a check that both sides run: one round, few steps";
    List<Example> texts = Banking77.read(context).train();
    Path base = BaseModels.resolve(context.base("minilm"), context.baseModels());
    Path file = write(context, texts);
    Size size = gpu ? Size.ON_CARD : Size.ON_CPU;
    context.say("on %s, from %s", card, base.getFileName());
    try (PythonPeer peer =
        PythonPeer.start(
            "hf_trainer.py",
            context.work("peer"),
            Set.of("torch", "transformers", "accelerate"),
            Map.of(),
            List.of())) {
      Table table =
          new Table("run", "samples/s", "step p50, ms", "step p95, ms", "memory, GiB", "noise");
      // Least memory first: what a run leaves in its framework's cache counts in the next.
      List<Precision> precisions =
          gpu ? List.of(Precision.BF16, Precision.FP32) : List.of(Precision.FP32);
      DeviceMemory.Share ours = new DeviceMemory.Share();
      DeviceMemory.Share theirs = new DeviceMemory.Share();
      for (Precision precision : precisions) {
        for (Recipe recipe : RECIPES) {
          TrainingSettings settings =
              TrainingSettings.builder()
                  .base(base.toString())
                  .batchSize(BATCH)
                  .maxLength(LENGTH)
                  .padded(recipe.padded())
                  .precision(precision)
                  .device(gpu ? "gpu" : "cpu")
                  .seed(context.seed())
                  .build();
          new Match(context, settings, recipe, texts, file, peer, size, ours, theirs).play(table);
        }
      }
      context.say(table);
    }
  }

  /** One line of JSON a text, so that both sides read the same. */
  private static Path write(BenchContext context, List<Example> texts) {
    List<String> labels = List.copyOf(new TreeSet<>(texts.stream().map(Example::label).toList()));
    Path file = context.work("peer").resolve("texts.jsonl");
    List<String> lines = new ArrayList<>();
    try {
      for (Example text : texts) {
        lines.add(
            JSON.writeValueAsString(
                Map.of("text", text.text(), "label", labels.indexOf(text.label()))));
      }
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException("File " + file + " cannot be written", e);
    }
    return file;
  }

  /** One recipe, played in turns. */
  private static final class Match {
    private final BenchContext context;
    private final TrainingSettings settings;
    private final Recipe recipe;
    private final List<Example> texts;
    private final Path file;
    private final PythonPeer peer;
    private final Size size;
    private final DeviceMemory.Share ourShare;
    private final DeviceMemory.Share peerShare;
    private final List<Double> ourSteps = new ArrayList<>();
    private final List<Double> peerSteps = new ArrayList<>();
    private long ourBytes;
    private long peerBytes;
    private String peerVersion;

    Match(
        BenchContext context,
        TrainingSettings settings,
        Recipe recipe,
        List<Example> texts,
        Path file,
        PythonPeer peer,
        Size size,
        DeviceMemory.Share ourShare,
        DeviceMemory.Share peerShare) {
      this.context = context;
      this.settings = settings;
      this.recipe = recipe;
      this.texts = texts;
      this.file = file;
      this.peer = peer;
      this.size = size;
      this.ourShare = ourShare;
      this.peerShare = peerShare;
    }

    void play(Table table) {
      Duel duel = Duel.run(0, size.rounds(), this::ours, this::theirs);
      String run =
          settings.precision().key()
              + (recipe.padded() ? ", padded to " + LENGTH : ", padded to the longest");
      String peerRun = run + (recipe.cut() ? ", words in use" : ", all words");
      table.row(row("ours, " + run, duel.ours(), ourSteps, ourBytes));
      table.row(row("Trainer, " + peerRun, duel.peer(), peerSteps, peerBytes));
      context.say("to Trainer, %s (%s): ratio %s", peerRun, peerVersion, duel.shownRatio());
      String ratio = "ratio to Trainer, " + peerRun;
      if (onCard() && !recipe.cut()) {
        context.figures().atLeast(ratio, duel.ratio(), "", RATIO_MIN);
      } else {
        context.figures().tell(ratio, duel.ratio(), "");
      }
      context.figures().tell("samples/s beside " + peerRun, duel.ours().median(), "");
      context.figures().tell("samples/s of Trainer, " + peerRun, duel.peer().median(), "");
    }

    private double ours() {
      TrainingPace pace =
          watched(
              ourShare,
              () -> TrainingPace.measure(context, settings, texts, size.warmUp(), size.steps()));
      ourBytes = bytes(ourShare, ProcessHandle.current().pid());
      for (double step : pace.stepSeconds()) {
        ourSteps.add(step);
      }
      return pace.examplesPerSecond();
    }

    private double theirs() {
      JsonNode answer = watched(peerShare, this::askPeer);
      peerBytes = bytes(peerShare, peer.pid());
      peerVersion =
          "PyTorch %s, transformers %s, %s"
              .formatted(
                  answer.get("torch").asText(),
                  answer.get("transformers").asText(),
                  answer.get("device").asText());
      answer.get("step_seconds").forEach(step -> peerSteps.add(step.asDouble()));
      return BATCH * size.steps() / answer.get("seconds").asDouble();
    }

    private JsonNode askPeer() {
      try {
        String wish =
            JSON.writeValueAsString(
                Map.ofEntries(
                    Map.entry("model", settings.base()),
                    Map.entry("data", file.toString()),
                    Map.entry("classes", texts.stream().map(Example::label).distinct().count()),
                    Map.entry("batch_size", BATCH),
                    Map.entry("max_length", LENGTH),
                    Map.entry("padded", recipe.padded()),
                    Map.entry("cut", recipe.cut()),
                    Map.entry("learning_rate", settings.learningRate()),
                    Map.entry("warm_up", size.warmUp()),
                    Map.entry("steps", size.steps()),
                    Map.entry("precision", settings.precision().key()),
                    Map.entry("seed", settings.seed()),
                    Map.entry("device", settings.device())));
        return JSON.readTree(peer.ask(wish));
      } catch (JsonProcessingException e) {
        throw new BenchmarkUnavailableException(
            "The peer hf_trainer.py answered no JSON: " + e.getOriginalMessage());
      }
    }

    private <T> T watched(DeviceMemory.Share share, Supplier<T> work) {
      return onCard() ? share.during(work) : work.get();
    }

    /** On the card what the driver counts, else what the process holds in RAM now. */
    private long bytes(DeviceMemory.Share share, long pid) {
      return onCard() ? share.mostBytes() : Machine.residentBytes(pid);
    }

    private boolean onCard() {
      return settings.device().equals("gpu");
    }

    private static String[] row(String run, Samples rounds, List<Double> seconds, long bytes) {
      Samples steps = new Samples(seconds.stream().mapToDouble(s -> 1000 * s).toArray());
      return new String[] {
        run,
        String.format(Locale.ROOT, "%.0f", rounds.median()),
        String.format(Locale.ROOT, "%.1f", steps.median()),
        String.format(Locale.ROOT, "%.1f", steps.p95()),
        String.format(Locale.ROOT, "%.2f", bytes / GIBIBYTE),
        String.format(Locale.ROOT, "%.1f %%", 100 * rounds.spread())
      };
    }
  }
}
