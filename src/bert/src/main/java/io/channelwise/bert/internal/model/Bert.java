package io.channelwise.bert.internal.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import io.channelwise.bert.Precision;
import io.channelwise.bert.Task;
import io.channelwise.bert.internal.adapter.LoraWeights;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.BertWeightNames;
import io.channelwise.bert.internal.files.HostTensor;
import io.channelwise.bert.internal.files.Pooling;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * BERT (Devlin et al. 2019, <a href="https://arxiv.org/abs/1810.04805">1810.04805</a>) with a
 * classification head on the text or on each token, as functions over arrays that carry Hugging
 * Face's names. Owns its arrays. One thread at a time.
 *
 * <p>Letters in shapes: B texts, T tokens, H hidden size, A heads, D = H / A, C classes.
 */
public final class Bert implements AutoCloseable {
  private static final double INITIAL_DEVIATION = 0.02;

  private final BertConfig config;
  private final NDManager manager;
  private final Map<String, NDArray> weights;
  private final Operators operators;
  private LoraWeights adapter; // null when there is none
  private Precision precision = Precision.FP32;

  private Bert(BertConfig config, NDManager manager, Map<String, NDArray> weights) {
    this.config = config;
    this.manager = manager;
    this.weights = weights;
    operators = Operators.of(manager);
  }

  /**
   * Loads a trained classifier, or a bare encoder when {@code config} has no labels.
   *
   * @param manager owner of the arrays; closed with this model, or when it cannot be made
   */
  public static Bert load(Path folder, BertConfig config, NDManager manager) {
    return orClosed(manager, () -> loaded(folder, config, manager));
  }

  private static Bert loaded(Path folder, BertConfig config, NDManager manager) {
    boolean head = !config.labels().isEmpty();
    try (WeightFile file = new WeightFile(folder)) {
      file.require(folder, config, head);
      Map<String, NDArray> weights = new LinkedHashMap<>();
      Map<String, long[]> shapes = BertWeightNames.encoder(config);
      if (head) {
        shapes.putAll(BertWeightNames.head(config));
      }
      shapes.keySet().forEach(name -> weights.put(name, create(manager, file.read(name))));
      return new Bert(config, manager, weights);
    }
  }

  /**
   * Takes an encoder for fine-tuning and puts a new head on it.
   *
   * @param source of the encoder's weights
   * @param config has the labels of the new head
   * @param vocabulary the rows of the word embedding to hold
   * @param keepHead whether to take the source's own head instead of a new one
   * @param seed of the head's weights, drawn from N(0, 0.02²) as BERT's were
   * @param manager owner of the arrays; closed with this model, or when it cannot be made
   */
  public static Bert forTraining(
      WeightSource source,
      BertConfig config,
      VocabularySubset vocabulary,
      boolean keepHead,
      long seed,
      NDManager manager) {
    return orClosed(manager, () -> started(source, config, vocabulary, keepHead, seed, manager));
  }

  private static Bert orClosed(NDManager manager, Supplier<Bert> made) {
    try {
      return made.get();
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  private static Bert started(
      WeightSource source,
      BertConfig config,
      VocabularySubset vocabulary,
      boolean keepHead,
      long seed,
      NDManager manager) {
    Map<String, NDArray> weights = new LinkedHashMap<>();
    for (String name : BertWeightNames.encoder(config).keySet()) {
      HostTensor tensor = source.read(name);
      boolean words = name.equals(BertWeightNames.WORD_EMBEDDINGS);
      weights.put(name, create(manager, words ? vocabulary.select(tensor) : tensor));
    }
    Random random = new Random(seed);
    BertWeightNames.head(config)
        .forEach(
            (name, shape) -> {
              boolean pretrained = keepHead || (name.startsWith("pooler.") && source.has(name));
              HostTensor drawn = initial(name, shape, random);
              weights.put(name, create(manager, pretrained ? source.read(name) : drawn));
            });
    return new Bert(config, manager, weights);
  }

  /** As the method above, with the weights of a folder. */
  public static Bert forTraining(
      Path base,
      BertConfig config,
      VocabularySubset vocabulary,
      boolean keepHead,
      long seed,
      NDManager manager) {
    return orClosed(
        manager,
        () -> {
          try (WeightSource source = WeightSource.of(base, config, keepHead, false, seed)) {
            return started(source, config, vocabulary, keepHead, seed, manager);
          }
        });
  }

  /** As the method above, with a new head. */
  public static Bert forTraining(
      Path base, BertConfig config, VocabularySubset vocabulary, long seed, NDManager manager) {
    return forTraining(base, config, vocabulary, false, seed, manager);
  }

  private static HostTensor initial(String name, long[] shape, Random random) {
    FloatBuffer values =
        FloatBuffer.allocate((int) (shape.length == 2 ? shape[0] * shape[1] : shape[0]));
    if (name.endsWith(".weight")) {
      while (values.hasRemaining()) {
        values.put((float) (random.nextGaussian() * INITIAL_DEVIATION));
      }
    }
    return new HostTensor(shape, values.rewind().limit(values.capacity()));
  }

  private static NDArray create(NDManager manager, HostTensor tensor) {
    return manager.create(tensor.values(), new Shape(tensor.shape()));
  }

  /** The configuration it was built with. */
  public BertConfig config() {
    return config;
  }

  /** The arrays by their Hugging Face names without prefix; live, in a fixed order. */
  public Map<String, NDArray> weights() {
    return Collections.unmodifiableMap(weights);
  }

  /**
   * Chooses the number format of the encoder's matrix products; 32 bits until then. Weights,
   * softmax, normalisation and the head stay in 32 bits.
   */
  public void computeIn(Precision format) {
    precision = format;
  }

  /** Adds updates to the linear layers they are for; their arrays stay the caller's. */
  public void adaptWith(LoraWeights updates) {
    adapter = updates;
  }

  /**
   * Scores of the classes.
   *
   * @param dropout probability of dropping an activation; 0 outside training
   * @return (B, C), for tokens (B, T, C), attached to the batch's manager
   */
  public NDArray logits(TokenBatch batch, float dropout) {
    return head(batch, hiddenStates(batch, dropout), dropout);
  }

  /**
   * As {@link #logits(TokenBatch, float)} without dropout, from word embeddings that need not be
   * those of any word; differentiable in them.
   *
   * @param words (B, T, H), as {@link #words} gives them
   * @return (B, C), for tokens (B, T, C), attached to the manager of the words
   */
  public NDArray logits(TokenBatch batch, NDArray words) {
    return head(batch, encode(batch, embed(words, batch, 0), 0), 0);
  }

  private NDArray head(TokenBatch batch, NDArray hidden, float dropout) {
    if (config.task() == Task.TOKENS) {
      return linear("classifier", drop(hidden, dropout)); // (B, T, C)
    }
    NDArray pooled = pool(batch, hidden); // (B, H)
    return linear("classifier", drop(pooled, dropout)); // (B, C)
  }

  /** The word embeddings of a batch, (B, T, H), before positions and normalisation. */
  public NDArray words(TokenBatch batch) {
    return Embedding.embedding(
            batch.ids(), weights.get(BertWeightNames.WORD_EMBEDDINGS), SparseFormat.DENSE)
        .singletonOrThrow();
  }

  /** What the head of a whole text reads, (B, H). */
  public NDArray embeddings(TokenBatch batch, float dropout) {
    return pool(batch, hiddenStates(batch, dropout));
  }

  /** Last hidden states, (B, T, H); what they say at padding has no meaning. */
  public NDArray hiddenStates(TokenBatch batch, float dropout) {
    return encode(batch, embed(batch, dropout), dropout);
  }

  private NDArray encode(TokenBatch batch, NDArray embedded, float dropout) {
    NDArray hidden = embedded;
    for (int i = 0; i < config.layers(); i++) {
      hidden = layer("encoder.layer." + i + ".", hidden, batch, dropout);
    }
    return hidden;
  }

  private NDArray embed(TokenBatch batch, float dropout) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return keep(embed(words(batch), batch, dropout));
    }
  }

  private NDArray embed(NDArray words, TokenBatch batch, float dropout) {
    NDArray positions =
        weights.get("embeddings.position_embeddings.weight").get("0:" + batch.length()); // (T, H)
    NDArray types = weights.get("embeddings.token_type_embeddings.weight"); // (2, H)
    NDArray placed =
        batch.types() == null
            ? positions.add(types.get(0)) // (T, H)
            : positions.add(
                Embedding.embedding(batch.types(), types, SparseFormat.DENSE)
                    .singletonOrThrow()); // (B, T, H)
    NDArray sum = words.add(placed);
    return drop(norm("embeddings.LayerNorm", sum), dropout);
  }

  private NDArray layer(String name, NDArray hidden, TokenBatch batch, float dropout) {
    // Forward temporaries that the gradient does not need go at once, not at the end of the step.
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray attended = attend(name + "attention.", hidden, batch, dropout);
      NDArray wide = linear(name + "intermediate.dense", attended); // (B, T, 4H)
      NDArray narrow = linear(name + "output.dense", Activation.gelu(wide)); // (B, T, H)
      return keep(norm(name + "output.LayerNorm", drop(narrow, dropout).add(attended)));
    }
  }

  private NDArray attend(String name, NDArray hidden, TokenBatch batch, float dropout) {
    NDArray query = heads(linear(name + "self.query", hidden)); // (B, A, T, D)
    NDArray key = heads(linear(name + "self.key", hidden)); // (B, A, T, D)
    NDArray value = heads(linear(name + "self.value", hidden)); // (B, A, T, D)
    NDArray context =
        operators
            .attention(query, key, value, batch.paddingBias(), dropout, precision) // (B, A, T, D)
            .transpose(0, 2, 1, 3)
            .reshape(hidden.getShape()); // (B, T, H)
    NDArray dense = drop(linear(name + "output.dense", context), dropout);
    return norm(name + "output.LayerNorm", dense.add(hidden));
  }

  private NDArray pool(TokenBatch batch, NDArray hidden) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      if (config.pooling() == Pooling.CLS) {
        return keep(linear("pooler.dense", hidden.get(":, 0")).tanh());
      }
      // (B, 1, T) x (B, T, H): each row of the weights is 1 / length on tokens, 0 on padding.
      return keep(batch.meanWeights().matMul(hidden).squeeze(1)); // (B, H)
    }
  }

  private NDArray heads(NDArray x) {
    Shape shape = x.getShape();
    return x.reshape(
            shape.get(0), shape.get(1), config.heads(), config.hiddenSize() / config.heads())
        .transpose(0, 2, 1, 3);
  }

  private NDArray linear(String name, NDArray x) {
    NDArray weight = weights.get(name + ".weight");
    NDArray bias = weights.get(name + ".bias");
    NDArray y =
        precision == Precision.BF16 && name.startsWith("encoder.")
            ? operators.linearInBf16(x, weight, bias)
            : Linear.linear(x, weight, bias).singletonOrThrow();
    return adapter == null ? y : adapter.adapt(name, x, y);
  }

  private NDArray norm(String name, NDArray x) {
    return LayerNorm.layerNorm(
            x,
            new Shape(config.hiddenSize()),
            weights.get(name + ".weight"),
            weights.get(name + ".bias"),
            (float) config.layerNormEps())
        .singletonOrThrow();
  }

  private NDArray drop(NDArray x, float dropout) {
    return operators.drop(x, dropout);
  }

  private static NDArray keep(NDArray x) {
    NDScope.unregister(x);
    return x;
  }

  @Override
  public void close() {
    operators.close();
    manager.close();
  }
}
