package io.channelwise.launcher.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bench.BenchContext;
import io.channelwise.bench.Benchmark;
import io.channelwise.bench.BenchmarkUnavailableException;
import io.channelwise.bench.Benchmarks;
import io.channelwise.bench.Figures;
import io.channelwise.bench.measure.Machine;
import io.channelwise.bench.measure.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs benchmarks by name, or lists them. */
@Command(
    name = "bench",
    sortOptions = false,
    description = {
      "Measure quality or speed against a named peer in the same run or a published figure.",
      "Without a name, list what there is and how long it takes. Ends with 0 when every bar is met, 1"
          + " when one is missed, 2 when it cannot run."
    },
    footer = {"", "Example:", "  ./channelwise bench banking77 --json banking77.json"})
public final class BenchCommand extends ModelCommand {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Benchmarks to run, in order.")
  private List<String> names = List.of();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the data sets. Default: ../shared/data beside the project.")
  private Path data;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file.")
  private Path json;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Folder for models. Default: channelwise-bench in the temporary folder.")
  private Path work = Path.of(System.getProperty("java.io.tmpdir"), "channelwise-bench");

  @Option(names = "--full", description = "Take all the time that a thorough answer needs.")
  private boolean full;

  @Option(
      names = "--seed",
      defaultValue = "42",
      paramLabel = "NUMBER",
      description = "Of everything random. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "auto|cpu|gpu",
      description = "Where to run, where a benchmark can choose. Default: ${DEFAULT-VALUE}.")
  private String device;

  @Option(
      names = "--base",
      paramLabel = "NAME|DIR",
      description = "Other base weights, where a benchmark can choose: gpu, training-speed.")
  private String base;

  private final Map<String, Figures> results = new LinkedHashMap<>();
  private final List<String> unavailable = new ArrayList<>();

  @Override
  public Integer call() {
    int code = super.call();
    if (code != DONE || !unavailable.isEmpty()) {
      return code == DONE ? USER_MISTAKE : code;
    }
    return results.values().stream().allMatch(Figures::met) ? DONE : FAILED;
  }

  @Override
  void run() {
    DeviceOptions.requireKnown(device);
    if (names.isEmpty()) {
      list();
      return;
    }
    List<Benchmark> chosen = names.stream().map(BenchCommand::named).toList();
    out().println(Machine.line());
    for (Benchmark benchmark : chosen) {
      run(benchmark);
    }
    writeJson();
  }

  private void list() {
    Table table = new Table("name", "on two processors", "measures");
    Benchmarks.all()
        .forEach(benchmark -> table.row(benchmark.name(), benchmark.takes(), benchmark.what()));
    out().print(table.text());
  }

  private static Benchmark named(String name) {
    return Benchmarks.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No benchmark is called %s; there are %s."
                        .formatted(
                            name,
                            String.join(
                                ", ", Benchmarks.all().stream().map(Benchmark::name).toList()))));
  }

  private void run(Benchmark benchmark) {
    out().printf("%n%s: %s%n", benchmark.name(), benchmark.what());
    out().printf("seed %d%s; %s%n", seed, full ? ", --full" : "", benchmark.repeats());
    out().flush();
    BenchContext context =
        new BenchContext(
            new BenchContext.Options(
                dataFolder(),
                work.resolve(benchmark.name()),
                baseModels(),
                full,
                seed,
                device,
                base),
            out());
    try {
      benchmark.run(context);
    } catch (BenchmarkUnavailableException e) {
      unavailable.add(benchmark.name());
      err().println("channelwise bench " + benchmark.name() + ": " + e.getMessage());
      err().flush();
      return;
    }
    results.put(benchmark.name(), context.figures());
    out().println();
    context.say(context.figures().table());
  }

  private Path dataFolder() {
    return data != null
        ? data
        : Path.of(System.getProperty("channelwise.home", "")).resolve("../shared/data");
  }

  private void writeJson() {
    if (json == null || results.isEmpty()) {
      return;
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("machine", Machine.facts());
    content.put("seed", seed);
    content.put("full", full);
    results.forEach((name, figures) -> content.put(name, figures.list()));
    try {
      Files.writeString(
          json, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("File " + json + " cannot be written", e);
    }
  }
}
