package io.channelwise.launcher.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.bench.Benchmark;
import io.channelwise.bench.Benchmarks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldListEveryBenchmark_whenNoneIsNamed() {
    assertThat(run()).isZero();

    assertThat(out.toString().lines()).hasSize(2 + Benchmarks.all().size());
    for (Benchmark benchmark : Benchmarks.all()) {
      assertThat(out.toString().lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith(benchmark.name())
                      .contains(benchmark.takes(), benchmark.what()));
    }
  }

  @Test
  void shouldRefuseANameThatThereIsNot() {
    assertThat(run("banking78")).isEqualTo(2);

    assertThat(err.toString()).contains("No benchmark is called banking78; there are ");
  }

  @Test
  void shouldSayWhichFileIsAbsent_andWriteNoFigures() {
    Path json = folder.resolve("figures.json");

    assertThat(
            run("banking77", "--seed=7", "--data=" + folder, "--work=" + folder, "--json=" + json))
        .isEqualTo(2);

    assertThat(err.toString())
        .contains("channelwise bench banking77: The data file ")
        .contains("train.csv is absent; put the files of https://github.com/PolyAI-LDN/")
        .contains("name the folder of the data sets with --data DIR.");
    assertThat(out.toString())
        .contains("processor ", "cores ")
        .contains("seed 7; one training for the accuracy, one for the calibration");
    assertThat(json).doesNotExist();
  }

  @Test
  void shouldSayWhichBasesItMeasures_whenAnotherIsAskedFor() {
    assertThat(run("training-speed", "--base=other", "--work=" + folder)).isEqualTo(2);

    assertThat(err.toString())
        .contains("Base other is not measured here; take --base minilm or --base bge-small-zh");
  }

  private int run(String... arguments) {
    return new CommandLine(new BenchCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
