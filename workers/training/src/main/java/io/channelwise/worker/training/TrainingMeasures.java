package io.channelwise.worker.training;

import io.channelwise.bert.training.StepReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.lang.management.ManagementFactory;
import org.springframework.stereotype.Component;

/**
 * Metrics {@code training.loss} (nats, of the last step), {@code training.tokens.per.second},
 * {@code training.steps} (counter) and {@code training.memory.bytes} (Java heap in use).
 * Thread-safe.
 */
@Component
class TrainingMeasures {
  private final MeterRegistry registry = Metrics.globalRegistry;
  private volatile double loss = Double.NaN;
  private volatile double tokensPerSecond = Double.NaN;

  TrainingMeasures() {
    Gauge.builder("training.loss", this, measures -> measures.loss).register(registry);
    Gauge.builder("training.tokens.per.second", this, measures -> measures.tokensPerSecond)
        .register(registry);
    Gauge.builder(
            "training.memory.bytes",
            ManagementFactory.getMemoryMXBean(),
            memory -> memory.getHeapMemoryUsage().getUsed())
        .register(registry);
  }

  void step(StepReport report) {
    loss = report.loss();
    tokensPerSecond = report.tokensPerSecond();
    registry.counter("training.steps").increment();
  }
}
