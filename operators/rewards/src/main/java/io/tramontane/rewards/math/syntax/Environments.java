package io.tramontane.rewards.math.syntax;

import io.tramontane.rewards.math.syntax.Expression.Function;
import io.tramontane.rewards.math.syntax.Expression.Matrix;
import java.util.ArrayList;
import java.util.List;

/** What stands between the commands begin and end: rows of cells. */
final class Environments {

    private final Parser parser;
    private final TokenCursor cursor;
    private final Brackets brackets;

    Environments(Parser parser, TokenCursor cursor, Brackets brackets) {
        this.parser = parser;
        this.cursor = cursor;
        this.brackets = brackets;
    }

    /** A matrix or its determinant; the command begin is already taken. */
    Expression environment() {
        String name = name();
        if (name.equals("array") && cursor.peek().isMark("{")) {
            // Its columns, which mean nothing.
            brackets.group();
        }
        List<List<Expression>> rows = rows();
        if (rows.isEmpty()
                || rows.stream().anyMatch(row -> row.size() != rows.get(0).size())) {
            throw new SyntaxException("a matrix with rows of different lengths");
        }
        Matrix matrix = new Matrix(rows);
        return name.equals("vmatrix") ? new Function("det", List.of(matrix)) : matrix;
    }

    private List<List<Expression>> rows() {
        List<List<Expression>> rows = new ArrayList<>();
        List<Expression> row = new ArrayList<>();
        while (!cursor.acceptCommand("end")) {
            if (cursor.peek().kind() == Token.Kind.END) {
                throw new SyntaxException("an environment is not closed");
            }
            if (cursor.acceptCommand("\\")) {
                rows.add(List.copyOf(row));
                row.clear();
            } else if (!cursor.acceptCommand("hline") && !cursor.accept("&")) {
                row.add(parser.list(' ', ' '));
            }
        }
        name();
        if (!row.isEmpty()) {
            rows.add(List.copyOf(row));
        }
        return List.copyOf(rows);
    }

    private String name() {
        cursor.require("{", "an environment without a name");
        StringBuilder name = new StringBuilder();
        while (!cursor.peek().isMark("}") && cursor.peek().kind() != Token.Kind.END) {
            name.append(cursor.next().text());
        }
        cursor.accept("}");
        return name.toString();
    }
}
