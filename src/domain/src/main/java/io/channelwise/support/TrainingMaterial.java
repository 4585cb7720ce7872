package io.channelwise.support;

/**
 * What support answers from.
 *
 * @param material its name, unique in the campaign
 * @param channel the training channel it was written for; null when any
 * @param language {@code en} or {@code zh}, detected by script
 */
record TrainingMaterial(
    String material, String channel, String title, String body, String language) {}
