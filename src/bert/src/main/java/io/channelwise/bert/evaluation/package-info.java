/**
 * How good a model is and why it answers so: scores with intervals, slices, comparison of two
 * models, calibration, attributions. Nothing here changes weights.
 */
package io.channelwise.bert.evaluation;
