package io.channelwise.worker.inference;

import io.channelwise.bert.Backend;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.Prediction;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelStore;
import io.channelwise.model.ModelVersion;
import io.channelwise.probability.PurchaseFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Predicts with the released versions.
 *
 * <p>One thread owns the loaded models: it takes all requests that wait, up to {@link #BATCH_MAX}
 * inputs, and answers those for one model together. At each batch it asks the registry for the live
 * version and loads another one when it was released, so that no request is answered by a version
 * that was replaced before it came. Thread-safe.
 */
public final class Predictor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Predictor.class);
  private static final int BATCH_MAX = 256;
  private static final Request STOP = new Request("", List.of(), new CompletableFuture<>());

  private final ModelRegistry registry;
  private final ModelStore store;
  private final String device;
  private final int threads;
  private final Backend backend;
  private final LinkedBlockingQueue<Request> waiting = new LinkedBlockingQueue<>();

  /** Only the owning thread touches it. */
  private final Map<String, Loaded> loaded = new HashMap<>();

  private final Thread owner;
  private volatile boolean closed;

  /**
   * @param inputs one text each, or two for a model of pairs
   */
  private record Request(
      String model, List<List<String>> inputs, CompletableFuture<Optional<Predictions>> answer) {}

  private record Loaded(ModelVersion version, Classifier classifier) {}

  Predictor(ModelRegistry registry, ModelStore store, String device, int threads, Backend backend) {
    this.registry = registry;
    this.store = store;
    this.device = device;
    this.threads = threads;
    this.backend = backend;
    this.owner = new Thread(this::run, "channelwise-inference");
    owner.setDaemon(true);
    owner.start();
  }

  /** As {@link #predictInputs}, of one text each. */
  public Optional<Predictions> predict(String model, List<String> texts) {
    return predictInputs(model, texts.stream().map(List::of).toList());
  }

  /**
   * Answers with the live version; waits for its turn.
   *
   * @param inputs one text each, or two for a model of pairs
   * @return empty when no version of the model is live
   * @throws WrongInputException when the live version takes another number of texts, or rows
   * @throws IllegalStateException when the live version cannot be used, or this is closed
   */
  public Optional<Predictions> predictInputs(String model, List<List<String>> inputs) {
    CompletableFuture<Optional<Predictions>> answer = new CompletableFuture<>();
    waiting.add(new Request(model, inputs, answer));
    if (closed) {
      answer.completeExceptionally(new IllegalStateException("The inference worker is stopping."));
    }
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Loads the live version before the first request needs it; returns at once. */
  public void prepare(String model) {
    waiting.add(new Request(model, List.of(), new CompletableFuture<>()));
  }

  private void run() {
    try {
      while (!closed) {
        Map<String, List<Request>> batch = take();
        batch.forEach(this::answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true; // also when an error ends this thread: nobody must wait for it
      loaded.values().forEach(model -> model.classifier().close());
      IllegalStateException stopping =
          new IllegalStateException("The inference worker is stopping.");
      waiting.forEach(request -> request.answer().completeExceptionally(stopping));
    }
  }

  /** Waits for a request, then takes what else is there already, by model. */
  private Map<String, List<Request>> take() throws InterruptedException {
    Map<String, List<Request>> batch = new LinkedHashMap<>();
    int inputs = 0;
    for (Request next = waiting.take();
        next != null && next != STOP;
        next = inputs >= BATCH_MAX ? null : waiting.poll()) {
      batch.computeIfAbsent(next.model(), name -> new ArrayList<>()).add(next);
      inputs += next.inputs().size();
    }
    return batch;
  }

  private void answer(String model, List<Request> requests) {
    try {
      Optional<Loaded> live = live(model);
      if (live.isEmpty()) {
        requests.forEach(request -> request.answer().complete(Optional.empty()));
        return;
      }
      List<Request> fitting = refuseOthers(live.get(), requests);
      List<List<String>> inputs = new ArrayList<>();
      fitting.forEach(request -> inputs.addAll(request.inputs()));
      List<Prediction> predictions =
          inputs.isEmpty() ? List.of() : live.get().classifier().predictInputs(inputs);
      int from = 0;
      for (Request request : fitting) {
        int to = from + request.inputs().size();
        request
            .answer()
            .complete(
                Optional.of(
                    new Predictions(
                        model, live.get().version().version(), predictions.subList(from, to))));
        from = to;
      }
    } catch (RuntimeException | Error e) {
      // Errors too, such as a native library that cannot be loaded: the callers wait, and the other
      // models can still answer.
      requests.forEach(request -> request.answer().completeExceptionally(e));
    }
  }

  /** Those that the model can read; one caller's mistake must not fail the others of a batch. */
  private static List<Request> refuseOthers(Loaded live, List<Request> requests) {
    List<Request> fitting = new ArrayList<>();
    for (Request request : requests) {
      if (request.inputs().stream().allMatch(input -> takes(live.classifier(), input.size()))) {
        fitting.add(request);
      } else {
        request
            .answer()
            .completeExceptionally(
                new WrongInputException(live.version().modelName(), live.classifier().task()));
      }
    }
    return fitting;
  }

  private static boolean takes(Classifier classifier, int texts) {
    return switch (classifier.task()) {
      case SEQUENCE -> texts == 1;
      case PAIR -> texts == 2;
      case MULTI_LABEL -> texts == 1 || texts == 2;
      case TOKENS -> false; // no Classifier has it
    };
  }

  private Optional<Loaded> live(String model) {
    Optional<ModelVersion> live = registry.live(model);
    if (live.isEmpty()) {
      return Optional.empty();
    }
    Loaded current = loaded.get(model);
    if (current != null && current.version().version() == live.get().version()) {
      return Optional.of(current);
    }
    Loaded next = load(live.get());
    loaded.put(model, next);
    if (current != null) {
      current.classifier().close();
    }
    return Optional.of(next);
  }

  private Loaded load(ModelVersion version) {
    Path folder = store.resolve(version.path());
    if (PurchaseFolder.holds(folder)) {
      throw WrongInputException.readsRows(version.modelName());
    }
    verify(store, version);
    Classifier classifier = Classifier.load(folder, device, threads, backend);
    LOG.info("model loaded model={} version={}", version.modelName(), version.version());
    return new Loaded(version, classifier);
  }

  /** Throws {@link IllegalStateException} when the files are not those that were released. */
  static void verify(ModelStore store, ModelVersion version) {
    String sha256 = store.sha256(version.path());
    if (!sha256.equals(version.sha256())) {
      throw new IllegalStateException(
          "Version %d of model %s is not used: its files have sha256 %s, %s was released. Restore %s in the model store."
              .formatted(
                  version.version(),
                  version.modelName(),
                  sha256,
                  version.sha256(),
                  version.path()));
    }
  }

  @Override
  public void close() {
    closed = true;
    waiting.add(STOP);
    try {
      owner.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
