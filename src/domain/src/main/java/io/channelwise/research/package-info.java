/**
 * Which market to enter: demand, competition, trend and opportunity from survey and competitor
 * data. Rows are counted by SQL, figures are made of the counts once a cycle, each formula naming
 * its source.
 */
package io.channelwise.research;
