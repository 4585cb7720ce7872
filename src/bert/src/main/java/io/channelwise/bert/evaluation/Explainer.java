package io.channelwise.bert.evaluation;

import ai.djl.Device;
import io.channelwise.bert.BertException;
import io.channelwise.bert.Calibration;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.Task;
import io.channelwise.bert.internal.explain.Attribution;
import io.channelwise.bert.internal.explain.IntegratedGradients;
import io.channelwise.bert.internal.explain.ReadWords;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.files.CalibrationFile;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.Inference;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.report.Entities;
import io.channelwise.bert.internal.report.Scores;
import io.channelwise.bert.internal.task.Answers;
import io.channelwise.bert.internal.task.Marks;
import io.channelwise.bert.internal.task.TagAnswers;
import io.channelwise.bert.internal.text.Inputs;
import io.channelwise.bert.internal.text.TextEncoder;
import io.channelwise.bert.internal.text.TokenIds;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Says which words led a model to its answers, see {@link Explanation}. Costs some tens of forward
 * and backward passes an answer. Safe for many threads; calls are answered one after another.
 */
public final class Explainer implements AutoCloseable {
  private final Object lock = new Object();
  private final Bert model;
  private final TextEncoder encoder;
  private final Device device;
  private final double temperature;
  private boolean closed;

  private Explainer(Bert model, TextEncoder encoder, Device device, double temperature) {
    this.model = model;
    this.encoder = encoder;
    this.device = device;
    this.temperature = temperature;
  }

  /**
   * Loads a model of any task, with its calibration if it has one.
   *
   * @param device {@code auto}, {@code cpu} or {@code gpu}
   * @param threads of the CPU kernels of the whole process; 0 leaves them as they are
   * @throws ModelFormatException when the model cannot be read or has no classes
   */
  public static Explainer load(Path modelDir, String device, int threads) {
    BertConfig config = BertConfig.readClassifier(modelDir);
    double temperature = CalibrationFile.read(modelDir).map(Calibration::temperature).orElse(1.0);
    Torch.enter();
    Torch.threads(threads);
    Device target = Torch.device(device);
    TextEncoder encoder = new TextEncoder(modelDir);
    try {
      return new Explainer(
          Bert.load(modelDir, config, Torch.manager(target)), encoder, target, temperature);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  /**
   * Explains the model's own answer: its label, each label it gives (the likeliest where it gives
   * none), or the tag of the first word of each entity it finds.
   *
   * @param inputs one text, two texts, or the words of a sentence, as the task takes them
   * @throws DatasetException when the task takes another number of inputs
   */
  public List<Explanation> explain(List<String> inputs) {
    synchronized (lock) {
      Reading reading = read(inputs);
      if (task() == Task.TOKENS) {
        TagAnswers.Sentence answer = answer(reading);
        return Entities.of(answer.tags()).stream()
            .map(entity -> explainWord(reading, answer, entity.first()))
            .toList();
      }
      double[] probabilities = probabilities(reading);
      int best = Scores.highest(probabilities);
      return IntStream.range(0, probabilities.length)
          .filter(
              label ->
                  label == best
                      || task() == Task.MULTI_LABEL && probabilities[label] >= Marks.THRESHOLD)
          .mapToObj(label -> explainLabel(reading, label, probabilities[label]))
          .toList();
    }
  }

  /**
   * Explains what speaks for and against a label of texts, whether the model gives it or not.
   *
   * @param inputs one text, or two
   * @throws BertException when the model does not know the label, or tags words
   */
  public Explanation explain(List<String> inputs, String label) {
    int index = model.config().labels().indexOf(label);
    if (index < 0 || task() == Task.TOKENS) {
      throw new BertException(
          task() == Task.TOKENS
              ? "The model tags words; name the word to explain, not a label."
              : "The model does not know the label %s; it knows %s."
                  .formatted(label, model.config().labels()));
    }
    synchronized (lock) {
      Reading reading = read(inputs);
      return explainLabel(reading, index, probabilities(reading)[index]);
    }
  }

  /**
   * Explains the tag that a word of a sentence got.
   *
   * @param word its index
   * @throws BertException when the model does not tag words or there is no such word
   */
  public Explanation explainWord(List<String> words, int word) {
    if (task() != Task.TOKENS || word < 0 || word >= words.size()) {
      throw new BertException(
          task() == Task.TOKENS
              ? "There is no word %d; the sentence has %d, counted from 0."
                  .formatted(word, words.size())
              : "The model's task is %s; only one that tags words can explain a word's tag."
                  .formatted(task().key()));
    }
    synchronized (lock) {
      Reading reading = read(words);
      return explainWord(reading, answer(reading), word);
    }
  }

  /** An example and what the model made of it. */
  private record Reading(List<String> texts, Inputs inputs, float[][] logits) {}

  private Task task() {
    return model.config().task();
  }

  private Reading read(List<String> texts) {
    if (closed) {
      throw new IllegalStateException("This explainer is closed.");
    }
    Torch.enter();
    Inputs inputs = Inputs.of(task(), List.of(texts), encoder, model.config().maxLength());
    return new Reading(texts, inputs, Inference.logits(model, inputs.ids(), device));
  }

  private double[] probabilities(Reading reading) {
    return Answers.probabilities(task(), reading.logits(), temperature)[0];
  }

  private TagAnswers.Sentence answer(Reading reading) {
    int[] counts = {reading.texts().size()};
    return new TagAnswers(model.config().labels())
        .of(reading.inputs(), counts, reading.logits())
        .get(0);
  }

  private Explanation explainLabel(Reading reading, int label, double score) {
    TokenIds ids = reading.inputs().ids().get(0);
    IntegratedGradients.Result result = Attribution.of(model, ids, label, -1, device);
    return explanation(
        reading.texts(),
        model.config().labels().get(label),
        score,
        -1,
        ReadWords.ofTexts(reading.texts(), ids, encoder::pieces, result.shares()),
        result);
  }

  private Explanation explainWord(Reading reading, TagAnswers.Sentence answer, int word) {
    for (TokenIds ids : reading.inputs().ids()) {
      int token =
          IntStream.range(0, ids.length())
              .filter(t -> ids.words()[t] == word)
              .findFirst()
              .orElse(-1);
      if (token >= 0) {
        String tag = answer.tags().get(word);
        IntegratedGradients.Result result =
            Attribution.of(model, ids, model.config().labels().indexOf(tag), token, device);
        return explanation(
            reading.texts(),
            tag,
            answer.scores().get(word),
            word,
            ReadWords.ofSentence(reading.texts(), ids, result.shares()),
            result);
      }
    }
    throw new BertException(
        "Word %d has no characters that the model reads; choose another.".formatted(word));
  }

  private static Explanation explanation(
      List<String> texts,
      String label,
      double score,
      int about,
      List<Explanation.Word> words,
      IntegratedGradients.Result result) {
    return new Explanation(
        texts,
        label,
        score,
        about,
        words,
        result.change(),
        result.gap(),
        result.complete(),
        result.points());
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (!closed) {
        closed = true;
        model.close();
        encoder.close();
      }
    }
  }
}
