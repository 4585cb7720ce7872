package io.channelwise.launcher.role;

import io.channelwise.worker.GrowthWorkers;
import io.channelwise.worker.inference.InferenceWorkers;
import io.channelwise.worker.runtime.RuntimeSettings;
import io.channelwise.worker.runtime.Worker;
import io.channelwise.worker.runtime.WorkerRuntime;
import io.channelwise.worker.training.TrainingWorkers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Workers of some topics in this process, from start to close. */
public final class WorkerRole implements AutoCloseable {
  /** Stands for every topic of the business steps. */
  public static final String GROWTH = "growth";

  private static final Set<String> TRAINING = Set.of("bert.fine-tune", "bert.evaluate");
  private static final Set<String> INFERENCE = Set.of("ticket.classify", "material.rank");

  private final ConfigurableApplicationContext context;
  private final WorkerRuntime runtime;

  private WorkerRole(ConfigurableApplicationContext context, WorkerRuntime runtime) {
    this.context = context;
    this.runtime = runtime;
  }

  /**
   * Starts the workers of these topics.
   *
   * @param topics names, or {@link #GROWTH}
   * @param settings by full key; the environment wins over them
   * @throws IllegalArgumentException for a topic nobody works on, naming those that exist
   */
  public static WorkerRole start(List<String> topics, Map<String, ?> settings) {
    ConfigurableApplicationContext context = application(topics, settings).run();
    try {
      List<Worker<?, ?>> workers = chosen(topics, context);
      WorkerProperties properties = context.getBean(WorkerProperties.class);
      boolean training = topics.stream().anyMatch(TRAINING::contains);
      RuntimeSettings runtimeSettings =
          RuntimeSettings.of(
                  properties.engineUrl(),
                  () ->
                      WorkerProperties.secret(
                          "channelwise.worker-token",
                          properties.workerToken(),
                          properties.workerTokenFile()))
              .withParallelism(training ? 1 : properties.workerThreads(), 1);
      return new WorkerRole(context, WorkerRuntime.start(runtimeSettings, workers));
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private static SpringApplication application(List<String> topics, Map<String, ?> settings) {
    List<Class<?>> sources = new ArrayList<>(List.of(WorkerContext.class));
    if (topics.stream().anyMatch(TRAINING::contains)) {
      sources.add(TrainingWorkers.class);
    }
    if (topics.stream().anyMatch(INFERENCE::contains)) {
      sources.add(InferenceWorkers.class);
    }
    if (topics.stream().anyMatch(t -> !TRAINING.contains(t) && !INFERENCE.contains(t))) {
      sources.add(GrowthWorkers.class);
    }
    SpringApplication application = new SpringApplication(sources.toArray(Class<?>[]::new));
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(Logs.under(settings));
    return application;
  }

  private static List<Worker<?, ?>> chosen(
      List<String> topics, ConfigurableApplicationContext context) {
    Map<String, Worker<?, ?>> byTopic = new TreeMap<>();
    context
        .getBeansOfType(Worker.class)
        .values()
        .forEach(worker -> byTopic.put(worker.contract().topic(), worker));
    Set<Worker<?, ?>> workers = new LinkedHashSet<>();
    for (String topic : topics) {
      if (topic.equals(GROWTH)) {
        byTopic.forEach((name, worker) -> addIfGrowth(name, worker, workers));
      } else if (byTopic.containsKey(topic)) {
        workers.add(byTopic.get(topic));
      } else {
        throw new IllegalArgumentException(
            "Topic '%s' has no worker; there are: %s, bert.evaluate, bert.fine-tune,"
                    .formatted(topic, String.join(", ", byTopic.keySet()))
                + " material.rank, ticket.classify, and 'growth' for all of the business steps.");
      }
    }
    return List.copyOf(workers);
  }

  private static void addIfGrowth(String topic, Worker<?, ?> worker, Set<Worker<?, ?>> workers) {
    if (!TRAINING.contains(topic) && !INFERENCE.contains(topic)) {
      workers.add(worker);
    }
  }

  public ConfigurableApplicationContext context() {
    return context;
  }

  @Override
  public void close() {
    runtime.close();
    context.close();
  }
}
