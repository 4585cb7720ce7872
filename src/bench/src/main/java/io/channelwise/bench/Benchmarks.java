package io.channelwise.bench;

import io.channelwise.bench.compression.CompressionBenchmark;
import io.channelwise.bench.market.AllocationBenchmark;
import io.channelwise.bench.market.AttractionBenchmark;
import io.channelwise.bench.market.AttributionBenchmark;
import io.channelwise.bench.market.BusinessModelBenchmark;
import io.channelwise.bench.market.EventsImportBenchmark;
import io.channelwise.bench.market.NegotiationBenchmark;
import io.channelwise.bench.market.PurchaseProbabilityBenchmark;
import io.channelwise.bench.market.SteeringBenchmark;
import io.channelwise.bench.quality.Banking77Benchmark;
import io.channelwise.bench.quality.FewShotBenchmark;
import io.channelwise.bench.quality.QualityBenchmarks;
import io.channelwise.bench.speed.GpuBenchmark;
import io.channelwise.bench.speed.InferenceBenchmark;
import io.channelwise.bench.speed.MemoryBenchmark;
import io.channelwise.bench.speed.RealTextsBenchmark;
import io.channelwise.bench.speed.TrainingSpeedBenchmark;
import java.util.List;
import java.util.Optional;

/** Every benchmark there is, in the order they are listed. */
public final class Benchmarks {
  private static final List<Benchmark> ALL =
      List.of(
          new TrainingSpeedBenchmark(),
          new MemoryBenchmark(),
          new RealTextsBenchmark(),
          new GpuBenchmark(),
          new InferenceBenchmark(),
          new Banking77Benchmark(),
          new FewShotBenchmark(),
          new CompressionBenchmark(),
          QualityBenchmarks.diaasq(),
          QualityBenchmarks.womensClothing(),
          QualityBenchmarks.wnut17(),
          QualityBenchmarks.unerChinese(),
          new AllocationBenchmark(),
          new BusinessModelBenchmark(),
          new NegotiationBenchmark(),
          new AttributionBenchmark(),
          new AttractionBenchmark(),
          new EventsImportBenchmark(),
          new SteeringBenchmark(),
          new PurchaseProbabilityBenchmark());

  private Benchmarks() {}

  /** All of them. */
  public static List<Benchmark> all() {
    return ALL;
  }

  /** The one of this name. */
  public static Optional<Benchmark> named(String name) {
    return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
  }
}
