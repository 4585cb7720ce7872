package io.channelwise.plan;

import io.channelwise.plan.PlanInputs.Rival;
import io.channelwise.plan.PlanInputs.SignedChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Inputs drawn from a seed, for rules that hold in every case. */
final class RandomCase {
  private RandomCase() {}

  /** With one to three channels, so that all plans can be computed. */
  static PlanInputs small(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return inputs(seed, random.nextInt(1, 4));
  }

  static PlanInputs inputs(long seed, int channels) {
    SplittableRandom random = new SplittableRandom(seed * 31 + channels);
    List<Rival> rivals = new ArrayList<>();
    for (int i = 0; i < random.nextInt(0, 5); i++) {
      rivals.add(
          new Rival("rival " + i, 0.4 * random.nextDouble(), 20 + 200 * random.nextDouble()));
    }
    boolean asked = rivals.isEmpty() || random.nextBoolean();
    List<SignedChannel> signed = new ArrayList<>();
    for (int i = 0; i < channels; i++) {
      signed.add(
          new SignedChannel(
              "channel " + i,
              random.nextDouble() / channels,
              400 * random.nextDouble(),
              0.4 * random.nextDouble(),
              500 * random.nextDouble()));
    }
    return new PlanInputs(
        "market " + seed,
        rivals,
        asked ? 40 + 150 * random.nextDouble() : null,
        asked ? 60 * random.nextDouble() : null,
        asked ? random.nextLong(2, 300) : null,
        20 * random.nextDouble(),
        0.5 + 0.4 * random.nextDouble(),
        random.nextInt(1, channels + 1),
        random.nextBoolean() ? 50 + 1000 * random.nextDouble() : null,
        random.nextLong(1, 5000),
        signed,
        null);
  }

  /** The same rows in another order. */
  static PlanInputs shuffled(PlanInputs inputs, long seed) {
    List<Rival> rivals = new ArrayList<>(inputs.rivals());
    List<SignedChannel> channels = new ArrayList<>(inputs.channels());
    Collections.shuffle(rivals, new Random(seed));
    Collections.shuffle(channels, new Random(seed));
    return new PlanInputs(
        inputs.targetMarket(),
        rivals,
        inputs.willingnessToPay(),
        inputs.willingnessSpread(),
        inputs.willingnessRespondents(),
        inputs.unitCost(),
        inputs.technicalStandard(),
        inputs.channelsMax(),
        inputs.capacity(),
        inputs.clicks(),
        channels,
        inputs.parameters());
  }
}
