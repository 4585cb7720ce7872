/**
 * What people read about a model: scores, metrics.json, report and model card. Pure functions and
 * writers without a model.
 */
package io.channelwise.bert.internal.report;
