package io.channelwise.probability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.channelwise.probability.PurchaseModel.Candidate;
import io.channelwise.probability.PurchaseModel.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * A model of purchases in a folder: {@value #MODEL} holds all of it, {@code metrics.json} its
 * figures for programs, {@code model-card.md} for people. Read back it gives the same bits.
 */
public final class PurchaseFolder {
  /** What tells the folder of a purchase model from that of a text model. */
  public static final String MODEL = "purchase-model.json";

  private static final String FORMAT = "channelwise-purchase-model";
  private static final int VERSION = 1;
  private static final long BYTES_MAX = 64L << 20;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private PurchaseFolder() {}

  /** All of a model, as it is stored. */
  private record Stored(
      String format,
      int formatVersion,
      Encoder encoder,
      Scorer scorer,
      LogisticRegression calibration,
      Kind chosen,
      List<Candidate> candidates,
      Evaluation heldOut,
      List<PurchaseStudy.Segment> segments) {
    private Stored {
      candidates = List.copyOf(candidates);
      segments = List.copyOf(segments);
    }
  }

  /** Whether the folder has a model of purchases in it. */
  public static boolean holds(Path folder) {
    return Files.isRegularFile(folder.resolve(MODEL));
  }

  /**
   * Writes the three files into the folder, created if missing; the same model gives the same
   * bytes.
   *
   * @param name of the model, for the card
   */
  public static void write(LearnedPurchases learned, String name, Path folder) {
    PurchaseModel model = learned.model();
    PurchaseStudy study = learned.study();
    Stored stored =
        new Stored(
            FORMAT,
            VERSION,
            model.encoder(),
            model.scorer(),
            model.calibration(),
            model.chosen(),
            model.candidates(),
            study.heldOut(),
            study.segments());
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(MODEL), JSON.writeValueAsString(stored) + "\n");
      String metrics =
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(PurchaseStudyJson.of(study));
      Files.writeString(folder.resolve("metrics.json"), metrics + "\n");
      Files.writeString(folder.resolve("model-card.md"), PurchaseCard.of(name, learned));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The model cannot be written to %s; check space and permissions.".formatted(folder), e);
    }
  }

  /**
   * @throws ProbabilityException when there is no such model, or it is damaged
   */
  public static LearnedPurchases read(Path folder) {
    Path file = folder.resolve(MODEL);
    if (!holds(folder)) {
      throw new ProbabilityException(
          "Folder %s has no %s. Name a folder that a purchase model was saved to."
              .formatted(folder, MODEL));
    }
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw damaged(file, "it has more than %d bytes".formatted(BYTES_MAX));
      }
      Stored stored = JSON.readValue(Files.readString(file, StandardCharsets.UTF_8), Stored.class);
      String fault = stored == null ? "it is empty" : fault(stored);
      if (fault != null) {
        throw damaged(file, fault);
      }
      PurchaseModel model =
          new PurchaseModel(
              stored.encoder(),
              stored.scorer(),
              stored.calibration(),
              stored.candidates(),
              stored.chosen());
      return new LearnedPurchases(
          model, PurchaseStudy.of(model, stored.heldOut(), stored.segments()));
    } catch (JsonProcessingException e) {
      throw damaged(file, e.getOriginalMessage());
    } catch (IOException e) {
      throw new ProbabilityException(
          "File %s cannot be read: %s. Check that it is UTF-8 and may be read."
              .formatted(file, e.getMessage()));
    }
  }

  private static ProbabilityException damaged(Path file, String found) {
    String first = found.lines().findFirst().orElse("");
    return new ProbabilityException(
        "File %s is no purchase model of this release: %s. Save the model again, or restore the file."
            .formatted(file, first.length() > 200 ? first.substring(0, 200) + "…" : first));
  }

  /** What is wrong with it; null when it can be used. */
  private static String fault(Stored stored) {
    if (!FORMAT.equals(stored.format()) || stored.formatVersion() != VERSION) {
      return "its format is %s %d, %s %d is expected"
          .formatted(stored.format(), stored.formatVersion(), FORMAT, VERSION);
    }
    int features = stored.encoder().features().size();
    boolean coded =
        features > 0
            && stored.encoder().features().stream().allMatch(PurchaseFolder::isUsable)
            && stored.encoder().leftOut().stream().allMatch(Objects::nonNull);
    if (!coded) {
      return "a feature lacks a column, a text or a finite number";
    }
    if (!isUsable(stored.scorer(), features) || !isUsable(stored.calibration(), 1)) {
      return "its weights or trees do not fit its %d features".formatted(features);
    }
    boolean compared =
        stored.candidates().stream().map(Candidate::kind).toList().equals(List.of(Kind.values()));
    boolean means =
        stored.segments().stream()
            .allMatch(
                s ->
                    s.segment() != null
                        && s.rows() > 0
                        && s.probability() > 0
                        && s.probability() < 1
                        && areFinite(s.low(), s.high(), s.observed()));
    return compared && means ? null : "its comparison or segments are not complete";
  }

  private static boolean isUsable(Encoder.Feature feature) {
    return feature.column() != null
        && areFinite(feature.mean(), feature.deviation())
        && feature.deviation() > 0
        && feature.reading().isUsable();
  }

  private static boolean isUsable(Scorer scorer, int features) {
    if (scorer instanceof LogisticRegression regression) {
      return regression.weights().length == features + 1 && areFinite(regression.weights());
    }
    BoostedTrees boosted = (BoostedTrees) scorer;
    return areFinite(boosted.start())
        && boosted.trees().stream().allMatch(tree -> isUsable(tree, features));
  }

  private static boolean isUsable(BoostedTrees.Tree tree, int features) {
    return tree.threshold().length == tree.feature().length
        && tree.value().length == 2 * tree.feature().length + 1
        && Arrays.stream(tree.feature()).allMatch(f -> f >= -1 && f < features)
        && areFinite(tree.threshold())
        && areFinite(tree.value());
  }

  private static boolean areFinite(double... numbers) {
    return DoubleStream.of(numbers).allMatch(Double::isFinite);
  }
}
