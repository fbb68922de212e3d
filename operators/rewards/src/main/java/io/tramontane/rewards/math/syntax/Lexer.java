package io.tramontane.rewards.math.syntax;

import io.tramontane.rewards.math.real.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an answer into tokens; what only shapes the page is dropped. */
final class Lexer {

    /** Longer numbers are no answers. */
    private static final int MOST_DIGITS = 4_000;

    private static final Pattern SCIENTIFIC = Pattern.compile("[eE][+-]?\\d{1,4}(?![\\d.])");
    private static final Pattern GROUPED =
            Pattern.compile("\\d{1,3}(?:(?:,\\\\! ?|,|\\{,\\}|\\\\,|\\\\!|\\\\ |[ \\u00a0\\u202f'])\\d{3})+(?!\\d)");
    private static final Pattern STRONGLY_GROUPED =
            Pattern.compile("\\d{1,3}(?:(?:\\{,\\}|\\\\,|,\\\\! ?|[ \\u00a0\\u202f'])\\d{3})+(?!\\d)");

    private static final Set<String> DROPPED = Set.of(
            "left",
            "right",
            "big",
            "Big",
            "bigg",
            "Bigg",
            "bigl",
            "bigr",
            "Bigl",
            "Bigr",
            "biggl",
            "biggr",
            "quad",
            "qquad",
            "displaystyle",
            "textstyle",
            "scriptstyle",
            "limits",
            "nolimits",
            "rm",
            "bf",
            "it",
            "thinspace",
            "enspace",
            "hfill",
            "nonumber",
            "middle",
            "negthinspace",
            "strut",
            "mathstrut");
    private static final Set<String> TEXTS =
            Set.of("text", "textbf", "textit", "textrm", "textsf", "texttt", "mbox", "hbox", "textnormal", "textup");
    private static final Set<String> WRAPPERS = Set.of(
            "mathrm",
            "mathbf",
            "mathit",
            "mathsf",
            "mathtt",
            "boldsymbol",
            "bm",
            "mathbb",
            "mathcal",
            "mathfrak",
            "mathnormal",
            "boxed",
            "fbox",
            "ensuremath",
            "hphantom",
            "underline");

    private static final Map<Character, String> UNICODE = Map.ofEntries(
            Map.entry('−', "-"),
            Map.entry('–', "-"),
            Map.entry('—', "-"),
            Map.entry('×', "\\times "),
            Map.entry('·', "\\cdot "),
            Map.entry('⋅', "\\cdot "),
            Map.entry('∙', "\\cdot "),
            Map.entry('÷', "\\div "),
            Map.entry('√', "\\sqrt "),
            Map.entry('π', "\\pi "),
            Map.entry('∞', "\\infty "),
            Map.entry('≤', "\\le "),
            Map.entry('≥', "\\ge "),
            Map.entry('≠', "\\ne "),
            Map.entry('∪', "\\cup "),
            Map.entry('∈', "\\in "),
            Map.entry('±', "\\pm "),
            Map.entry('∓', "\\mp "),
            Map.entry('°', "^\\circ "),
            Map.entry('²', "^{2}"),
            Map.entry('³', "^{3}"),
            Map.entry('½', "\\frac{1}{2}"),
            Map.entry('¼', "\\frac{1}{4}"),
            Map.entry('¾', "\\frac{3}{4}"),
            Map.entry('∅', "\\emptyset "),
            Map.entry('≈', "\\approx "),
            Map.entry('θ', "\\theta "),
            Map.entry('α', "\\alpha "),
            Map.entry('β', "\\beta "),
            Map.entry('“', "\""),
            Map.entry('”', "\""),
            Map.entry('’', "'"),
            Map.entry('→', "\\to "),
            Map.entry('，', ","),
            Map.entry('（', "("),
            Map.entry('）', ")"),
            Map.entry('：', ":"));

    /** Upright letters that are units; slanted ones are variables. */
    private static final Set<String> SHORT_UNITS = Set.of(
            "m", "g", "s", "h", "L", "l", "N", "J", "W", "V", "A", "K", "C", "F", "Pa", "Hz", "kJ", "kN", "kW", "dm",
            "nm");

    private final String source;
    private final boolean commasGroup;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean spaced;

    private Lexer(String source, boolean commasGroup) {
        this.source = source;
        this.commasGroup = commasGroup;
    }

    /**
     * @param commasGroup whether 1,000 is one number; otherwise its comma separates two
     * @throws SyntaxException for what cannot be a token
     */
    static List<Token> tokens(String text, boolean commasGroup) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); index++) {
            String replacement = UNICODE.get(text.charAt(index));
            plain.append(replacement == null ? String.valueOf(text.charAt(index)) : replacement);
        }
        Lexer lexer = new Lexer(plain.toString(), commasGroup);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (at < source.length()) {
            char next = source.charAt(at);
            if (Character.isWhitespace(next) || next == '~' || next == '\u00a0') {
                at++;
                spaced = true;
            } else if (Character.isDigit(next) || next == '.' && at + 1 < source.length() && digitAt(at + 1)) {
                number();
            } else if (next == '\\') {
                command();
            } else if (Character.isLetter(next)) {
                word();
            } else {
                at++;
                if (next != '$') {
                    add(Token.Kind.MARK, String.valueOf(next));
                }
            }
        }
        add(Token.Kind.END, "");
    }

    private void add(Token.Kind kind, String text) {
        tokens.add(new Token(kind, text, null, 0, spaced));
        spaced = false;
    }

    private boolean digitAt(int index) {
        return index < source.length() && Character.isDigit(source.charAt(index));
    }

    private void number() {
        int start = at;
        Matcher grouped =
                (commasGroup ? GROUPED : STRONGLY_GROUPED).matcher(source).region(at, source.length());
        StringBuilder digits = new StringBuilder();
        if (grouped.lookingAt()) {
            grouped.group().chars().filter(Character::isDigit).forEach(digit -> digits.append((char) digit));
            at = grouped.end();
        } else {
            while (digitAt(at)) {
                digits.append(source.charAt(at++));
            }
        }
        int decimals = 0;
        if (at < source.length() && source.charAt(at) == '.' && (digitAt(at + 1) || repeatsAt(at + 1))) {
            digits.append('.');
            at++;
            while (digitAt(at)) {
                digits.append(source.charAt(at++));
                decimals++;
            }
        }
        if (at - start > MOST_DIGITS) {
            throw new SyntaxException("a number with too many digits");
        }
        String plain = digits.isEmpty() || digits.charAt(0) == '.' ? "0" + digits : digits.toString();
        Rational value = Rational.of(new BigDecimal(plain.endsWith(".") ? plain + "0" : plain));
        if (repeatsAt(at)) {
            value = value.plus(repeating(decimals));
            decimals = 0;
        } else {
            Matcher scientific = SCIENTIFIC.matcher(source).region(at, source.length());
            if (scientific.lookingAt()) {
                int exponent = Integer.parseInt(scientific.group().substring(1).replace("+", ""));
                Rational power = Rational.of(BigInteger.TEN.pow(Math.abs(exponent)));
                value = exponent < 0 ? value.dividedBy(power) : value.times(power);
                at = scientific.end();
            }
        }
        tokens.add(new Token(Token.Kind.NUMBER, source.substring(start, at), value, decimals, spaced));
        spaced = false;
    }

    private boolean repeatsAt(int index) {
        return source.startsWith("\\overline{", index)
                || source.startsWith("\\bar{", index)
                || source.startsWith("\\dot{", index);
    }

    /** The value of digits that repeat behind so many decimals: 0.1 with 6 repeated is 1/10 + 6/90. */
    private Rational repeating(int decimals) {
        int open = source.indexOf('{', at);
        int close = source.indexOf('}', open);
        String digits = close < 0 ? "" : source.substring(open + 1, close);
        if (digits.isEmpty() || digits.length() > 100 || !digits.chars().allMatch(Character::isDigit)) {
            throw new SyntaxException("a repeating decimal without digits");
        }
        at = close + 1;
        BigInteger nines = BigInteger.TEN.pow(digits.length()).subtract(BigInteger.ONE);
        return Rational.of(new BigInteger(digits), nines.multiply(BigInteger.TEN.pow(decimals)));
    }

    private void word() {
        int start = at;
        while (at < source.length() && Character.isLetter(source.charAt(at))) {
            at++;
        }
        add(Token.Kind.WORD, source.substring(start, at));
    }

    private void command() {
        int start = ++at;
        while (at < source.length() && Character.isLetter(source.charAt(at)) && source.charAt(at) < 128) {
            at++;
        }
        if (at == start) {
            symbolCommand();
            return;
        }
        String name = source.substring(start, at);
        if (!name.equals("quad") && name.startsWith("quad")) {
            // A space that swallowed the letter behind it.
            at = start + "quad".length();
            spaced = true;
            return;
        }
        if (TEXTS.contains(name)) {
            add(Token.Kind.TEXT, argument());
        } else if (name.equals("mathrm") && at < source.length() && source.charAt(at) == '{') {
            int braces = at;
            String unit = argument().replace("~", "").replace("\\,", "").strip();
            if (SHORT_UNITS.contains(unit) || Units.of(unit) != null) {
                add(Token.Kind.TEXT, unit);
            } else {
                at = braces;
            }
        } else if (name.equals("hspace")
                || name.equals("vspace")
                || name.equals("phantom")
                || name.equals("label")
                || name.equals("tag")
                || name.equals("color")) {
            argument();
            spaced = true;
        } else if (name.equals("operatorname")) {
            if (at < source.length() && source.charAt(at) == '*') {
                at++;
            }
            add(Token.Kind.COMMAND, argument().strip());
        } else if (DROPPED.contains(name)) {
            // "\left." and "\right." stand for no delimiter at all.
            if ((name.equals("left") || name.equals("right")) && at < source.length() && source.charAt(at) == '.') {
                at++;
            }
            spaced = true;
        } else if (!WRAPPERS.contains(name)) {
            add(Token.Kind.COMMAND, name);
        }
    }

    private void symbolCommand() {
        if (at >= source.length()) {
            return;
        }
        char symbol = source.charAt(at++);
        switch (symbol) {
            case ',', ';', ':', '!', '>', ' ', '/' -> spaced = true;
            case '\\' -> add(Token.Kind.COMMAND, "\\");
            case '$' -> add(Token.Kind.TEXT, "$");
            case '(', ')', '[', ']' -> spaced = true;
            case '{', '}' -> add(Token.Kind.COMMAND, String.valueOf(symbol));
            case '|' -> add(Token.Kind.COMMAND, "Vert");
            default -> add(Token.Kind.MARK, String.valueOf(symbol));
        }
    }

    /** The content of the braces that follow. */
    private String argument() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
        if (at >= source.length() || source.charAt(at) != '{') {
            return "";
        }
        int depth = 0;
        int start = at + 1;
        for (; at < source.length(); at++) {
            depth += source.charAt(at) == '{' ? 1 : source.charAt(at) == '}' ? -1 : 0;
            if (depth == 0) {
                return source.substring(start, at++);
            }
        }
        return source.substring(start);
    }
}
