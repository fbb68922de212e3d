package io.tramontane.rewards.math.syntax;

import io.tramontane.rewards.math.syntax.Expression.Constant;
import io.tramontane.rewards.math.syntax.Expression.Function;
import io.tramontane.rewards.math.syntax.Expression.Quotient;
import io.tramontane.rewards.math.syntax.Expression.Sequence;
import io.tramontane.rewards.math.syntax.Expression.Symbol;
import java.util.List;

/** What a LaTeX command stands for; one that is not known is a name. */
final class Commands {

    private final Parser parser;
    private final Brackets brackets;
    private final Functions functions;
    private final Environments environments;

    Commands(Parser parser, Brackets brackets, Functions functions, Environments environments) {
        this.parser = parser;
        this.brackets = brackets;
        this.functions = functions;
        this.environments = environments;
    }

    /** @param name already taken */
    Expression command(String name) {
        return switch (name) {
            case "frac", "dfrac", "tfrac", "cfrac" -> new Quotient(parser.argument(), parser.argument());
            case "binom", "dbinom", "tbinom" -> new Function("binom", List.of(parser.argument(), parser.argument()));
            case "sqrt" -> functions.rootSign();
            case "pi" -> Constant.PI;
            case "infty" -> Constant.INFINITY;
            case "{" -> brackets.set();
            case "lbrace", "emptyset", "varnothing" -> new Sequence(List.of(), '{', '}');
            case "lfloor" -> brackets.closed("floor", "rfloor");
            case "lceil" -> brackets.closed("ceil", "rceil");
            case "lvert" -> brackets.closed("abs", "rvert");
            case "langle" -> brackets.angled();
            case "vert" -> brackets.barred(name, "abs");
            case "Vert" -> brackets.barred(name, "norm");
            case "begin" -> environments.environment();
            case "overline", "bar", "hat", "vec", "widehat", "tilde", "overrightarrow", "dot" ->
                new Function(name, List.of(parser.argument()));
            case "angle", "triangle" -> new Function(name, List.of(parser.power()));
            case "dots", "ldots", "cdots", "dotsc", "dotsb" -> new Symbol("…");
            default -> Functions.isName(name) ? functions.function(name) : new Symbol("\\" + name);
        };
    }
}
