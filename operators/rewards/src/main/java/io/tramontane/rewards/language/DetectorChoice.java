package io.tramontane.rewards.language;

/** Which detector names languages. */
public enum DetectorChoice {
    /** OpenNLP's, whose model of 103 languages comes with Tramontane. */
    OPENNLP,
    /** A fastText model of the user's. */
    FASTTEXT
}
