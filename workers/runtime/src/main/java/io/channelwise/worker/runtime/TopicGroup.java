package io.channelwise.worker.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.camunda.bpm.client.ExternalTaskClient;
import org.camunda.bpm.client.task.ExternalTask;
import org.camunda.bpm.client.task.ExternalTaskService;

/** Topics fetched by one client and worked on by one pool of threads. Thread-safe. */
final class TopicGroup {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final RuntimeSettings settings;
  private final List<Worker<?, ?>> workers;
  private final TaskRunner runner;
  private final BooleanSupplier closing;
  private final FetchGate gate;
  private final ExecutorService pool;
  private final PoolingHttpClientConnectionManager connections;
  private final ExternalTaskClient client;
  private final Set<ActiveTask> inHand = ConcurrentHashMap.newKeySet();
  private volatile Thread stopper;

  TopicGroup(
      RuntimeSettings settings,
      List<Worker<?, ?>> workers,
      TaskRunner runner,
      BooleanSupplier closing) {
    this.settings = settings;
    this.workers = workers;
    this.runner = runner;
    this.closing = closing;
    String name = "lock-" + workers.get(0).contract().lockDuration();
    this.gate = new FetchGate(name, settings);
    this.pool =
        Executors.newFixedThreadPool(settings.threads(), Threads.daemon("channelwise-" + name));
    // Each thread may report while its lock is extended; one connection is held by the long poll.
    int connectionsMax = settings.threads() + 6;
    this.connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnPerRoute(connectionsMax)
            .setMaxConnTotal(connectionsMax)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(Timeout.of(CONNECT_TIMEOUT)).build())
            .build();
    this.client = client();
  }

  private ExternalTaskClient client() {
    return ExternalTaskClient.create()
        .baseUrl(settings.engineUrl().toString())
        .workerId(settings.workerId())
        .maxTasks(settings.maxTasks())
        .orderByCreateTime()
        .asc()
        .asyncResponseTimeout(settings.asyncResponseTimeout().toMillis())
        .backoffStrategy(gate)
        .addInterceptor(
            request -> request.addHeader("Authorization", "Bearer " + settings.token().get()))
        .customizeHttpClient(this::customize)
        .disableAutoFetching()
        .build();
  }

  private void customize(HttpClientBuilder http) {
    http.setConnectionManager(connections)
        // The reporter and the keeper try again by themselves, and know until when.
        .disableAutomaticRetries()
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(
                    Timeout.of(settings.asyncResponseTimeout().plus(ANSWER_TIMEOUT)))
                .setConnectionRequestTimeout(Timeout.of(ANSWER_TIMEOUT))
                .build());
  }

  void start() {
    for (Worker<?, ?> worker : workers) {
      client
          .subscribe(worker.contract().topic())
          .lockDuration(worker.contract().lockDuration().toMillis())
          .variables(Variables.names(worker.contract().input()))
          .handler((task, service) -> take(worker, task, service))
          .open();
    }
    client.start();
  }

  /** On the client's fetching thread. */
  private void take(Worker<?, ?> worker, ExternalTask task, ExternalTaskService service) {
    ActiveTask active = new ActiveTask(task, service, worker.contract(), closing);
    if (closing.getAsBoolean()) {
      TaskRunner.unlock(active);
      return;
    }
    gate.taken();
    inHand.add(active);
    pool.execute(
        () -> {
          try {
            runner.run(worker, active);
          } finally {
            inHand.remove(active);
            gate.done();
          }
        });
  }

  int running() {
    return inHand.size();
  }

  /** Asks the client to stop; its own stop waits for the long poll without limit, so apart. */
  void stopFetching() {
    gate.open();
    Thread thread = Threads.daemon("channelwise-stop").newThread(client::stop);
    thread.start();
    stopper = thread;
  }

  /** Waits until the pool is idle or the time is over. */
  void awaitWork(long deadlineNanos) {
    try {
      while (!inHand.isEmpty() && System.nanoTime() < deadlineNanos) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Work that outlived the grace: it goes on in this process's last moments, unreported. */
  void unlockUnfinished() {
    inHand.forEach(
        task -> {
          task.lose(ActiveTask.Loss.EXPIRED);
          TaskRunner.unlock(task);
        });
  }

  /** Waits for the long poll under way to end; at most its own time. */
  void awaitFetching() {
    Thread thread = stopper;
    try {
      if (thread != null) {
        thread.join(settings.asyncResponseTimeout().toMillis() + 1_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void close() {
    pool.shutdownNow();
    connections.close(CloseMode.IMMEDIATE);
  }
}
