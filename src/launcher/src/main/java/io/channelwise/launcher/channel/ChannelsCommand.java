package io.channelwise.launcher.channel;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.allocation.AllocationException;
import io.channelwise.attribution.AttributionSettings;
import io.channelwise.campaign.InvalidDataException;
import io.channelwise.channel.ChannelAnalysis;
import io.channelwise.channel.ChannelAnalysisJson;
import io.channelwise.channel.ChannelEffects;
import io.channelwise.channel.EventColumns;
import io.channelwise.launcher.Channelwise.UserMistake;
import io.channelwise.launcher.model.WorkProgress;
import io.channelwise.probability.BehaviourTable;
import io.channelwise.probability.LearnedPurchases;
import io.channelwise.probability.ProbabilityException;
import io.channelwise.probability.PurchaseFolder;
import io.channelwise.probability.PurchaseModel;
import io.channelwise.probability.PurchaseStudy;
import io.channelwise.probability.PurchaseStudyJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code channels}: attraction, ranking, allocation and attribution from a file of events. */
@Command(
    name = "channels",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Print how channels attract each segment, how they rank, how a budget is best shared out",
      "among them (with proof) and which channels earned the purchases. The same file gives the",
      "same answer, byte for byte."
    },
    footer = {
      "",
      "The file is CSV: UTF-8 or GB18030; comma, semicolon or tab; headers as in events.csv",
      "(event_id, user, segment, channel, type, occurred_at; Chinese headers too) or as named",
      "by the options. Only the channel is needed: without a segment column all users are one",
      "segment, without a user column each row is a user of its own, without a type column each",
      "row is a click, without a revenue or cost column there is none.",
      "",
      "Example, sessions of a web shop (UCI Online Shoppers):",
      "  ./channelwise channels --events online_shoppers_intention.csv \\",
      "      --channel-column TrafficType --segment-column VisitorType \\",
      "      --purchase-column Revenue --budget 10000 --json channels.json"
    })
public final class ChannelsCommand implements Callable<Integer> {
  private static final int FINDINGS_SHOWN = 10;
  private static final long MEGA = 1_000_000;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

  /** Whether saturation is looked for. */
  private enum SaturationMode {
    AUTO,
    NONE
  }

  @Option(names = "--events", paramLabel = "FILE", required = true, description = "Events, as CSV.")
  private Path events;

  @Option(
      names = "--budget",
      paramLabel = "X",
      defaultValue = "100",
      description =
          "Money to share out. Default: ${DEFAULT-VALUE}, so that amounts are per cent of it.")
  private double budget;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write everything as JSON.")
  private Path json;

  @Option(
      names = "--channel-column",
      paramLabel = "NAME",
      description = "Which way the user came. Default: channel.")
  private String channelColumn;

  @Option(
      names = "--segment-column",
      paramLabel = "NAME",
      description = "Which group the user is of. Default: segment, where there is one.")
  private String segmentColumn;

  @Option(
      names = "--user-column",
      paramLabel = "NAME",
      description = "Whose event it is; paths are made by it. Default: user, where there is one.")
  private String userColumn;

  @Option(
      names = "--time-column",
      paramLabel = "NAME",
      description =
          "When it happened (ISO 8601). Default: occurred_at; needed where there is a user column.")
  private String timeColumn;

  @Option(
      names = "--type-column",
      paramLabel = "NAME",
      description = "view, click or purchase. Default: type, where there is one; else all clicks.")
  private String typeColumn;

  @Option(
      names = "--purchase-column",
      paramLabel = "NAME",
      description =
          "Whether the row's click ended in a purchase: 1 or 0, yes or no, true or false. Default:"
              + " none.")
  private String purchaseColumn;

  @Option(
      names = "--purchase-model",
      arity = "0..1",
      paramLabel = "DIR",
      fallbackValue = "",
      description =
          "Weigh segments by their mean purchase probability, P(U), instead of by their clicks."
              + " Without DIR: learn from the other columns of the events how likely each row ends in"
              + " a purchase; needs --purchase-column. With DIR: as a saved model says.")
  private String purchaseModel;

  @Option(
      names = "--save-purchase-model",
      paramLabel = "DIR",
      description =
          "Save what --purchase-model learned, for predict and for --purchase-model DIR: the model,"
              + " metrics.json and model-card.md.")
  private Path savedModel;

  @Option(
      names = "--without",
      paramLabel = "NAME",
      split = ",",
      description =
          "Columns that the model must not learn from: ids, and what is known only after the"
              + " purchase.")
  private Set<String> without = Set.of();

  @Option(
      names = "--event-column",
      paramLabel = "NAME",
      description = "Id of the event; twice the same is refused. Default: event_id.")
  private String eventColumn;

  @Option(
      names = "--revenue-column",
      paramLabel = "NAME",
      description =
          "What a purchase brought; attributed beside the purchases. Default: revenue, where there"
              + " is one.")
  private String revenueColumn;

  @Option(
      names = "--cost-column",
      paramLabel = "NAME",
      description =
          "What the event cost; days of it tell where a channel saturates. Default: cost, where"
              + " there is one.")
  private String costColumn;

  @Option(
      names = "--cap",
      paramLabel = "SHARE",
      defaultValue = "1",
      description =
          "No channel gets more than this share of the budget, above 0 to 1. Default:"
              + " ${DEFAULT-VALUE}, no cap.")
  private double cap;

  @Option(
      names = "--basis",
      paramLabel = "clicks|purchases",
      description =
          "What the allocation rests on: attraction alone, or attraction times what the Markov chain"
              + " says a click is worth. Default: purchases, where there are any.")
  private ChannelEffects.Basis basis;

  @Option(
      names = "--saturation",
      paramLabel = "auto|none",
      defaultValue = "auto",
      description =
          "Whether the allocation lets a channel saturate (half of its effect at a spend k) where"
              + " its recorded days show it: at least 14 with spend, of different size, and a test"
              + " against the straight line. The budget is taken to be for as many days as are"
              + " recorded. Default: ${DEFAULT-VALUE}.")
  private SaturationMode saturation;

  @Option(
      names = "--half-saturation",
      paramLabel = "CHANNEL=X",
      description =
          "The spend k of a channel, in place of an estimate; once for each channel that has one.")
  private Map<String, Double> halfSaturation = Map.of();

  @Option(
      names = "--cautious",
      description = "Allocate by the lower ends of the intervals instead of the expected values.")
  private boolean cautious;

  @Option(
      names = "--order",
      paramLabel = "1|2|3",
      defaultValue = "2",
      description = "Touches that the Markov chain remembers. Default: ${DEFAULT-VALUE}.")
  private int order;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "200",
      description = "Resamples behind the intervals of attribution. Default: ${DEFAULT-VALUE}.")
  private int resamples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Of the resamples and of sampled Shapley values. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!Files.isRegularFile(events) || !Files.isReadable(events)) {
      throw new UserMistake(
          "File %s cannot be read; name a CSV of events with --events.".formatted(events));
    }
    if (!(cap > 0 && cap <= 1)) {
      throw new UserMistake(
          "--cap is %s; a share above 0 and up to 1 is expected, e.g. 0.4.".formatted(cap));
    }
    checkModel();
    try {
      Optional<PurchaseStudy> study = study();
      ChannelAnalysis analysis = analyse(study.map(PurchaseStudy::weights).orElse(Map.of()));
      study.ifPresent(s -> spec.commandLine().getOut().println(PurchaseText.of(s)));
      spec.commandLine().getOut().print(ChannelsText.of(analysis));
      spec.commandLine().getOut().flush();
      if (json != null) {
        write(analysis, study);
      }
      return 0;
    } catch (InvalidDataException e) {
      throw new UserMistake(findings(e));
    } catch (AllocationException | ProbabilityException e) {
      throw new UserMistake(e.getMessage());
    }
  }

  private void checkModel() {
    boolean learns = "".equals(purchaseModel);
    if (learns && purchaseColumn == null) {
      throw new UserMistake(
          "--purchase-model is given without --purchase-column; name the column that says whether a"
              + " row ended in a purchase, or the folder of a saved model.");
    }
    if (savedModel != null && !learns) {
      throw new UserMistake(
          "--save-purchase-model is given, but nothing is learned; give --purchase-model without a"
              + " folder.");
    }
    if (savedModel != null && Files.exists(savedModel) && !PurchaseFolder.holds(savedModel)) {
      throw new UserMistake(
          "Folder %s exists and holds no purchase model; name a new folder with --save-purchase-model."
              .formatted(savedModel));
    }
  }

  private Optional<PurchaseStudy> study() {
    if (purchaseModel == null) {
      return Optional.empty();
    }
    if (purchaseModel.isEmpty()) {
      LearnedPurchases learned = learned();
      if (savedModel != null) {
        PurchaseFolder.write(learned, "purchase-probability", savedModel);
      }
      return Optional.of(learned.study());
    }
    PurchaseStudy saved = PurchaseFolder.read(Path.of(purchaseModel)).study();
    if (saved.segments().isEmpty()) {
      throw new UserMistake(
          "Model %s knows no segments; learn it with --segment-column.".formatted(purchaseModel));
    }
    return Optional.of(saved);
  }

  /** Users, times, types and ids are no behaviour; channel and segment are. */
  private LearnedPurchases learned() {
    Set<String> ignored = new TreeSet<>(without);
    ignored.add(or(userColumn, "user"));
    ignored.add(or(timeColumn, "occurred_at"));
    ignored.add(or(typeColumn, "type"));
    ignored.add(or(eventColumn, "event_id"));
    BehaviourTable table = BehaviourTable.read(events, purchaseColumn, ignored);
    String segment = or(segmentColumn, "segment");
    boolean named =
        segmentColumn != null || table.columns().stream().anyMatch(segment::equalsIgnoreCase);
    return LearnedPurchases.of(
        table, named ? segment : null, PurchaseModel.Settings.DEFAULT.withSeed(seed));
  }

  private static String or(String given, String usual) {
    return given == null ? usual : given;
  }

  private ChannelAnalysis analyse(Map<String, Double> weights) {
    EventColumns columns =
        new EventColumns(
            channelColumn,
            segmentColumn,
            userColumn,
            timeColumn,
            typeColumn,
            purchaseColumn,
            eventColumn,
            revenueColumn,
            costColumn);
    AttributionSettings attribution = new AttributionSettings(order, resamples, 0.95, seed);
    ChannelAnalysis.Settings settings =
        new ChannelAnalysis.Settings(
            budget,
            cap,
            basis,
            cautious,
            saturation == SaturationMode.AUTO,
            halfSaturation,
            attribution);
    try (WorkProgress progress =
        WorkProgress.of(spec.commandLine().getErr(), "reading events", "MB")) {
      // Once to check, once to take in.
      long all = 2 * Files.size(events);
      AtomicLong read = new AtomicLong();
      return ChannelAnalysis.of(
          events,
          columns,
          settings,
          weights,
          bytes -> progress.at(Math.min(all, read.addAndGet(bytes)) / MEGA, all / MEGA));
    } catch (IOException e) {
      throw new UserMistake("File %s cannot be read: %s.".formatted(events, e));
    }
  }

  /** Each finding on a line; a column that is not there is named by an option. */
  private static String findings(InvalidDataException e) {
    long all = e.findings().size() + e.further();
    String shown =
        e.findings().stream()
            .limit(FINDINGS_SHOWN)
            .map(finding -> finding.message().en())
            .collect(Collectors.joining(System.lineSeparator() + "  "));
    boolean header = e.findings().stream().anyMatch(finding -> finding.row() <= 1);
    return "the file was refused with %d finding%s:%n  %s%s%s"
        .formatted(
            all,
            all == 1 ? "" : "s",
            shown,
            all > FINDINGS_SHOWN ? "%n  … and %d more".formatted(all - FINDINGS_SHOWN) : "",
            header
                ? "%nName columns that are called otherwise, e.g. --channel-column NAME; see --help."
                    .formatted()
                : "");
  }

  private void write(ChannelAnalysis analysis, Optional<PurchaseStudy> study) {
    try {
      ObjectNode root = ChannelAnalysisJson.of(analysis);
      study.ifPresent(s -> root.set("purchase_probability", PurchaseStudyJson.of(s)));
      String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
      Files.write(json, (text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UserMistake(
          "File %s cannot be written: %s. Name another with --json.".formatted(json, e));
    }
  }
}
