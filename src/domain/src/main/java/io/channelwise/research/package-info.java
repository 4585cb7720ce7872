/**
 * Which market to enter: demand, competition, trend and opportunity from survey and competitor
 * data. The figures are made by SQL, once a cycle, and each formula names its source.
 */
package io.channelwise.research;
