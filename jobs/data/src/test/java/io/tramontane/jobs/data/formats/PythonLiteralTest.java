package io.tramontane.jobs.data.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonLiteralTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a': None, \"b\": True, 'c': False}|{\"a\":null,\"b\":true,\"c\":false}",
                "[1, -2.50, 1e3, (4, 5), [], (), {}]|[1,-2.50,1E+3,[4,5],[],[],{}]",
                "(1,)|[1]",
                "{1: 'x', 'y': [ ] , }|{\"1\":\"x\",\"y\":[]}",
                "'it\\'s \"so\"'|\"it's \\\"so\\\"\"",
                "\"it's\"|\"it's\"",
                "'a\\n\\t\\\\b\\x41\\u00e9\\U0001F600\\101\\0'|\"a\\n\\t\\\\bAé😀A\\u0000\"",
                "'\\d'|\"\\\\d\"",
                "123456789012345678901234567890|123456789012345678901234567890",
            })
    void readsWhatPythonPrints(String python, String json) {
        assertThat(PythonLiteral.parse(python).toString()).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "['a'",
                "'a",
                "'\\",
                "{'a'}",
                "{'a': }",
                "{[]: 1}",
                "[1 2]",
                "[,]",
                "1 2",
                "a",
                "f(1)",
                "__import__('os')",
                "1+1",
                "'\\xg1'",
                "'\\U99999999'",
                "nan",
                "b'a'"
            })
    void refusesWhatIsNoValue(String python) {
        assertThatIllegalArgumentException().isThrownBy(() -> PythonLiteral.parse(python));
    }

    @Test
    void refusesToGoTooDeep() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PythonLiteral.parse("[".repeat(100_000)))
                .withMessage("is nested too deeply");
    }
}
