package io.tramontane.policy.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.policy.family.ModelFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatTemplateTest {

    /** Of the text "a". */
    private static final String HASH_OF_A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

    /** Of the text "é" in UTF-8. */
    private static final String HASH_OF_E = "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c";

    @TempDir
    private Path folder;

    @Test
    void aFolderMayHaveNone() throws IOException {
        assertThat(ChatTemplate.in(folder)).isEmpty();
        config("{\"chat_template\": null}");
        assertThat(ChatTemplate.in(folder)).isEmpty();
    }

    @Test
    void aTextOfTheTokenizersConfigurationIsTheDefault() throws IOException {
        Path file = config("{\"chat_template\": \"\\u00e9\"}");

        assertThat(ChatTemplate.in(folder)).containsExactly(new ChatTemplate("default", file, HASH_OF_E));
    }

    @Test
    void namedOnesComeByNameWithTheDefaultFirst() throws IOException {
        Path file = config("{\"chat_template\": [{\"name\": \"b\", \"template\": \"a\"},"
                + " {\"name\": \"default\", \"template\": \"a\"}, {\"name\": \"a\", \"template\": \"a\"}]}");

        assertThat(ChatTemplate.in(folder))
                .isEqualTo(List.of("default", "a", "b").stream()
                        .map(name -> new ChatTemplate(name, file, HASH_OF_A))
                        .toList());
    }

    @Test
    void filesOfTheirOwnReplaceTheKey() throws IOException {
        config("{\"chat_template\": \"x\"}");
        Path single = Files.writeString(folder.resolve("chat_template.jinja"), "a");
        Path others = Files.createDirectory(folder.resolve("additional_chat_templates"));
        Path tools = Files.writeString(others.resolve("tools.jinja"), "a");
        Files.writeString(others.resolve("README.md"), "");

        assertThat(ChatTemplate.in(folder))
                .containsExactly(
                        new ChatTemplate("default", single, HASH_OF_A), new ChatTemplate("tools", tools, HASH_OF_A));
    }

    @Test
    void anythingElseIsRefused() throws IOException {
        for (String value : List.of("1", "[\"a\"]", "[{\"name\": \"a\"}]")) {
            Path file = config("{\"chat_template\": " + value + "}");
            assertThatThrownBy(() -> ChatTemplate.in(folder))
                    .isInstanceOf(ModelFolderException.class)
                    .hasMessage(
                            file + ": chat_template: write a text, or a list of objects with a name and a template");
        }
    }

    private Path config(String json) throws IOException {
        return Files.writeString(folder.resolve("tokenizer_config.json"), json);
    }
}
