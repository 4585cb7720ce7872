package io.channelwise.allocation;

import java.util.List;

/**
 * Caps, floors and saturation together, solved by python3-scipy 1.17.1:
 *
 * <pre>
 * R = np.array([[.40,.10,.25,.05,.20],[.10,.45,.15,.20,.10],[.05,.15,.10,.55,.15],[.30,.05,.35,.10,.20]])
 * p = np.array([.35,.30,.20,.15]); cap = [.30,1,1,.15,1]; lo = [0,0,.10,0,.05]
 * h = lambda x: [x[0], 1.5*x[1]/(x[1]+.5), x[2], 1.25*x[3]/(x[3]+.25), 3*x[4]/(x[4]+2)]
 * minimize(lambda x: -p @ np.log(R @ h(x)), clip(full(5, .2), lo, cap), method="SLSQP",
 *          bounds=zip(lo, cap), constraints={"type": "ineq", "fun": lambda x: 1 - x.sum()},
 *          options={"ftol": 1e-15, "maxiter": 1000})
 * </pre>
 */
final class SciPyCase {
  static final List<Double> SHARES =
      List.of(0.3, 0.28162522488083813, 0.13250960788889163, 0.15, 0.13586516723027373);
  static final double OBJECTIVE = -1.1246082427641373;

  private SciPyCase() {}

  static AllocationProblem problem() {
    return AllocatorTest.problem(
            2000,
            new double[] {0.35, 0.30, 0.20, 0.15},
            new double[][] {
              {0.40, 0.10, 0.25, 0.05, 0.20},
              {0.10, 0.45, 0.15, 0.20, 0.10},
              {0.05, 0.15, 0.10, 0.55, 0.15},
              {0.30, 0.05, 0.35, 0.10, 0.20}
            })
        .channel(ChannelTerms.of("A").withCap(600))
        .channel(ChannelTerms.of("B").withHalfSaturation(1000))
        .channel(ChannelTerms.of("C").withFloor(200))
        .channel(ChannelTerms.of("D").withCap(300).withHalfSaturation(500))
        .channel(ChannelTerms.of("E").withFloor(100).withHalfSaturation(4000))
        .build();
  }
}
