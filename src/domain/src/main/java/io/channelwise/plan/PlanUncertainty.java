package io.channelwise.plan;

import io.channelwise.plan.PlanInputs.SignedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Ranges of a plan's figures: the model computed again for {@value #DRAWS} draws of what is not
 * known exactly, always the same ones. Immutable, thread-safe.
 *
 * <p>Drawn are: mean and spread of the willingness to pay by their standard errors (normal;
 * log-normal with 25 % when nobody named a price); each channel's attraction by its binomial
 * standard error over the clicks; each channel's customers log-normal by counting noise and {@value
 * #DEMAND_ERROR} model error; unit cost log-normal by {@value #COST_ERROR}; our quality normal by
 * {@value #QUALITY_ERROR} of the reference price; the worth of service uniform within a third. The
 * pricing models' assumptions and the competitors' data are taken as they are.
 */
final class PlanUncertainty {
  static final int DRAWS = 400;
  static final double DEMAND_ERROR = 0.2;
  static final double COST_ERROR = 0.1;
  static final double QUALITY_ERROR = 0.1;
  private static final long SEED = 17;
  private static final double TAIL = 0.05;

  private final List<PlanModel> draws = new ArrayList<>();

  PlanUncertainty(PlanInputs inputs) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < DRAWS; i++) {
      draws.add(new PlanModel(drawn(inputs, random)));
    }
  }

  private static PlanInputs drawn(PlanInputs inputs, SplittableRandom random) {
    double meanShift = gaussian(random);
    double spreadShift = gaussian(random);
    double costShift = gaussian(random);
    PlanParameters parameters = inputs.parameters();
    PlanParameters given =
        parameters
            .withOwnQuality(
                Math.max(
                    -5, Math.min(5, parameters.ownQuality() + QUALITY_ERROR * gaussian(random))))
            .withServiceWorth(
                Math.min(5, parameters.serviceWorth() * (2 + 2 * random.nextDouble()) / 3));
    List<SignedChannel> channels = new ArrayList<>();
    for (SignedChannel channel : inputs.channels()) {
      channels.add(drawn(channel, inputs.clicks(), random));
    }
    return inputs
        .with(given)
        .withDemand(
            willingness(inputs, meanShift),
            spread(inputs, spreadShift),
            inputs.unitCost() * Math.exp(COST_ERROR * costShift),
            channels);
  }

  private static Double willingness(PlanInputs inputs, double shift) {
    Double mean = inputs.willingnessToPay();
    Long n = inputs.willingnessRespondents();
    if (mean == null || inputs.willingnessSpread() == null || n == null || n < 2) {
      return mean;
    }
    return Math.max(0.05 * mean, mean + shift * inputs.willingnessSpread() / Math.sqrt(n));
  }

  private static Double spread(PlanInputs inputs, double shift) {
    Long n = inputs.willingnessRespondents();
    if (inputs.willingnessSpread() == null) {
      return 0.5 * PlanModel.referencePrice(inputs) * Math.exp(0.25 * shift);
    }
    double error = n == null || n < 2 ? 0.25 : 1 / Math.sqrt(2.0 * (n - 1));
    return inputs.willingnessSpread() * Math.exp(error * shift);
  }

  private static SignedChannel drawn(SignedChannel channel, Long clicks, SplittableRandom random) {
    double attractionShift = gaussian(random);
    double demandShift = gaussian(random);
    double attraction = channel.attraction();
    if (clicks != null && clicks > 0) {
      double error = Math.sqrt(attraction * (1 - attraction) / (clicks + 1));
      attraction = Math.max(0, Math.min(1, attraction + error * attractionShift));
    }
    double error = Math.sqrt(DEMAND_ERROR * DEMAND_ERROR + 1 / Math.max(1, channel.customers()));
    return new SignedChannel(
        channel.channel(),
        attraction,
        channel.customers() * Math.exp(error * demandShift - error * error / 2),
        channel.revenueShare(),
        channel.fixedFee());
  }

  /** Box and Muller (1958), by StrictMath: the same bits on every machine and Java. */
  private static double gaussian(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  /** Ranges of the plan; throws like {@link PlanModel#evaluate}. */
  PlanRanges of(PlanDecision decision) {
    double[][] values = new double[3][DRAWS];
    int kept = 0;
    for (int i = 0; i < DRAWS; i++) {
      PlanModel model = draws.get(i);
      PlanModel.Figures figures = model.figures(decision);
      values[0][i] = figures.marketShare();
      values[1][i] = figures.revenue();
      values[2][i] = figures.satisfaction();
      double[] misses = model.misses(figures);
      kept += misses[0] + misses[1] + misses[2] == 0 ? 1 : 0;
    }
    for (double[] objective : values) {
      Arrays.sort(objective);
    }
    int low = (int) (TAIL * DRAWS);
    int high = DRAWS - 1 - low;
    return new PlanRanges(
        values[0][low],
        values[0][high],
        values[1][low],
        values[1][high],
        values[2][low],
        values[2][high],
        kept / (double) DRAWS);
  }
}
