package io.tramontane.pipeline;

import io.tramontane.pipeline.transport.CompletionTypes;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.Outcome;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.util.OutputTag;

/** What operators emit beside their main output. */
public final class SideOutputs {

    /** How groups and completions ended; for the outcomes topic. */
    public static final OutputTag<Outcome> OUTCOMES = new OutputTag<>("outcomes", new AvroTypeInfo<>(Outcome.class));

    /** Records that could not be read; for the dead-letters topic. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", new AvroTypeInfo<>(DeadLetter.class));

    /** Completions too stale to be worth scoring; grouping ends their groups. */
    public static final OutputTag<Completion> STALE = new OutputTag<>("stale", CompletionTypes.COMPLETION);

    /** Samples that are missing when a group's deadline passes; for the prompt scheduler. */
    public static final OutputTag<PromptRequest> REQUESTS =
            new OutputTag<>("requests", TypeInformation.of(PromptRequest.class));

    /** What the steps of a run with a curriculum come to; for the prompt scheduler. */
    public static final OutputTag<PromptRequest> PROGRESS =
            new OutputTag<>("progress", TypeInformation.of(PromptRequest.class));

    private SideOutputs() {}
}
