package io.channelwise.plan;

/**
 * Where the figures of a plan will be in nine cases of ten, by the spread of what the model was
 * given.
 *
 * @param keepsConstraints part of the cases in which the plan keeps all constraints, 0..1
 */
public record PlanRanges(
    double marketShareLow,
    double marketShareHigh,
    double revenueLow,
    double revenueHigh,
    double satisfactionLow,
    double satisfactionHigh,
    double keepsConstraints) {}
