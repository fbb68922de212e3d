package io.tramontane.rewards.math.syntax;

import io.tramontane.rewards.math.real.Budget;
import io.tramontane.rewards.math.real.Rational;
import java.math.BigInteger;
import java.util.List;

/** The place in an answer's tokens, and how deep it lies. Not thread-safe: it spends its comparison's budget. */
final class TokenCursor {

    private static final int DEEPEST = 120;

    private final List<Token> tokens;
    private final Budget budget;
    private int at;
    private int depth;

    /** @param tokens up to END; changed where one of them is cut */
    TokenCursor(List<Token> tokens, Budget budget) {
        this.tokens = tokens;
        this.budget = budget;
    }

    Token peek() {
        return tokens.get(at);
    }

    /** A token further on; END when there are fewer. */
    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token next() {
        budget.spend(4);
        return tokens.get(at++);
    }

    void skip(int count) {
        at += count;
    }

    boolean accept(String mark) {
        if (peek().isMark(mark)) {
            at++;
            return true;
        }
        return false;
    }

    boolean acceptCommand(String name) {
        if (peek().isCommand(name)) {
            at++;
            return true;
        }
        return false;
    }

    /** @throws SyntaxException with the complaint when another token comes next */
    void require(String mark, String complaint) {
        if (!accept(mark)) {
            throw new SyntaxException(complaint);
        }
    }

    /** @throws SyntaxException with the complaint when another token comes next */
    void requireCommand(String name, String complaint) {
        if (!acceptCommand(name)) {
            throw new SyntaxException(complaint);
        }
    }

    /** Every rule that can contain itself enters, so that no text overflows the stack. */
    void enter() {
        if (++depth > DEEPEST) {
            throw new SyntaxException("nested too deeply");
        }
    }

    /** Not needed when a rule fails: that is the end of the text. */
    void leave() {
        depth--;
    }

    /** Cuts digits or letters that come next behind the first of them. */
    void cut() {
        Token token = peek();
        String text = token.text();
        if (text.length() < 2) {
            return;
        }
        if (token.kind() == Token.Kind.NUMBER && text.chars().allMatch(Character::isDigit)) {
            tokens.set(at, number(text.substring(0, 1), token.spaced()));
            tokens.add(at + 1, number(text.substring(1), false));
        } else if (token.kind() == Token.Kind.WORD) {
            tokens.set(at, word(text.substring(0, 1), token.spaced()));
            tokens.add(at + 1, word(text.substring(1), false));
        }
    }

    /** Gives back letters of the word just taken: they come next. */
    void giveBack(String letters) {
        tokens.add(at, word(letters, false));
    }

    private static Token number(String digits, boolean spaced) {
        return new Token(Token.Kind.NUMBER, digits, Rational.of(new BigInteger(digits)), 0, spaced);
    }

    private static Token word(String letters, boolean spaced) {
        return new Token(Token.Kind.WORD, letters, null, 0, spaced);
    }
}
