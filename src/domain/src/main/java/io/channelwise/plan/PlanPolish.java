package io.channelwise.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Walks from each plan of a front to its neighbours on the grid as long as that finds better ones:
 * Pareto local search (Paquete, Chiarandini and Stützle 2004). What crossing and mutation leave
 * between two plans, one step of price, service, pricing model or channel finds. Draws nothing at
 * random. Not thread-safe.
 */
final class PlanPolish {
  private static final int[] STEPS = {-5, -1, 1, 5};

  /** More plans than this no longer change what a person sees. */
  private static final int FRONT_MAX = 2_000;

  private final PlanModel model;
  private final PlanSpace space;
  private final List<Point> front = new ArrayList<>();
  private final Set<Place> seen = new HashSet<>();
  private int evaluations;

  /**
   * @param evaluations how many neighbours may be looked at
   */
  PlanPolish(PlanModel model, PlanSpace space, int evaluations) {
    this.model = model;
    this.space = space;
    this.evaluations = evaluations;
  }

  /**
   * A plan on the grid.
   *
   * @param priceSteps from 1
   * @param service in hundredths
   */
  record Place(PricingModel pricing, int priceSteps, int service, BitSet mix) {}

  /** A feasible plan with its objectives. */
  private record Point(Place place, double share, double revenue, double satisfaction) {
    boolean reaches(Point other) {
      return share >= other.share && revenue >= other.revenue && satisfaction >= other.satisfaction;
    }
  }

  /** The plans given and better ones, none of them reached by another in all objectives. */
  List<Place> improve(List<Place> start) {
    start.forEach(this::visit);
    Set<Place> explored = new HashSet<>();
    List<Point> open = List.copyOf(front);
    while (!open.isEmpty() && evaluations > 0) {
      for (Point point : open) {
        if (front.contains(point) && explored.add(point.place())) {
          neighbours(point.place()).forEach(this::visit);
        }
      }
      open = front.stream().filter(p -> !explored.contains(p.place())).toList();
    }
    return front.stream()
        .sorted(Comparator.comparingDouble(p -> -p.share))
        .map(Point::place)
        .toList();
  }

  private void visit(Place place) {
    if (evaluations <= 0 || !seen.add(place)) {
      return;
    }
    evaluations--;
    PlanModel.Figures figures =
        model.figures(
            place.pricing(),
            space.price(place.priceSteps()),
            PlanSpace.service(place.service()),
            place.mix());
    double[] misses = model.misses(figures);
    if (misses[0] + misses[1] + misses[2] > 0) {
      return;
    }
    Point point =
        new Point(place, figures.marketShare(), figures.revenue(), figures.satisfaction());
    if (front.size() < FRONT_MAX && front.stream().noneMatch(p -> p.reaches(point))) {
      front.removeIf(point::reaches);
      front.add(point);
    }
  }

  private List<Place> neighbours(Place place) {
    List<Place> neighbours = new ArrayList<>();
    for (int step : STEPS) {
      int price = place.priceSteps() + step;
      if (price >= 1 && price <= space.priceSteps()) {
        neighbours.add(new Place(place.pricing(), price, place.service(), place.mix()));
      }
      int service = place.service() + step;
      if (service >= PlanSpace.SERVICE_MIN && service <= PlanSpace.SERVICE_MAX) {
        neighbours.add(new Place(place.pricing(), place.priceSteps(), service, place.mix()));
      }
    }
    for (PricingModel pricing : PricingModel.values()) {
      neighbours.add(new Place(pricing, place.priceSteps(), place.service(), place.mix()));
    }
    for (int channel = 0; channel < model.inputs().channels().size(); channel++) {
      BitSet mix = (BitSet) place.mix().clone();
      mix.flip(channel);
      neighbours.add(new Place(place.pricing(), place.priceSteps(), place.service(), mix));
    }
    return neighbours;
  }
}
