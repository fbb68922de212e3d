package io.tramontane.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodeBlockTest {

    @Test
    void theFirstBlockThatNamesItsLanguageIsTaken() {
        String answer =
                "First run this:\n```\npip install x\n```\nthen\n```cpp\nint main() {}\n```\nor\n```python\npass\n```\n";

        assertThat(CodeBlock.first(answer)).contains(new CodeBlock("cpp", "int main() {}\n"));
    }

    @Test
    void languagesAreWrittenInManyWays() {
        for (String label : new String[] {"cpp", "C++", "c++20", "CPP", "cxx", "c++ title=\"a.cpp\""}) {
            assertThat(language("```" + label + "\nx\n```")).isEqualTo(CodeLanguage.CPP);
        }
        for (String label : new String[] {"python", "Python3", " py ", "{.python}", "python\r"}) {
            assertThat(language("~~~" + label + "\nx\n~~~")).isEqualTo(CodeLanguage.PYTHON);
        }
        assertThat(CodeLanguage.labelled("java")).isEmpty();
    }

    private static CodeLanguage language(String text) {
        return CodeBlock.first(text)
                .flatMap(block -> CodeLanguage.labelled(block.label()))
                .orElseThrow();
    }

    @Test
    void aLongerFenceHoldsShorterOnes() {
        assertThat(CodeBlock.first("````python\nprint('''\n```\n''')\n````\n"))
                .contains(new CodeBlock("python", "print('''\n```\n''')\n"));
    }

    @Test
    void whatIsInABlockWithoutALanguageIsNoBlock() {
        assertThat(CodeBlock.first("~~~\n```cpp\nx\n```\n~~~\n")).isEmpty();
    }

    @Test
    void thereMayBeNone() {
        assertThat(CodeBlock.first("")).isEmpty();
        assertThat(CodeBlock.first("int main() {}")).isEmpty();
        assertThat(CodeBlock.first("```\nint main() {}\n```")).isEmpty();
        assertThat(CodeBlock.first("```cpp\nint main() {}\n")).isEmpty();
        assertThat(CodeBlock.first("```cpp int main() {}```")).isEmpty();
        assertThat(CodeBlock.first("    ```cpp\n    x\n    ```")).isEmpty();
    }

    @Test
    void linesMayEndAsOnWindows() {
        assertThat(CodeBlock.first("```cpp\r\nint x;\r\n```\r\n")).contains(new CodeBlock("cpp", "int x;\r\n"));
    }
}
