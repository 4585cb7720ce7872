package io.channelwise.research;

/**
 * What respondents with the need would pay, in the campaign's currency.
 *
 * @param respondents who named a price, at least 1
 * @param deviation standard deviation (n − 1); null when only one named a price
 */
public record WillingnessToPay(long respondents, double mean, Double deviation) {}
