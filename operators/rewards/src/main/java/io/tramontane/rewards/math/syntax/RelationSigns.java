package io.tramontane.rewards.math.syntax;

import java.util.Map;

/** The signs of relations, however they are written. */
final class RelationSigns {

    private static final Map<String, String> COMMANDS = Map.ofEntries(
            Map.entry("le", "≤"),
            Map.entry("leq", "≤"),
            Map.entry("leqslant", "≤"),
            Map.entry("ge", "≥"),
            Map.entry("geq", "≥"),
            Map.entry("geqslant", "≥"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("ne", "≠"),
            Map.entry("neq", "≠"),
            Map.entry("approx", "≈"),
            Map.entry("in", "∈"),
            Map.entry("equiv", "≡"),
            Map.entry("sim", "≈"),
            Map.entry("simeq", "≈"),
            Map.entry("to", "→"),
            Map.entry("mapsto", "→"),
            Map.entry("rightarrow", "→"),
            Map.entry("Rightarrow", "→"),
            Map.entry("implies", "→"),
            Map.entry("iff", "→"));

    private RelationSigns() {}

    static boolean isCommand(String name) {
        return COMMANDS.containsKey(name);
    }

    /** The sign that comes next, already taken; null when there is none. */
    static String accept(TokenCursor cursor) {
        return switch (cursor.peek().kind()) {
            case COMMAND -> command(cursor);
            case MARK -> marks(cursor);
            default -> null;
        };
    }

    private static String command(TokenCursor cursor) {
        String sign = COMMANDS.get(cursor.peek().text());
        if (sign != null) {
            cursor.skip(1);
            return sign;
        }
        if (cursor.peek().isCommand("not")) {
            // With the sign that it strikes out.
            cursor.skip(2);
            return "≠";
        }
        return null;
    }

    private static String marks(TokenCursor cursor) {
        boolean withEqual = cursor.peek(1).isMark("=");
        String written = switch (cursor.peek().text()) {
            case "=" -> withEqual ? "==" : "=";
            case "<" -> withEqual ? "<=" : "<";
            case ">" -> withEqual ? ">=" : ">";
            case "!" -> withEqual ? "!=" : null;
            case "&" -> withEqual ? "&=" : null;
            default -> null;
        };
        if (written == null) {
            return null;
        }
        cursor.skip(written.length());
        return switch (written) {
            case "==", "&=" -> "=";
            case "<=" -> "≤";
            case ">=" -> "≥";
            case "!=" -> "≠";
            default -> written;
        };
    }
}
