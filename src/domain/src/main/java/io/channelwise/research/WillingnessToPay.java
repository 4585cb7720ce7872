package io.channelwise.research;

/**
 * What respondents with the need would pay, in the campaign's currency; weighted to the sizes of
 * the segments where the survey brings them.
 *
 * @param respondents who named a price, at least 1; when weighted, the number of equally weighted
 *     answers that tell as much, rounded down
 * @param deviation standard deviation (n − 1); null when only one named a price
 */
public record WillingnessToPay(long respondents, double mean, Double deviation) {}
