package io.tramontane.rewards.math.comparison;

import io.tramontane.rewards.math.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Matrices and what may be written in their place. */
final class Matrices {

    private static final int LARGEST = 12;

    /** A determinant is written out, in as many terms as its size has factorials. */
    private static final int LARGEST_DETERMINANT = 4;

    private Matrices() {}

    /** Products and multiples of matrices as one matrix, its entries not yet computed; anything else as it is. */
    static Expression simplified(Expression expression) {
        if (expression instanceof Expression.Function function
                && function.name().equals("det")) {
            Expression.Matrix square = matrix(function.arguments().get(0));
            boolean small = square != null
                    && square.rows().size() == square.rows().get(0).size()
                    && square.rows().size() <= LARGEST_DETERMINANT;
            return small ? determinant(square.rows()) : expression;
        }
        Expression.Matrix matrix = matrix(expression);
        return matrix == null ? expression : matrix;
    }

    /** By the first row. */
    private static Expression determinant(List<List<Expression>> rows) {
        if (rows.size() == 1) {
            return rows.get(0).get(0);
        }
        List<Expression> terms = new ArrayList<>();
        for (int column = 0; column < rows.size(); column++) {
            List<List<Expression>> minor = new ArrayList<>();
            for (List<Expression> row : rows.subList(1, rows.size())) {
                List<Expression> entries = new ArrayList<>(row);
                entries.remove(column);
                minor.add(entries);
            }
            Expression term = new Expression.Product(List.of(rows.get(0).get(column), determinant(minor)));
            terms.add(column % 2 == 0 ? term : new Expression.Negation(term));
        }
        return new Expression.Sum(List.copyOf(terms));
    }

    /** Null for what is no matrix. */
    private static Expression.Matrix matrix(Expression expression) {
        if (expression instanceof Expression.Matrix matrix) {
            return matrix;
        }
        if (expression instanceof Expression.Negation negation) {
            Expression.Matrix inner = matrix(negation.value());
            return inner == null ? null : each(inner, Expression.Negation::new);
        }
        if (expression instanceof Expression.Quotient quotient) {
            Expression.Matrix top = matrix(quotient.top());
            return top == null ? null : each(top, entry -> new Expression.Quotient(entry, quotient.bottom()));
        }
        return expression instanceof Expression.Product product ? product(product) : null;
    }

    private static Expression.Matrix product(Expression.Product product) {
        Expression.Matrix result = null;
        List<Expression> scalars = new ArrayList<>();
        for (Expression factor : product.factors()) {
            Expression.Matrix next = matrix(factor);
            if (next == null) {
                scalars.add(factor);
            } else {
                result = result == null ? next : product(result, next);
                if (result == null) {
                    return null;
                }
            }
        }
        if (result == null || scalars.isEmpty()) {
            return result;
        }
        return each(result, entry -> {
            List<Expression> factors = new ArrayList<>(scalars);
            factors.add(entry);
            return new Expression.Product(List.copyOf(factors));
        });
    }

    private static Expression.Matrix each(Expression.Matrix matrix, UnaryOperator<Expression> change) {
        return new Expression.Matrix(matrix.rows().stream()
                .map(row -> row.stream().map(change).toList())
                .toList());
    }

    /** Null when the shapes do not fit, or are too large. */
    private static Expression.Matrix product(Expression.Matrix left, Expression.Matrix right) {
        int inner = right.rows().size();
        if (left.rows().get(0).size() != inner || inner > LARGEST || left.rows().size() > LARGEST) {
            return null;
        }
        List<List<Expression>> rows = new ArrayList<>();
        for (List<Expression> row : left.rows()) {
            List<Expression> entries = new ArrayList<>();
            for (int column = 0; column < right.rows().get(0).size(); column++) {
                List<Expression> terms = new ArrayList<>();
                for (int index = 0; index < inner; index++) {
                    terms.add(new Expression.Product(
                            List.of(row.get(index), right.rows().get(index).get(column))));
                }
                entries.add(new Expression.Sum(List.copyOf(terms)));
            }
            rows.add(List.copyOf(entries));
        }
        return new Expression.Matrix(List.copyOf(rows));
    }

    /** Rows of a matrix; a tuple is a column. */
    static Optional<List<List<Expression>>> rows(Expression expression) {
        if (expression instanceof Expression.Matrix matrix) {
            return Optional.of(matrix.rows());
        }
        if (expression instanceof Expression.Sequence sequence
                && sequence.open() == '('
                && !sequence.items().isEmpty()) {
            List<List<Expression>> rows = new ArrayList<>();
            sequence.items().forEach(item -> rows.add(List.of(item)));
            return Optional.of(rows);
        }
        return Optional.empty();
    }
}
