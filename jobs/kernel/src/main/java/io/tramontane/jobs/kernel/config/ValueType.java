package io.tramontane.jobs.kernel.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types a single value can have: how their text is read, written and described. */
enum ValueType {
    INTEGER("integer", int.class, Integer.class) {
        @Override
        Object parse(String text, Class<?> type) {
            return wholeNumber(text, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
        }
    },
    LONG("integer", long.class, Long.class) {
        @Override
        Object parse(String text, Class<?> type) {
            return wholeNumber(text, Long.MIN_VALUE, Long.MAX_VALUE);
        }
    },
    SHORT_NUMBER("number", float.class, Float.class) {
        @Override
        Object parse(String text, Class<?> type) {
            return ((Double) NUMBER.parse(text, type)).floatValue();
        }
    },
    NUMBER("number", double.class, Double.class) {
        @Override
        Object parse(String text, Class<?> type) {
            double value = parsed(text, Double::parseDouble, "a number");
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("must be a finite number, not '" + text + "'");
            }
            return value;
        }
    },
    BOOLEAN("true or false", boolean.class, Boolean.class) {
        @Override
        Object parse(String text, Class<?> type) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("must be true or false, not '" + text + "'");
            }
            return Boolean.valueOf(text);
        }
    },
    TEXT("text", String.class) {
        @Override
        Object parse(String text, Class<?> type) {
            return text;
        }
    },
    DURATION("duration", Duration.class) {
        @Override
        Object parse(String text, Class<?> type) {
            return DurationText.parse(text);
        }

        @Override
        Object written(Object value) {
            return DurationText.format((Duration) value);
        }
    },
    PATH("path", Path.class) {
        @Override
        Object parse(String text, Class<?> type) {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("must be a path: " + e.getReason(), e);
            }
        }

        @Override
        Object written(Object value) {
            return value.toString();
        }
    },
    CHOICE("one of", Enum.class) {
        @Override
        Object parse(String text, Class<?> type) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> choiceText(constant).equals(text))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("must be one of " + choices(type) + ", not '" + text + "'"));
        }

        @Override
        Object written(Object value) {
            return choiceText(value);
        }

        @Override
        String describe(Class<?> type) {
            return "one of " + choices(type);
        }
    };

    private final String title;
    private final List<Class<?>> classes;

    ValueType(String title, Class<?>... classes) {
        this.title = title;
        this.classes = List.of(classes);
    }

    /** The value type of a Java type; empty for records, lists and maps. */
    static Optional<ValueType> of(Type type) {
        if (type instanceof Class<?> plain && plain.isEnum()) {
            return Optional.of(CHOICE);
        }
        return Arrays.stream(values())
                .filter(value -> value.classes.contains(type))
                .findFirst();
    }

    /** The value type of a value read before. */
    static ValueType ofValue(Object value) {
        if (value instanceof Path) {
            return PATH;
        }
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        return of(type).orElseThrow(() -> new IllegalStateException("no configuration can hold a " + type.getName()));
    }

    /** The element type of a list, the value type of a map. */
    static Type lastArgument(Type type) {
        Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
        return arguments[arguments.length - 1];
    }

    static boolean isList(Type type) {
        return type instanceof ParameterizedType parameterized && parameterized.getRawType() == List.class;
    }

    static boolean isMap(Type type) {
        return type instanceof ParameterizedType parameterized && parameterized.getRawType() == Map.class;
    }

    /** @throws IllegalArgumentException when the text is no such value; the message says what it must be */
    abstract Object parse(String text, Class<?> type);

    /** The value as it stands in a YAML file. */
    Object written(Object value) {
        return value;
    }

    /** What the type takes, in words. */
    String describe(Class<?> type) {
        return title;
    }

    private static Long wholeNumber(String text, long minimum, long maximum) {
        double value = parsed(text.replace("_", ""), Double::parseDouble, "a whole number");
        if (value < minimum || value > maximum) {
            throw new IllegalArgumentException(
                    "must lie between " + minimum + " and " + maximum + ", not '" + text + "'");
        }
        return parsed(text.replace("_", ""), Long::parseLong, "a whole number");
    }

    private static <T> T parsed(String text, Function<String, T> parser, String what) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be " + what + ", not '" + text + "'", e);
        }
    }

    /** {@code PER_SEQUENCE_MEAN} is written {@code per-sequence-mean}. */
    private static String choiceText(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String choices(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(ValueType::choiceText).collect(Collectors.joining(", "));
    }
}
