package io.channelwise.launcher.sample;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Customer tickets of the sample: seven intents, two languages, ratings, and the noise of real
 * tickets (greetings, typing errors, mixed languages, a few wrong labels). Deterministic by seed.
 */
public final class SampleTickets {
  static final int FEEDBACK_ROWS = 840;
  private static final double WRONG_LABELS = 0.02;
  private static final double TYPING_ERRORS = 0.12;

  /** The intents in order of {@link SamplePhrases}. */
  public static final List<String> INTENTS =
      List.of(
          "billing",
          "technical-issue",
          "integration",
          "pricing",
          "cancellation",
          "feature-request",
          "praise");

  /** How likely the moods negative, neutral, positive are for each intent. */
  private static final Map<String, double[]> MOODS =
      Map.of(
          "billing", new double[] {0.6, 0.35, 0.05},
          "technical-issue", new double[] {0.6, 0.35, 0.05},
          "integration", new double[] {0.25, 0.6, 0.15},
          "pricing", new double[] {0.15, 0.75, 0.1},
          "cancellation", new double[] {0.55, 0.4, 0.05},
          "feature-request", new double[] {0.1, 0.55, 0.35},
          "praise", new double[] {0, 0.05, 0.95});

  /**
   * One customer's words.
   *
   * @param intent what the customer wants, as a person would label it
   * @param rating 1..5 as the customer gave it afterwards
   */
  public record SampleTicket(String text, String intent, int rating) {}

  private SampleTickets() {}

  static List<String[]> feedback(boolean chinese, long seed) {
    Random random = new Random(seed + 2);
    List<String[]> rows = new ArrayList<>();
    rows.add(
        chinese
            ? new String[] {"反馈类型", "内容", "标签", "评分", "时间"}
            : new String[] {"kind", "text", "label", "rating", "created_at"});
    Instant time = Instant.parse("2026-08-01T08:00:00Z");
    for (SampleTicket ticket : tickets(FEEDBACK_ROWS, seed + 3)) {
      time = time.plus(30 + random.nextInt(240), ChronoUnit.MINUTES);
      String label = ticket.intent();
      if (random.nextDouble() < WRONG_LABELS) {
        label = INTENTS.get(random.nextInt(INTENTS.size()));
      }
      rows.add(
          new String[] {
            chinese ? "工单" : "ticket",
            ticket.text(),
            label,
            Integer.toString(ticket.rating()),
            time.toString()
          });
    }
    return rows;
  }

  /** Tickets in both languages, intents evenly mixed; other seeds give other tickets. */
  public static List<SampleTicket> tickets(int count, long seed) {
    Random random = new Random(seed);
    List<SampleTicket> tickets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean chinese = random.nextBoolean();
      tickets.add(ticket(INTENTS.get(i % INTENTS.size()), chinese, random));
    }
    java.util.Collections.shuffle(tickets, random);
    return tickets;
  }

  private static SampleTicket ticket(String intent, boolean chinese, Random random) {
    int mood = draw(MOODS.get(intent), random);
    SamplePhrases phrases = SamplePhrases.in(chinese);
    StringBuilder text = new StringBuilder();
    if (random.nextDouble() < 0.35) {
      text.append(one(phrases.greetings(), random)).append(phrases.blank());
    }
    String core = fill(one(phrases.cores().get(intent), random), phrases, random);
    String feeling = mood == 1 ? "" : one(phrases.moods().get(mood), random);
    if (feeling.isEmpty()) {
      text.append(core);
    } else if (random.nextBoolean()) {
      text.append(core).append(phrases.blank()).append(feeling);
    } else {
      text.append(feeling).append(phrases.blank()).append(core);
    }
    if (random.nextDouble() < 0.25) {
      text.append(phrases.blank()).append(one(phrases.closings(), random));
    }
    int rating =
        switch (mood) {
          case 0 -> 1 + random.nextInt(2);
          case 1 -> 3;
          default -> 4 + random.nextInt(2);
        };
    return new SampleTicket(noisy(text.toString(), chinese, random), intent, rating);
  }

  private static String fill(String template, SamplePhrases phrases, Random random) {
    String text = template;
    for (var slot : phrases.slots().entrySet()) {
      if (text.contains(slot.getKey())) {
        text = text.replace(slot.getKey(), one(slot.getValue(), random));
      }
    }
    return text.replace("{n}", Integer.toString(2 + random.nextInt(28)));
  }

  private static String noisy(String text, boolean chinese, Random random) {
    if (chinese) {
      return random.nextDouble() < 0.3 ? text.replaceAll("[。！]$", "") : text;
    }
    String noisy = random.nextDouble() < 0.25 ? text.toLowerCase(java.util.Locale.ROOT) : text;
    if (random.nextDouble() < TYPING_ERRORS && noisy.length() > 12) {
      int at = 4 + random.nextInt(noisy.length() - 8);
      noisy =
          noisy.substring(0, at)
              + noisy.charAt(at + 1)
              + noisy.charAt(at)
              + noisy.substring(at + 2);
    }
    return random.nextDouble() < 0.3 ? noisy.replaceAll("[.!]$", "") : noisy;
  }

  private static int draw(double[] weights, Random random) {
    double ticket = random.nextDouble();
    for (int i = 0; i < weights.length - 1; i++) {
      ticket -= weights[i];
      if (ticket < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  private static String one(List<String> options, Random random) {
    return options.get(random.nextInt(options.size()));
  }
}
