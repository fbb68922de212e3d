package io.tramontane.rewards.math.syntax;

import io.tramontane.rewards.math.real.Budget;
import io.tramontane.rewards.math.real.Rational;
import io.tramontane.rewards.math.syntax.Expression.Constant;
import io.tramontane.rewards.math.syntax.Expression.Function;
import io.tramontane.rewards.math.syntax.Expression.Matrix;
import io.tramontane.rewards.math.syntax.Expression.Measured;
import io.tramontane.rewards.math.syntax.Expression.Negation;
import io.tramontane.rewards.math.syntax.Expression.Percent;
import io.tramontane.rewards.math.syntax.Expression.PlusMinus;
import io.tramontane.rewards.math.syntax.Expression.Power;
import io.tramontane.rewards.math.syntax.Expression.Product;
import io.tramontane.rewards.math.syntax.Expression.Quotient;
import io.tramontane.rewards.math.syntax.Expression.Ratio;
import io.tramontane.rewards.math.syntax.Expression.Relation;
import io.tramontane.rewards.math.syntax.Expression.Sequence;
import io.tramontane.rewards.math.syntax.Expression.Sum;
import io.tramontane.rewards.math.syntax.Expression.Symbol;
import io.tramontane.rewards.math.syntax.Expression.Text;
import io.tramontane.rewards.math.syntax.Expression.Union;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Parses LaTeX and plain notation by recursive descent. From loose to tight: list, relation, ratio, union, sum,
 * product, sign, power, postfix. Not thread-safe: one parser a text.
 */
public final class Parser {

    private static final int DEEPEST = 120;

    private static final Map<String, String> RELATIONS = Map.ofEntries(
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
            Map.entry("iff", "→"),
            Map.entry("colon", ":"),
            Map.entry("mid", "|"));

    private static final Set<String> FUNCTIONS = Set.of(
            "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "ln", "log",
            "lg", "exp", "gcd", "lcm", "max", "min", "det", "deg", "asin", "acos", "atan", "sqrt", "abs", "floor",
            "ceil", "Re", "Im", "arg", "cis", "sum", "prod", "int", "lim", "binom", "sgn", "arccot", "coth", "cbrt",
            "iint");

    private static final Set<String> BIG = Set.of("sum", "prod", "int", "lim", "iint");

    private final List<Token> tokens;
    private final Budget budget;
    private int at;
    private int depth;
    /** Bars that are open: the next one closes. */
    private int bars;

    private Parser(List<Token> tokens, Budget budget) {
        this.tokens = tokens;
        this.budget = budget;
    }

    /**
     * @param commasGroup whether 1,000 is a thousand; otherwise it is a list
     * @throws SyntaxException when the text is no expression
     */
    public static Expression parse(String text, boolean commasGroup, Budget budget) {
        budget.spend(text.length() * 4L);
        Parser parser = new Parser(Lexer.tokens(text, commasGroup), budget);
        Expression expression = parser.list(' ', ' ');
        if (parser.peek().kind() != Token.Kind.END) {
            throw new SyntaxException("'" + parser.peek().text() + "' is not expected");
        }
        return expression;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    private Token next() {
        budget.spend(4);
        return tokens.get(at++);
    }

    private boolean accept(String mark) {
        if (peek().isMark(mark)) {
            at++;
            return true;
        }
        return false;
    }

    private boolean acceptCommand(String name) {
        if (peek().isCommand(name)) {
            at++;
            return true;
        }
        return false;
    }

    /** Items up to what ends a sequence. A single one between equal delimiters is itself. */
    private Expression list(char open, char close) {
        if (++depth > DEEPEST) {
            throw new SyntaxException("nested too deeply");
        }
        List<Expression> items = new ArrayList<>();
        boolean semicolons = false;
        while (!endsList()) {
            items.add(relation());
            boolean separated = false;
            while (isSeparator()) {
                semicolons |= peek().isMark(";");
                at++;
                separated = true;
            }
            if (!separated) {
                break;
            }
        }
        depth--;
        if (items.size() == 1 && (open == ' ' || open == '(' && close == ')' || open == '[' && close == ']')) {
            return items.get(0);
        }
        if (items.isEmpty() && open == ' ') {
            throw new SyntaxException("nothing there");
        }
        return new Sequence(List.copyOf(items), open, close);
    }

    private boolean endsList() {
        Token token = peek();
        return token.kind() == Token.Kind.END
                || token.isMark(")")
                || token.isMark("]")
                || token.isMark("}")
                || token.isMark("|") && bars > 0
                || token.isMark("&")
                || token.isCommand("\\")
                || token.isCommand("}")
                || token.isCommand("end")
                || token.isCommand("rfloor")
                || token.isCommand("rceil")
                || token.isCommand("rvert")
                || token.isCommand("rangle")
                || token.isCommand("Vert") && bars > 0;
    }

    private boolean isSeparator() {
        Token token = peek();
        if (token.isMark(",") || token.isMark(";")) {
            return true;
        }
        boolean words = token.kind() == Token.Kind.TEXT || token.kind() == Token.Kind.WORD;
        String word = token.text().strip().toLowerCase(Locale.ROOT);
        return words
                        && (word.equals("and")
                                || word.equals("or")
                                || word.equals(", and")
                                || word.equals(", or")
                                || word.equals(","))
                || token.isCommand("land")
                || token.isCommand("lor")
                || token.isCommand("wedge")
                || token.isCommand("vee");
    }

    private Expression relation() {
        List<Expression> sides = new ArrayList<>();
        List<String> operators = new ArrayList<>();
        sides.add(ratio());
        for (String operator = relationOperator(); operator != null; operator = relationOperator()) {
            operators.add(operator);
            sides.add(ratio());
        }
        return operators.isEmpty() ? sides.get(0) : new Relation(List.copyOf(sides), List.copyOf(operators));
    }

    private String relationOperator() {
        Token token = peek();
        if (token.kind() == Token.Kind.COMMAND) {
            String operator = RELATIONS.get(token.text());
            if (operator != null && !operator.equals(":") && !operator.equals("|")) {
                at++;
                return operator;
            }
            if (token.text().equals("not")) {
                at += 2;
                return "≠";
            }
            return null;
        }
        if (token.kind() != Token.Kind.MARK) {
            return null;
        }
        String operator = switch (token.text()) {
            case "=" -> peek(1).isMark("=") ? "==" : "=";
            case "<" -> peek(1).isMark("=") ? "<=" : "<";
            case ">" -> peek(1).isMark("=") ? ">=" : ">";
            case "!" -> peek(1).isMark("=") ? "!=" : null;
            case "&" -> peek(1).isMark("=") ? "&=" : null;
            default -> null;
        };
        if (operator == null) {
            return null;
        }
        at += operator.length();
        return switch (operator) {
            case "==", "&=" -> "=";
            case "<=" -> "≤";
            case ">=" -> "≥";
            case "!=" -> "≠";
            default -> operator;
        };
    }

    private Expression ratio() {
        Expression first = union();
        if (!peek().isMark(":") && !peek().isCommand("colon")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (accept(":") || acceptCommand("colon")) {
            parts.add(union());
        }
        return new Ratio(List.copyOf(parts));
    }

    private Expression union() {
        Expression first = sum();
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (true) {
            if (acceptCommand("cup")
                    || peek().kind() == Token.Kind.WORD
                            && peek().text().equals("U")
                            && peek(1).isMark("(")
                            && accepted()) {
                parts.add(sum());
            } else if (peek().isCommand("setminus") || peek().isCommand("backslash") || peek().isCommand("cap")) {
                String name = next().text();
                Expression other = sum();
                Expression left = parts.remove(parts.size() - 1);
                parts.add(new Function(name, List.of(left, other)));
            } else {
                return parts.size() == 1 ? parts.get(0) : new Union(List.copyOf(parts));
            }
        }
    }

    private boolean accepted() {
        at++;
        return true;
    }

    private Expression sum() {
        if (++depth > DEEPEST) {
            throw new SyntaxException("nested too deeply");
        }
        List<Expression> terms = new ArrayList<>();
        terms.add(term());
        Expression result = null;
        while (true) {
            if (accept("+")) {
                if (accept("-")) {
                    terms.add(new Negation(term()));
                } else {
                    terms.add(term());
                }
            } else if (accept("-")) {
                terms.add(new Negation(term()));
            } else if (peek().isCommand("pm") || peek().isCommand("mp")) {
                boolean minusFirst = next().text().equals("mp");
                Expression left = result == null ? sumOf(terms) : result;
                result = new PlusMinus(left, term(), minusFirst);
                terms.clear();
                terms.add(result);
            } else {
                depth--;
                return sumOf(terms);
            }
            result = null;
        }
    }

    private static Expression sumOf(List<Expression> terms) {
        return terms.size() == 1 ? terms.get(0) : new Sum(List.copyOf(terms));
    }

    private Expression term() {
        if (accept("-")) {
            return new Negation(term());
        }
        if (accept("+")) {
            return term();
        }
        if (peek().isCommand("pm") || peek().isCommand("mp")) {
            boolean minusFirst = next().text().equals("mp");
            return new PlusMinus(null, term(), minusFirst);
        }
        Expression left = power();
        while (true) {
            if (accept("*") || acceptCommand("cdot") || acceptCommand("times") || acceptCommand("ast")) {
                accept("*");
                left = product(left, signed());
            } else if (accept("/") || acceptCommand("div")) {
                left = new Quotient(left, signed());
            } else if (acceptCommand("over")) {
                return new Quotient(left, term());
            } else if (acceptCommand("choose")) {
                return new Function("binom", List.of(left, term()));
            } else if (startsFactor()) {
                left = juxtaposed(left);
            } else {
                return left;
            }
        }
    }

    private Expression signed() {
        if (accept("-")) {
            return new Negation(signed());
        }
        accept("+");
        return power();
    }

    private static Expression product(Expression left, Expression right) {
        if (left instanceof Product product) {
            List<Expression> factors = new ArrayList<>(product.factors());
            factors.add(right);
            return new Product(List.copyOf(factors));
        }
        return new Product(List.of(left, right));
    }

    /** A factor that follows without a sign: a unit, the fraction of a mixed number, or a product. */
    private Expression juxtaposed(Expression left) {
        Token token = peek();
        String unit = unitAhead();
        if (unit != null) {
            return measured(left, unit);
        }
        boolean integer = left instanceof Expression.Number number
                && number.decimals() == 0
                && number.value().isInteger();
        if (integer && (token.isCommand("frac") || token.isCommand("dfrac") || token.isCommand("tfrac"))) {
            Expression fraction = power();
            return isPlainFraction(fraction) ? new Sum(List.of(left, fraction)) : product(left, fraction);
        }
        if (integer && token.kind() == Token.Kind.NUMBER && token.spaced() && peek(1).isMark("/")) {
            Expression top = power();
            at++;
            Expression fraction = new Quotient(top, power());
            if (isPlainFraction(fraction)) {
                return new Sum(List.of(left, fraction));
            }
        }
        if (token.kind() == Token.Kind.NUMBER && left instanceof Expression.Number) {
            throw new SyntaxException("two numbers in a row");
        }
        return product(left, power());
    }

    private static boolean isPlainFraction(Expression fraction) {
        return fraction instanceof Quotient quotient
                && quotient.top() instanceof Expression.Number top
                && quotient.bottom() instanceof Expression.Number bottom
                && top.decimals() == 0
                && bottom.decimals() == 0
                && top.value().compareTo(bottom.value()) < 0;
    }

    private Expression measured(Expression value, String unit) {
        String whole = unit;
        // Powers of a unit and words like "square" before it belong to it.
        while (true) {
            if (peek().isMark("^")) {
                at++;
                whole += "^" + rendered(argument());
            } else if (peek().isMark("/") && Units.of(peek(1).text()) != null) {
                at++;
                whole += "/" + Units.of(next().text());
            } else {
                String more = unitAhead();
                if (more == null) {
                    break;
                }
                whole += " " + more;
            }
        }
        if (whole.equals("%")) {
            return new Percent(value);
        }
        String known = whole.replace("square ", "").strip();
        if (whole.startsWith("square ") && !known.isEmpty()) {
            known = known + "^2";
        }
        return whole.isEmpty() ? value : new Measured(value, known);
    }

    private static String rendered(Expression exponent) {
        return exponent instanceof Expression.Number number ? number.value().toString() : exponent.toString();
    }

    /** The unit that comes next, already taken; null when there is none. */
    private String unitAhead() {
        Token token = peek();
        if (token.kind() == Token.Kind.TEXT) {
            String text = token.text().strip();
            if (text.isEmpty()) {
                at++;
                return "";
            }
            if (!text.matches("(?i)and|or|,? ?and|,? ?or|if|for|where|when|is|are|to|,")) {
                at++;
                String unit = Units.of(text);
                return unit != null ? unit : text.toLowerCase(Locale.ROOT);
            }
            return null;
        }
        if (token.kind() == Token.Kind.WORD && token.text().length() > 1) {
            String unit = Units.of(token.text());
            if (unit != null) {
                at++;
            }
            return unit;
        }
        return null;
    }

    private boolean startsFactor() {
        Token token = peek();
        return switch (token.kind()) {
            case NUMBER -> true;
            case WORD -> !isSeparator();
            case TEXT -> !isSeparator();
            case MARK ->
                token.isMark("(")
                        || token.isMark("[")
                        || token.isMark("{")
                        || token.isMark("|") && bars == 0
                        || token.isMark("€")
                        || token.isMark("£");
            case COMMAND ->
                !RELATIONS.containsKey(token.text())
                        && !Set.of(
                                        "cup",
                                        "cap",
                                        "setminus",
                                        "pm",
                                        "mp",
                                        "\\",
                                        "}",
                                        "end",
                                        "rfloor",
                                        "rceil",
                                        "rvert",
                                        "rangle",
                                        "over",
                                        "choose",
                                        "land",
                                        "lor",
                                        "wedge",
                                        "vee",
                                        "cdot",
                                        "times",
                                        "div",
                                        "ast",
                                        "not",
                                        "backslash",
                                        "circ",
                                        "degree",
                                        "prime")
                                .contains(token.text())
                        && !(token.isCommand("Vert") && bars > 0);
            case END -> false;
        };
    }

    private Expression power() {
        Expression base = postfix(atom());
        if (peek().isMark("^") || peek().isMark("*") && peek(1).isMark("*") && !peek(1).spaced()) {
            at += peek().isMark("^") ? 1 : 2;
            if (isDegrees()) {
                return postfix(new Measured(base, "°"));
            }
            Expression exponent = exponent();
            if (base instanceof Function function && function.arguments().isEmpty()) {
                return function;
            }
            return postfix(new Power(base, exponent));
        }
        if (peek().isCommand("circ") || peek().isCommand("degree")) {
            at++;
            return new Measured(base, "°");
        }
        return base;
    }

    private boolean isDegrees() {
        int skip = peek().isMark("{") ? 1 : 0;
        if (peek(skip).isCommand("circ")
                || peek(skip).isCommand("degree")
                || peek(skip).isMark("o")) {
            at += skip + 1 + skip;
            return true;
        }
        return false;
    }

    /** One token or a group; without braces a sign, and a power of its own, belong to it. */
    private Expression exponent() {
        if (accept("-")) {
            return new Negation(exponent());
        }
        if (peek().isMark("{")) {
            return group();
        }
        if (peek().isMark("'") || peek().isCommand("prime")) {
            at++;
            return new Symbol("prime");
        }
        if (peek().kind() == Token.Kind.NUMBER && peek(1).isMark("^")) {
            Expression base = atom();
            at++;
            return new Power(base, exponent());
        }
        return atom();
    }

    private Expression postfix(Expression value) {
        Expression result = value;
        while (true) {
            if (peek().isMark("!") && !peek(1).isMark("=")) {
                at++;
                result = new Function(accept("!") ? "doublefactorial" : "factorial", List.of(result));
            } else if (accept("%")) {
                result = new Percent(result);
            } else if (peek().isMark("'") && result instanceof Symbol symbol) {
                at++;
                result = new Symbol(symbol.name() + "'");
            } else if (peek().isMark("_")) {
                at++;
                result = subscripted(result, argument());
            } else if (result instanceof Expression.Number && (peek().isMark("€") || peek().isMark("£"))) {
                result = new Measured(result, next().text());
            } else {
                return result;
            }
        }
    }

    private static Expression subscripted(Expression value, Expression index) {
        if (value instanceof Symbol symbol) {
            return new Symbol(symbol.name() + "_" + canonical(index));
        }
        return new Function("base", List.of(value, index));
    }

    /** A text for an index, the same for the same index. */
    private static String canonical(Expression index) {
        if (index instanceof Symbol symbol) {
            return symbol.name();
        }
        return index instanceof Expression.Number number ? number.value().toString() : index.toString();
    }

    private Expression group() {
        if (!accept("{")) {
            throw new SyntaxException("a group is missing");
        }
        Expression content = list(' ', ' ');
        if (!accept("}")) {
            throw new SyntaxException("a brace is not closed");
        }
        return content;
    }

    /** An argument of a command: a group, or a single digit or letter. */
    private Expression argument() {
        if (peek().isMark("{")) {
            return group();
        }
        Token token = peek();
        if (token.kind() == Token.Kind.NUMBER
                && token.text().length() > 1
                && token.text().chars().allMatch(Character::isDigit)) {
            split(token, token.text().substring(0, 1), token.text().substring(1));
        } else if (token.kind() == Token.Kind.WORD && token.text().length() > 1) {
            tokens.set(at, new Token(Token.Kind.WORD, token.text().substring(0, 1), null, 0, token.spaced()));
            tokens.add(at + 1, new Token(Token.Kind.WORD, token.text().substring(1), null, 0, false));
        }
        return atom();
    }

    private void split(Token token, String first, String rest) {
        tokens.set(at, number(first, token.spaced()));
        tokens.add(at + 1, number(rest, false));
    }

    private static Token number(String digits, boolean spaced) {
        return new Token(Token.Kind.NUMBER, digits, Rational.of(new java.math.BigInteger(digits)), 0, spaced);
    }

    private Expression atom() {
        if (++depth > DEEPEST) {
            throw new SyntaxException("nested too deeply");
        }
        try {
            Token token = next();
            return switch (token.kind()) {
                case NUMBER -> new Expression.Number(token.value(), token.decimals());
                case WORD -> word(token);
                case TEXT -> text(token);
                case COMMAND -> command(token);
                case MARK -> mark(token);
                case END -> throw new SyntaxException("it ends too early");
            };
        } finally {
            depth--;
        }
    }

    private Expression text(Token token) {
        String words = token.text().strip();
        if (words.equals("$") || words.isEmpty()) {
            // A currency sign before its number.
            return peek().kind() == Token.Kind.NUMBER ? atom() : new Text(words);
        }
        if (words.length() == 1 && Character.isLetter(words.charAt(0))) {
            return symbol(words);
        }
        return new Text(words);
    }

    private Expression word(Token token) {
        String word = token.text();
        if (word.length() == 1) {
            return application(word);
        }
        if (FUNCTIONS.contains(word)) {
            return function(word);
        }
        switch (word.toLowerCase(Locale.ROOT)) {
            case "pi":
                return Constant.PI;
            case "inf", "infinity", "infty", "oo":
                return Constant.INFINITY;
            default:
                break;
        }
        if (word.length() > 3) {
            return new Symbol(word.toLowerCase(Locale.ROOT));
        }
        // Letters side by side are a product; the last of them may still have a power or an index.
        tokens.add(at, new Token(Token.Kind.WORD, word.substring(1), null, 0, false));
        return symbol(word.substring(0, 1));
    }

    private static Expression symbol(String name) {
        return switch (name) {
            case "e" -> Constant.E;
            case "i" -> Constant.I;
            default -> new Symbol(name);
        };
    }

    /** f(x) is an application for the letters that name functions; anything else is a product. */
    private Expression application(String letter) {
        if ("fghFGHPQ".contains(letter) && peek().isMark("(") && !peek().spaced()) {
            at++;
            Expression arguments = list('(', ' ');
            if (!accept(")")) {
                throw new SyntaxException("a parenthesis is not closed");
            }
            return new Function(letter, ((Sequence) arguments).items());
        }
        return symbol(letter);
    }

    private Expression mark(Token token) {
        switch (token.text()) {
            case "(":
                return bracketed('(');
            case "[":
                return bracketed('[');
            case "]":
                // An open interval in the French notation.
                return bracketed(']');
            case "{": {
                at--;
                return group();
            }
            case "|": {
                bars++;
                Expression inside = list(' ', ' ');
                bars--;
                if (!accept("|")) {
                    throw new SyntaxException("a bar is not closed");
                }
                return new Function("abs", List.of(inside));
            }
            case "€", "£":
                return new Measured(power(), token.text());
            default:
                throw new SyntaxException("'" + token.text() + "' is not expected");
        }
    }

    private Expression bracketed(char open) {
        int outerBars = bars;
        bars = 0;
        char start = open == ']' ? '(' : open;
        Expression inside = list(start, '?');
        bars = outerBars;
        Token end = next();
        char close = end.isMark(")") ? ')' : end.isMark("]") ? ']' : end.isMark("[") && open != '(' ? ')' : ' ';
        if (close == ' ') {
            throw new SyntaxException("a bracket is not closed");
        }
        Sequence sequence = (Sequence) inside;
        if (sequence.items().size() == 1 && (start == '(' && close == ')' || start == '[' && close == ']')) {
            return sequence.items().get(0);
        }
        return new Sequence(sequence.items(), start, close);
    }

    private Expression command(Token token) {
        String name = token.text();
        switch (name) {
            case "frac", "dfrac", "tfrac", "cfrac":
                return new Quotient(argument(), argument());
            case "binom", "dbinom", "tbinom":
                return new Function("binom", List.of(argument(), argument()));
            case "sqrt":
                return root();
            case "pi":
                return Constant.PI;
            case "infty":
                return Constant.INFINITY;
            case "{": {
                Expression inside = list('{', '}');
                if (!acceptCommand("}")) {
                    throw new SyntaxException("a set is not closed");
                }
                return inside;
            }
            case "lbrace": {
                return new Sequence(List.of(), '{', '}');
            }
            case "emptyset", "varnothing":
                return new Sequence(List.of(), '{', '}');
            case "lfloor":
                return closed("floor", "rfloor");
            case "lceil":
                return closed("ceil", "rceil");
            case "lvert":
                return closed("abs", "rvert");
            case "langle": {
                Expression inside = list('(', ')');
                if (!acceptCommand("rangle")) {
                    throw new SyntaxException("an angle bracket is not closed");
                }
                return inside;
            }
            case "Vert", "vert": {
                bars++;
                Expression inside = list(' ', ' ');
                bars--;
                if (!acceptCommand(name)) {
                    throw new SyntaxException("a bar is not closed");
                }
                return new Function(name.equals("vert") ? "abs" : "norm", List.of(inside));
            }
            case "begin":
                return environment();
            case "overline", "bar", "hat", "vec", "widehat", "tilde", "overrightarrow", "dot":
                return new Function(name, List.of(argument()));
            case "angle", "triangle":
                return new Function(name, List.of(power()));
            case "dots", "ldots", "cdots", "dotsc", "dotsb":
                return new Symbol("…");
            default:
                return FUNCTIONS.contains(name) ? function(name) : new Symbol("\\" + name);
        }
    }

    private Expression closed(String function, String close) {
        int outerBars = bars;
        bars = 0;
        Expression inside = list(' ', ' ');
        bars = outerBars;
        if (!acceptCommand(close)) {
            throw new SyntaxException("a bracket is not closed");
        }
        return new Function(function, List.of(inside));
    }

    private Expression root() {
        if (accept("[")) {
            Expression degree = list(' ', ' ');
            if (!accept("]")) {
                throw new SyntaxException("the degree of a root is not closed");
            }
            return new Function("root", List.of(argument(), degree));
        }
        Expression value = peek().isMark("{") || peek().isMark("(") ? atom() : argument();
        return new Function("root", List.of(value, new Expression.Number(Rational.TWO, 0)));
    }

    private Expression function(String name) {
        if (name.equals("sqrt") || name.equals("cbrt")) {
            long degree = name.equals("sqrt") ? 2 : 3;
            return new Function("root", List.of(atom(), new Expression.Number(Rational.of(degree), 0)));
        }
        Expression index = null;
        Expression exponent = null;
        while (peek().isMark("_") || peek().isMark("^")) {
            if (next().isMark("_")) {
                index = argument();
            } else if (isDegrees()) {
                throw new SyntaxException("degrees of a function");
            } else {
                exponent = exponent();
            }
        }
        List<Expression> arguments = new ArrayList<>();
        if (BIG.contains(name)) {
            arguments.add(index == null ? new Text("") : index);
            arguments.add(exponent == null ? new Text("") : exponent);
            arguments.add(term());
            return new Function(name, List.copyOf(arguments));
        }
        if (index != null) {
            arguments.add(index);
        }
        if (peek().isMark("(") || peek().isMark("{") || peek().isMark("[")) {
            Expression inside = atom();
            if (inside instanceof Sequence sequence && sequence.open() == '(') {
                arguments.addAll(sequence.items());
            } else {
                arguments.add(inside);
            }
        } else {
            arguments.add(functionArgument());
        }
        String called = index != null && name.equals("log") ? "logbase" : name;
        Expression applied = new Function(called, List.copyOf(arguments));
        if (exponent == null) {
            return applied;
        }
        boolean inverse = exponent instanceof Negation negation
                && negation.value() instanceof Expression.Number number
                && number.value().equals(Rational.ONE)
                && Set.of("sin", "cos", "tan").contains(name);
        return inverse ? new Function("arc" + name, List.copyOf(arguments)) : new Power(applied, exponent);
    }

    /** Without parentheses a function takes the factors up to the next sign or function: sin 2x cos x. */
    private Expression functionArgument() {
        if (accept("-")) {
            return new Negation(functionArgument());
        }
        Expression argument = power();
        while (startsFactor()
                && !peek().isMark("(")
                && !(peek().kind() == Token.Kind.COMMAND
                        && FUNCTIONS.contains(peek().text())
                        && !peek().isCommand("sqrt"))
                && !(peek().kind() == Token.Kind.WORD && FUNCTIONS.contains(peek().text()))
                && peek().kind() != Token.Kind.TEXT) {
            argument = product(argument, power());
        }
        return argument;
    }

    private Expression environment() {
        String name = environmentName();
        if (name.equals("array") && peek().isMark("{")) {
            group();
        }
        List<List<Expression>> rows = new ArrayList<>();
        List<Expression> row = new ArrayList<>();
        while (true) {
            if (peek().kind() == Token.Kind.END) {
                throw new SyntaxException("an environment is not closed");
            }
            if (acceptCommand("end")) {
                environmentName();
                break;
            }
            if (acceptCommand("\\")) {
                rows.add(List.copyOf(row));
                row.clear();
            } else if (acceptCommand("hline") || accept("&")) {
                continue;
            } else {
                row.add(list(' ', ' '));
            }
        }
        if (!row.isEmpty()) {
            rows.add(List.copyOf(row));
        }
        if (rows.isEmpty()
                || rows.stream().anyMatch(one -> one.size() != rows.get(0).size())) {
            throw new SyntaxException("a matrix with rows of different lengths");
        }
        Matrix matrix = new Matrix(List.copyOf(rows));
        return name.equals("vmatrix") ? new Function("det", List.of(matrix)) : matrix;
    }

    private String environmentName() {
        if (!accept("{")) {
            throw new SyntaxException("an environment without a name");
        }
        StringBuilder name = new StringBuilder();
        while (!peek().isMark("}") && peek().kind() != Token.Kind.END) {
            name.append(next().text());
        }
        accept("}");
        return name.toString();
    }
}
