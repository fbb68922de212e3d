package io.tramontane.tests.metrics;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL expression asks for. Enough of the language for our panels and alerts: everything that is a name and
 * neither a function, an operator nor a label is a metric.
 *
 * @param metrics it selects
 * @param labels in its matchers and groupings
 * @param operators values of the label operator_name that it asks for
 */
record Expression(Set<String> metrics, Set<String> labels, Set<String> operators) {

    private static final Pattern MATCHERS = Pattern.compile("\\{[^}]*}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern NAME = Pattern.compile("(?<![a-zA-Z0-9_:.])[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Set<String> WORDS = Set.of("and", "or", "unless");

    static Expression of(String text) {
        Set<String> labels = new HashSet<>();
        Set<String> operators = new HashSet<>();
        Matcher matchers = MATCHERS.matcher(text);
        while (matchers.find()) {
            Matcher matcher = MATCHER.matcher(matchers.group());
            while (matcher.find()) {
                labels.add(matcher.group(1));
                if (matcher.group(1).equals("operator_name")) {
                    operators.add(matcher.group(2));
                }
            }
        }
        String rest = MATCHERS.matcher(text).replaceAll(" ");
        Matcher grouping = GROUPING.matcher(rest);
        while (grouping.find()) {
            labels.addAll(List.of(grouping.group(1).trim().split("\\s*,\\s*")));
        }
        rest = RANGE.matcher(GROUPING.matcher(rest).replaceAll(" ")).replaceAll(" ");
        return new Expression(names(rest), labels, operators);
    }

    private static Set<String> names(String text) {
        Set<String> metrics = new HashSet<>();
        Matcher name = NAME.matcher(text);
        while (name.find()) {
            boolean function = text.substring(name.end()).stripLeading().startsWith("(");
            if (!function && !WORDS.contains(name.group())) {
                metrics.add(name.group());
            }
        }
        return metrics;
    }
}
