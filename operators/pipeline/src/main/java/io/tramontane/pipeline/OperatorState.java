package io.tramontane.pipeline;

/**
 * One state of an operator, for the table that operators of clusters plan an upgrade with. The names are part of the
 * state format.
 *
 * @param name under which Flink stores it
 * @param type what it holds
 * @param spread how it is divided among the subtasks
 */
public record OperatorState(String name, String type, Spread spread) {

    /** How a state is divided among the subtasks of its operator. */
    public enum Spread {
        /** By group id; goes with its key to another subtask. */
        KEYED("by group id", true),
        /** Element by element; redistributed on restore. */
        SPLIT("by element", true),
        /** The same in every subtask. */
        BROADCAST("the same in each", true),
        /** The operator has one subtask. */
        ALONE("one subtask", false);

        private final String label;
        private final boolean rescalable;

        Spread(String label, boolean rescalable) {
            this.label = label;
            this.rescalable = rescalable;
        }

        /** For the table. */
        public String label() {
            return label;
        }

        /** Whether the operator may be restored with another parallelism. */
        public boolean rescalable() {
            return rescalable;
        }
    }

    static OperatorState keyed(String name, String type) {
        return new OperatorState(name, type, Spread.KEYED);
    }

    static OperatorState split(String name, String type) {
        return new OperatorState(name, type, Spread.SPLIT);
    }

    static OperatorState broadcast(String name, String type) {
        return new OperatorState(name, type, Spread.BROADCAST);
    }

    static OperatorState alone(String name, String type) {
        return new OperatorState(name, type, Spread.ALONE);
    }
}
