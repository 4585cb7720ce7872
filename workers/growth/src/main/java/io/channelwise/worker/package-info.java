/**
 * The workers of the six business steps, one class a topic, in one package a domain. A worker calls
 * its domain's service and sees neither Camunda nor SQL.
 */
package io.channelwise.worker;
