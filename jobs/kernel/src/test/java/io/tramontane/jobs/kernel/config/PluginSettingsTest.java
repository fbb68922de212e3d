package io.tramontane.jobs.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.jobs.kernel.config.plugins.BrokenPlugin;
import io.tramontane.jobs.kernel.config.plugins.Circle;
import io.tramontane.jobs.kernel.config.plugins.PatternPlugin;
import io.tramontane.jobs.kernel.config.plugins.Polygon;
import io.tramontane.jobs.kernel.config.plugins.ShapePlugin;
import io.tramontane.jobs.kernel.config.plugins.Stripes;
import io.tramontane.schemas.plugin.NoSettings;
import io.tramontane.schemas.plugin.PluginException;
import io.tramontane.schemas.plugin.PluginSections;
import io.tramontane.schemas.plugin.SettingsOfPlugin;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.IOException;
import java.io.Serializable;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sections whose keys are those of a plug-in. */
class PluginSettingsTest {

    private static final String DEFAULTS = """
            drawing:
              shape:
                type: circle
                thickness: 2
                '*': {}
              paint:
                gloss: true
                stripes:
                  enabled: false
                  weight: 0.5
                  '*': {}
                '*':
                  enabled: true
              others: []
              others[]:
                options: {}
            """;

    @TempDir
    private Path folder;

    /** All of it. */
    record Config(@NotNull @Valid Drawing drawing) {}

    /** The section of the test. */
    record Drawing(
            @NotNull @Valid Shape shape,
            @NotNull @Valid Paint paint,
            @NotNull List<@NotNull @Valid Other> others) {}

    /** Its keys are those of the type beside it. */
    record Shape(
            @NotNull String type,

            @JsonPropertyDescription("How thick.") @PositiveOrZero
            int thickness,

            @SettingsOfPlugin(value = ShapePlugin.class, chosenBy = "type", kind = "shape") @NotNull @Valid
            Serializable settings) {}

    /** A section for each pattern in use. */
    record Paint(boolean gloss, @PluginSections @NotNull Map<String, @NotNull @Valid Pattern> patterns) {}

    /** What every pattern has. */
    record Pattern(
            @JsonPropertyDescription("Whether it is drawn.") @NotNull
            Boolean enabled,

            @JsonPropertyDescription("How much of it.") @NotNull @PositiveOrZero
            Double weight,

            @SettingsOfPlugin(value = PatternPlugin.class, kind = "pattern") @NotNull @Valid
            Serializable settings) {}

    /** An element of a list, whose plug-in's settings have a section of their own. */
    record Other(
            @NotNull String component,

            @SettingsOfPlugin(value = ShapePlugin.class, chosenBy = "component", ownSection = true, kind = "shape")
            @NotNull
            @Valid
            Serializable options) {}

    /** A section whose plug-in has a key that the section has. */
    record Broken(Greed greed) {}

    /** The section. */
    record Greed(
            String type,

            @SettingsOfPlugin(value = BrokenPlugin.class, chosenBy = "type", kind = "sin")
            Serializable settings) {}

    /** A program without drawings. */
    record NoDrawings() {}

    @Test
    void whatTheSectionDoesNotSayIsThePluginsDefault() throws IOException {
        assertThat(loader().load().drawing().shape().settings()).isEqualTo(new Circle().defaults());

        Drawing drawing = load("""
                drawing:
                  shape:
                    radius: 7
                    colours: [blue, green]
                    ground: squared
                """).drawing();

        assertThat(drawing.shape())
                .isEqualTo(new Shape(
                        "circle",
                        2,
                        new Circle.Settings(
                                7, List.of("blue", "green"), Duration.ofSeconds(2), Circle.Ground.SQUARED)));
    }

    @Test
    void theTypeDecidesWhichKeysThereAre() throws IOException {
        assertThat(load("drawing:\n  shape: {type: polygon, sides: 5, thickness: 1}\n")
                        .drawing()
                        .shape())
                .isEqualTo(new Shape("polygon", 1, new Polygon.Settings(5, 1, "")));
    }

    @Test
    void singleSettingsHaveTheTypesOfThePlugin() {
        Drawing drawing = loader().set("drawing.shape.colours=[a, b]")
                .set("drawing.shape.turn=5min")
                .set("drawing.paint.stripes.count=9")
                .load()
                .drawing();

        assertThat(drawing.shape().settings())
                .isEqualTo(new Circle.Settings(1.5, List.of("a", "b"), Duration.ofMinutes(5), Circle.Ground.PLAIN));
        assertThat(drawing.paint().patterns())
                .isEqualTo(Map.of("stripes", new Pattern(false, 0.5, new Stripes.Settings(9))));
        assertThat(loader().set("drawing.shape.type=polygon")
                        .set("drawing.shape.sides=4")
                        .set("drawing.shape.label=[not, a: list")
                        .load()
                        .drawing()
                        .shape()
                        .settings())
                .isEqualTo(new Polygon.Settings(4, 1, "[not, a: list"));
    }

    @Test
    void everythingWrongIsReportedAtOnceWithKeyAndLine() throws IOException {
        assertThat(problems("""
                drawing:
                  shape:
                    radius: -1
                    colors: [red]
                    turn: soon
                    ground: none
                    sides: 3
                    whatever: 3
                  paint:
                    stripes:
                      count: 0
                      weight: -1
                      counts: 3
                    dots:
                      weight: 1
                      count: 2
                    stripe: {}
                """))
                .containsExactly(
                        "my.yaml:3: drawing.shape.radius: must be greater than 0, not '-1.0'",
                        "my.yaml:4: drawing.shape.colors: unknown key; did you mean drawing.shape.colours?",
                        "my.yaml:5: drawing.shape.turn: must be a duration such as 500ms, 30s, 5min, 2h or 1d, not 'soon'",
                        "my.yaml:6: drawing.shape.ground: must be one of plain, squared, not 'none'",
                        "my.yaml:7: drawing.shape.sides: the shape 'circle' has no such setting; it belongs to polygon: remove it, or"
                                + " choose another type",
                        "my.yaml:8: drawing.shape.whatever: unknown key; known here: colours, ground, radius, thickness,"
                                + " turn, type",
                        "my.yaml:11: drawing.paint.stripes.count: must be greater than 0, not '0'",
                        "my.yaml:12: drawing.paint.stripes.weight: must be greater than or equal to 0, not '-1.0'",
                        "my.yaml:13: drawing.paint.stripes.counts: unknown key; did you mean drawing.paint.stripes.count?",
                        "my.yaml:16: drawing.paint.dots.count: unknown key; did you mean drawing.paint.stripes.count?",
                        "my.yaml:17: drawing.paint.stripe: unknown key; did you mean drawing.paint.stripes?");
    }

    @Test
    void settingsOfTheTypeBelowAreLeftOver() throws IOException {
        Path file = file("drawing:\n  shape:\n    turn: 3s\n    radius: 2\n");

        assertThat(problems(
                        loader().file(file).set("drawing.shape.type=polygon").set("drawing.shape.sides=3")))
                .containsExactly(
                        "my.yaml:3: drawing.shape.turn: the shape 'polygon' has no such setting; it belongs to circle: remove"
                                + " it, or choose another type");
    }

    @Test
    void anUnknownTypeIsRefusedWithThoseThereAre() throws IOException {
        assertThat(problems("drawing:\n  shape:\n    type: polygons\n    sides: 3\n    nonsense: 1\n"))
                .containsExactly(
                        "my.yaml:3: drawing.shape.type: there is no shape 'polygons' on the class path; did you mean"
                                + " polygon? There are circle, polygon",
                        "my.yaml:5: drawing.shape.nonsense: unknown key; known here: thickness, type");
    }

    @Test
    void aSettingWithoutDefaultMustBeGiven() throws IOException {
        assertThat(problems("drawing:\n  shape:\n    type: polygon\n"))
                .containsExactly("my.yaml:2: drawing.shape.sides: must be given");
        assertThat(problems("drawing:\n  paint:\n    dots: {}\n"))
                .containsExactly("my.yaml:3: drawing.paint.dots.weight: must be given");
    }

    @Test
    void whatARecordRefusesItselfPointsToItsSection() throws IOException {
        assertThat(problems("drawing:\n  shape: {radius: 200, colours: []}\n"))
                .containsExactly("my.yaml:2: drawing.shape: a large circle needs a colour");
        assertThat(problems("drawing:\n  shape: {type: polygon, sides: 3, label: Ah!}\n"))
                .containsExactly("my.yaml:2: drawing.shape: label must not shout");
    }

    @Test
    void aPluginIsInUseIfItHasASection() throws IOException {
        assertThat(load("drawing:\n  paint:\n    dots: {weight: 2}\n")
                        .drawing()
                        .paint()
                        .patterns())
                .isEqualTo(Map.of(
                        "stripes", new Pattern(false, 0.5, new Stripes.Settings(3)),
                        "dots", new Pattern(true, 2.0, new NoSettings())));
        assertThat(problems("drawing:\n  paint:\n    stripes: 7\n    dots: many\n"))
                .containsExactly(
                        "my.yaml:3: drawing.paint.stripes: must be a section of keys and values, not '7'",
                        "my.yaml:4: drawing.paint.dots: must be a section of keys and values, not 'many'");
        assertThat(problems("drawing:\n  paint:\n    checks: {weight: 1}\n"))
                .containsExactly(
                        "my.yaml:3: drawing.paint.checks: unknown key; known here: dots, gloss, stripes; no pattern"
                                + " 'checks' is on the class path");
    }

    @Test
    void elementsOfListsHaveSettingsOfPluginsInASectionOfTheirOwn() throws IOException {
        assertThat(load("""
                drawing:
                  others:
                  - {component: circle, options: {radius: 4}}
                  - {component: something-else, options: {radius: much}}
                """).drawing().others())
                .containsExactly(
                        new Other(
                                "circle",
                                new Circle.Settings(4, List.of("red"), Duration.ofSeconds(2), Circle.Ground.PLAIN)),
                        new Other("something-else", (Serializable) Map.of("radius", "much")));
        assertThat(problems("""
                drawing:
                  others:
                  - component: circle
                    options:
                      radius: 0
                      radios: 4
                  - component: polygon
                    options: {sides: few}
                  - component: polygon
                """))
                .containsExactly(
                        "my.yaml:6: drawing.others[0].options.radios: unknown key; did you mean"
                                + " drawing.others[0].options.radius?",
                        "my.yaml:8: drawing.others[1].options.sides: must be a whole number, not 'few'",
                        "default: drawing.others[2].options.sides: must be given");
        assertThat(problems("drawing:\n  others:\n  - component: circle\n    options:\n      radius: 0\n"))
                .containsExactly("my.yaml:5: drawing.others[0].options.radius: must be greater than 0, not '0.0'");
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Config config = loader().set("drawing.shape.type=polygon")
                .set("drawing.shape.sides=6")
                .set("drawing.paint.dots.weight=2")
                .set("drawing.others=[{component: circle, options: {radius: 3}}, {component: x, options: {a: b}}]")
                .load();

        assertThat(ConfigWriter.flat(config))
                .containsEntry("drawing.shape.sides", "6")
                .containsEntry("drawing.paint.stripes.count", "3")
                .containsEntry("drawing.paint.dots.weight", "2.0");
        assertThat(load(ConfigWriter.toYaml(config))).isEqualTo(config);
        assertThat(ConfigSchema.keys(config))
                .extracting(ConfigKey::path)
                .containsExactlyElementsOf(ConfigWriter.flat(config).keySet());
    }

    @Test
    void thereIsATableForEachPlugin() {
        List<PluginKeys> tables = ConfigSchema.pluginKeys(Config.class);

        assertThat(tables)
                .extracting(PluginKeys::title)
                .containsExactly(
                        "drawing.shape, type circle",
                        "drawing.shape, type polygon",
                        "drawing.paint.stripes",
                        "drawing.paint.dots");
        assertThat(tables.get(0).keys())
                .contains(new ConfigKey("drawing.shape.radius", double.class, "number > 0", "How wide."));
        assertThat(tables.get(0).defaults()).containsEntry("drawing.shape.turn", "2s");
        assertThat(tables.get(1).defaults()).doesNotContainKey("drawing.shape.sides");
        assertThat(tables.get(2).keys())
                .extracting(ConfigKey::path)
                .containsExactly(
                        "drawing.paint.stripes.enabled", "drawing.paint.stripes.weight", "drawing.paint.stripes.count");
    }

    @Test
    void aPluginWhoseKeyTheSectionHasIsRefusedByName() {
        assertThatThrownBy(() -> ConfigLoader.of(Broken.class))
                .isInstanceOf(PluginException.class)
                .hasMessageContaining("the sin 'greedy' (" + BrokenPlugin.Greedy.class.getName() + ") cannot be used:"
                        + " each sin in greed has a key 'type', so its setting of that name needs another");
    }

    @Test
    void aProgramWithoutThePluginsLeavesTheirKeysAlone() throws IOException {
        Path right = file("""
                drawing:
                  shape: {type: any, of: it}
                  paint:
                    stripes: {count: 4}
                    user: {weight: 3}
                """);
        assertThat(loader(NoDrawings.class).file(right).load()).isNotNull();

        Path wrong = file("drawing:\n  paintings: 1\n");
        assertThat(problems(loader(NoDrawings.class).file(wrong)))
                .containsExactly("my.yaml:2: drawing.paintings: unknown key; known here: others, paint, shape");
    }

    private static ConfigLoader<Config> loader() {
        return loader(Config.class);
    }

    private static <R extends Record> ConfigLoader<R> loader(Class<R> sections) {
        return new ConfigLoader<>(sections, config -> List.of(), yaml(DEFAULTS), new FormerKeys(yaml("{}")));
    }

    private static ConfigNode.Section yaml(String text) {
        List<ConfigProblem> problems = new ArrayList<>();
        ConfigNode.Section section = ConfigYaml.readResource("default", new StringReader(text), problems);
        assertThat(problems).isEmpty();
        return section;
    }

    private Config load(String text) throws IOException {
        return loader().file(file(text)).load();
    }

    private List<String> problems(String text) throws IOException {
        return problems(loader().file(file(text)));
    }

    private static List<String> problems(ConfigLoader<?> loader) {
        return catchThrowableOfType(ConfigException.class, loader::load).problems();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("my.yaml"), text);
    }
}
