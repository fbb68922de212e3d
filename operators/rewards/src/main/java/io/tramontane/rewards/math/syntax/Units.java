package io.tramontane.rewards.math.syntax;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Words that measure, by their common name. */
final class Units {

    private static final Set<String> PLAIN = Set.of(
            "cm", "mm", "km", "kg", "mg", "ml", "ft", "mi", "hr", "min", "sec", "mph", "kmh", "rad", "lb", "lbs", "oz",
            "hz", "kwh", "mol", "gal");

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("meter", "m"),
            Map.entry("metre", "m"),
            Map.entry("centimeter", "cm"),
            Map.entry("centimetre", "cm"),
            Map.entry("millimeter", "mm"),
            Map.entry("kilometer", "km"),
            Map.entry("kilometre", "km"),
            Map.entry("inch", "in"),
            Map.entry("inche", "in"),
            Map.entry("foot", "ft"),
            Map.entry("feet", "ft"),
            Map.entry("yard", "yd"),
            Map.entry("mile", "mi"),
            Map.entry("second", "sec"),
            Map.entry("minute", "min"),
            Map.entry("hour", "hr"),
            Map.entry("day", "day"),
            Map.entry("week", "week"),
            Map.entry("month", "month"),
            Map.entry("year", "year"),
            Map.entry("gram", "g"),
            Map.entry("kilogram", "kg"),
            Map.entry("pound", "lb"),
            Map.entry("ounce", "oz"),
            Map.entry("liter", "l"),
            Map.entry("litre", "l"),
            Map.entry("gallon", "gal"),
            Map.entry("unit", ""),
            Map.entry("dollar", "$"),
            Map.entry("usd", "$"),
            Map.entry("euro", "€"),
            Map.entry("cent", "cent"),
            Map.entry("degree", "°"),
            Map.entry("deg", "°"),
            Map.entry("radian", "rad"),
            Map.entry("percent", "%"),
            Map.entry("pct", "%"),
            Map.entry("people", "people"),
            Map.entry("way", "way"),
            Map.entry("time", "time"),
            Map.entry("point", "point"),
            Map.entry("coin", "coin"),
            Map.entry("square", "square"),
            Map.entry("cubic", "cubic"),
            Map.entry("paper", "paper"),
            Map.entry("bin", "bin"));

    private Units() {}

    /** The unit a word stands for; null when it is none. Percent is among them. */
    static String of(String word) {
        String lower = word.strip().toLowerCase(Locale.ROOT).replace(".", "");
        if (PLAIN.contains(lower)) {
            return lower;
        }
        String unit = WORDS.get(lower);
        if (unit == null && lower.endsWith("s")) {
            unit = WORDS.get(lower.substring(0, lower.length() - 1));
        }
        return unit;
    }
}
