package io.tramontane.jobs.run.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tramontane.jobs.data.dataset.DatasetSettings;
import io.tramontane.jobs.kernel.config.ConfigException;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.pipeline.advantage.KeepGroup;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.curriculum.ProgressFigure;
import io.tramontane.pipeline.curriculum.Stage;
import io.tramontane.pipeline.curriculum.StageEnd;
import io.tramontane.pipeline.scheduling.SchedulingMode;
import io.tramontane.policy.objective.composition.DivisorChoice;
import io.tramontane.rewards.composition.ComponentSettings;
import io.tramontane.rewards.custom.CustomSettings;
import io.tramontane.rewards.language.LanguageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

    @TempDir
    private Path directory;

    @Test
    void theUsersFileReplacesDefaultsAndNothingElse() throws IOException {
        TramontaneConfig config = load("""
                pipeline:
                  scheduling:
                    mode: sync
                    reissue-after: 90s
                reward:
                  language:
                    languages: [en, it]
                training:
                  loss:
                    divisor: per-sequence-mean
                """);
        TramontaneConfig defaults = TramontaneConfig.loader().load();

        assertThat(config.pipeline().scheduling().mode()).isEqualTo(SchedulingMode.SYNC);
        assertThat(config.pipeline().scheduling().reissueAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(language(config).languages()).containsExactly("en", "it");
        assertThat(config.training().loss().divisor()).isEqualTo(DivisorChoice.PER_SEQUENCE_MEAN);
        assertThat(config.run()).isEqualTo(defaults.run());
        assertThat(config.training().optimizer()).isEqualTo(defaults.training().optimizer());
    }

    @Test
    void laterSettingsWinOverTheFile() throws IOException {
        Path file = write("run:\n  seed: 5\n  output: /somewhere\n");

        TramontaneConfig config = TramontaneConfig.loader()
                .file(file)
                .set("run.seed=6")
                .option("--output", "run.output", "/elsewhere")
                .load();

        assertThat(config.run().seed()).isEqualTo(6);
        assertThat(config.run().output()).isEqualTo(Path.of("/elsewhere"));
    }

    @Test
    void settingsAreYamlSoListsAndMapsWork() {
        TramontaneConfig config = TramontaneConfig.loader()
                .set("reward.language.languages=[fr, de]")
                .set("flink.properties.taskmanager.memory.managed.size=64m")
                .set("run.id=")
                .set("pipeline.limits.maximum-tokens=200_000")
                .load();

        assertThat(language(config).languages()).containsExactly("fr", "de");
        assertThat(config.flink().properties()).isEqualTo(Map.of("taskmanager.memory.managed.size", "64m"));
        assertThat(config.run().id()).isEmpty();
        assertThat(config.pipeline().limits().maximumTokens()).isEqualTo(200_000);
    }

    @Test
    void everythingWrongIsReportedAtOnceWithItsLine() throws IOException {
        assertThat(problems("""
                run:
                  seed: many
                trainning:
                  maximum-steps: 3
                pipeline:
                  scheduling:
                    group-size: 0
                    mode: later
                    groupSize: 3
                reward:
                  language: 7
                  clip-high: 1
                flink:
                  checkpoint-interval: 10
                  restart-delay:
                """))
                .containsExactly(
                        "my.yaml:2: run.seed: must be a whole number, not 'many'",
                        "my.yaml:3: trainning: unknown key; did you mean training?",
                        "my.yaml:7: pipeline.scheduling.group-size: must be greater than 0, not '0'",
                        "my.yaml:8: pipeline.scheduling.mode: must be one of async, sync, not 'later'",
                        "my.yaml:9: pipeline.scheduling.groupSize: unknown key; did you mean pipeline.scheduling.group-size?",
                        "my.yaml:11: reward.language: must be a section of keys and values, not '7'",
                        "my.yaml:12: reward.clip-high: unknown key; did you mean training.loss.clip-high?",
                        "my.yaml:14: flink.checkpoint-interval: must be a duration such as 500ms, 30s, 5min, 2h or 1d, not '10'",
                        "my.yaml:15: flink.restart-delay: has no value; give it one, or remove the line to get the default");
    }

    @Test
    void relationsBetweenSettingsAreChecked() throws IOException {
        assertThat(problems("""
                pipeline:
                  scheduling:
                    group-size: 10
                    maximum-groups-in-flight: 2
                  batching:
                    completions-per-batch: 256
                dataset:
                  source: jsonl
                """))
                .containsExactly(
                        "my.yaml:4: pipeline.scheduling.maximum-groups-in-flight: allows 20 completions at a time, so that a"
                                + " batch of 256 would never fill; set it to 26 or more",
                        "my.yaml:6: pipeline.batching.completions-per-batch: must be a multiple of"
                                + " pipeline.scheduling.group-size (10), since groups are not split; 256 is not",
                        "default: dataset.path: must name the training problems when dataset.source is file",
                        "default: dataset.held-out-path: must name the problems that policies are measured on when"
                                + " dataset.source is file");
    }

    @Test
    void aRecordsOwnCheckPointsToItsSection() throws IOException {
        assertThat(problems("reward:\n  length:\n    maximum-tokens: 10\n    cache-tokens: 20\n"))
                .containsExactly("my.yaml:2: reward.length: cache-tokens must not exceed maximum-tokens");
        assertThat(problems("reward:\n  answer:\n    extraction: pattern\n    pattern: '('\n"))
                .singleElement()
                .asString()
                .startsWith("my.yaml:2: reward.answer: ");
    }

    @Test
    void settingsOfTheCommandLineAreNamedAsWritten() {
        ConfigException broken = catchThrowableOfType(
                ConfigException.class,
                () -> TramontaneConfig.loader()
                        .set("nonsense")
                        .set("run.sead=1")
                        .option("--steps", "training.maximum-steps", "few")
                        .load());

        assertThat(broken.problems())
                .containsExactly(
                        "--set nonsense: must have the form key=value",
                        "--set run.sead=1: run.sead: unknown key; did you mean run.seed?",
                        "--steps: training.maximum-steps: must be a whole number, not 'few'");
    }

    @Test
    void brokenFilesSayWhatIsWrongWithThem() throws IOException {
        assertThat(problems("run: [1")).singleElement().asString().startsWith("my.yaml:1: not YAML: ");
        assertThat(problems("- 1\n- 2\n")).containsExactly("my.yaml:1: must hold keys and values, not a list");
        assertThat(problems("run:\n  seed: 1\n  seed: 2\n"))
                .containsExactly("my.yaml:3: 'seed' stands here a second time, first at my.yaml:2");
        assertThat(problems("run: &x\n  seed: 1\nflink: *x\n"))
                .contains("my.yaml:3: aliases (*name) are not supported; write the value out");
        assertThat(load("").run()).isEqualTo(TramontaneConfig.loader().load().run());
        assertThat(catchThrowableOfType(
                                ConfigException.class,
                                () -> TramontaneConfig.loader()
                                        .file(directory.resolve("none.yaml"))
                                        .load())
                        .problems())
                .containsExactly(directory.resolve("none.yaml") + ": there is no such configuration file");
    }

    @Test
    void elementsOfAListOfSectionsHaveDefaultsAndTypes() throws IOException {
        TramontaneConfig config = load("""
                reward:
                  custom:
                    - {name: brevity, component: word-limit, weight: 0.25, options: {maximum: 50}}
                    - name: wordiness
                      component: word-limit
                      weight: -1
                      enabled: false
                      options:
                        maximum: 7
                """);

        assertThat(config.reward().custom())
                .containsExactly(
                        new CustomSettings("brevity", "word-limit", 0.25, true, new TreeMap<>(Map.of("maximum", "50"))),
                        new CustomSettings(
                                "wordiness", "word-limit", -1.0, false, new TreeMap<>(Map.of("maximum", "7"))));
    }

    @Test
    void whatIsWrongInAListOfSectionsIsNamedByElement() throws IOException {
        assertThat(problems("""
                reward:
                  custom:
                    - name: first
                      component: word-limit
                      weight: 1
                    - component: word-limit
                      weight: heavy
                      wieght: 3
                    - nonsense
                  custom[]:
                    weight: 3
                """))
                .containsExactly(
                        "my.yaml:6: reward.custom[1].name: must be given",
                        "my.yaml:7: reward.custom[1].weight: must be a number, not 'heavy'",
                        "my.yaml:8: reward.custom[1].wieght: unknown key; did you mean reward.custom[1].weight?",
                        "my.yaml:9: reward.custom[2]: must be a section of keys and values, not 'nonsense'",
                        "my.yaml:10: reward.custom[]: unknown key; did you mean reward.custom?");
        assertThat(problems("reward:\n  custom:\n  - {name: Not So, component: word-limit, weight: 1}\n"))
                .containsExactly(
                        "my.yaml:3: reward.custom[0].name: must be lower case, words joined by hyphens, not 'Not So'");
    }

    @Test
    void aStageOfACurriculumSaysWhatDiffersFromTheRest() throws IOException {
        TramontaneConfig config = load("""
                curriculum:
                  stages:
                  - {maximum-new-tokens: 24, length-maximum-tokens: 24, until: accuracy, threshold: 0.6, window: 5}
                  - {completions-per-batch: 128, steps: 20}
                  - maximum-groups-in-flight: 16
                """);

        Curriculum curriculum = config.job().stages();
        assertThat(curriculum.stage(1))
                .isEqualTo(new Stage(24, 24, 8, 256, 32, 0, 1, new StageEnd(0, ProgressFigure.ACCURACY, 0.6, 5)));
        assertThat(curriculum.stage(2))
                .isEqualTo(new Stage(48, 48, 8, 128, 32, 0, 1, new StageEnd(20, ProgressFigure.NONE, 0, 10)));
        assertThat(curriculum.stage(3))
                .isEqualTo(new Stage(48, 48, 8, 256, 16, 0, 1, new StageEnd(0, ProgressFigure.NONE, 0, 10)));
    }

    @Test
    void everyStageOfACurriculumIsCheckedAtTheStart() throws IOException {
        assertThat(problems("""
                curriculum:
                  stages:
                  - {steps: 5, completions-per-batch: 100}
                  - {steps: 5, maximum-groups-in-flight: 8, maximum-new-tokens: 96}
                  - {length-maximum-tokens: 4}
                  - {steps: 5, maximum-pass-rate: 0.9}
                """))
                .containsExactlyInAnyOrder(
                        "my.yaml:3: curriculum.stages[0].completions-per-batch: must be a multiple of"
                                + " pipeline.scheduling.group-size (16); 100 is not",
                        "my.yaml:4: curriculum.stages[1].maximum-groups-in-flight: allows 128 completions at a time, so"
                                + " that the stage's batch of 256 would never fill",
                        "my.yaml:4: curriculum.stages[1].maximum-new-tokens: must leave room for the prompt within"
                                + " policy.maximum-positions (96)",
                        "my.yaml:5: curriculum.stages[2]: has a length penalty over 8 tokens (length-cache-tokens), more"
                                + " than its length-maximum-tokens (4)",
                        "my.yaml:5: curriculum.stages[2]: never ends: give it steps, or until with a threshold, or remove"
                                + " the stages behind it",
                        "my.yaml:6: curriculum.stages[3]: is the last stage and lasts until training.maximum-steps: remove"
                                + " its steps and until",
                        "default: curriculum.pass-rates: must name a file, since curriculum.stages[3] poses problems by"
                                + " their pass rates");
        assertThat(problems(
                        "curriculum:\n  stages:\n  - {minimum-pass-rate: 0.9, maximum-pass-rate: 0.1, until: luck}\n"))
                .singleElement()
                .asString()
                .startsWith("my.yaml:3: curriculum.stages[0].until: ");
        assertThat(problems("curriculum:\n  stages:\n  - {minimum-pass-rate: 0.9, maximum-pass-rate: 0.1}\n"))
                .containsExactly(
                        "my.yaml:3: curriculum.stages[0]: minimum-pass-rate must not exceed maximum-pass-rate");
    }

    @Test
    void customComponentsThatCannotBeMadeAreNamed() throws IOException {
        assertThat(problems("""
                reward:
                  custom:
                    - {name: language, component: word-limit, weight: 1, options: {maximum: 5}}
                    - {name: lost, component: word-limits, weight: 1}
                    - name: odd
                      component: word-limit
                      weight: 1
                      options:
                        maximum: 5
                        minimum: 3
                    - {name: vague, component: word-limit, weight: 1, options: {maximum: few}}
                    - {name: odd, component: word-limit, weight: 1, options: {maximum: 5}}
                """))
                .containsExactly(
                        "my.yaml:3: reward.custom[0].name: there is a component 'language' already; choose another name",
                        "my.yaml:4: reward.custom[1].component: there is no component 'word-limits' on the class path;"
                                + " there are language, length, word-count, word-limit",
                        "my.yaml:10: reward.custom[2].options.minimum: unknown option of word-limit; it takes maximum",
                        "my.yaml:11: reward.custom[3].options: maximum must be a whole number above 0, not 'few'",
                        "my.yaml:12: reward.custom[4].name: there is a component 'odd' already; choose another name");
    }

    @Test
    void aLanguageThatTheDetectorDoesNotKnowIsNamed() throws IOException {
        assertThat(problems("reward:\n  language:\n    languages: [en, xx]\n"))
                .singleElement()
                .asString()
                .startsWith("my.yaml:3: reward.language.languages: the language detector does not know 'xx'");
    }

    @Test
    void presetsLieBetweenDefaultsAndTheUsersFile() throws IOException {
        TramontaneConfig config = TramontaneConfig.loader()
                .preset(ConfigLoaderTest.class, "preset.yaml")
                .file(write("dataset:\n  problems: 3\n"))
                .load();

        assertThat(config.dataset().source()).isEqualTo(DatasetSettings.Source.JSONL);
        assertThat(config.dataset().problems()).isEqualTo(3);
        assertThat(config.pipeline().advantage().keepGroup()).isEqualTo(KeepGroup.CORRECTNESS_DIFFERS);
    }

    @Test
    void aComponentOfAUserIsSwitchedOnByItsSection() throws IOException {
        TramontaneConfig config = load("""
                reward:
                  word-count: {weight: 0.2, maximum: 50}
                  custom:
                  - {name: terse, component: word-count, weight: -1, options: {maximum: 7}}
                """);

        assertThat(config.reward().components()).containsOnlyKeys("length", "language", "word-count");
        assertThat(config.reward().components().get("word-count"))
                .isEqualTo(new ComponentSettings(true, 0.2, new WordCountPlugin.Settings(50, List.of())));
        assertThat(config.reward().custom())
                .containsExactly(new CustomSettings(
                        "terse", "word-count", -1.0, true, new WordCountPlugin.Settings(7, List.of())));
    }

    @Test
    void whatIsWrongWithAComponentOfAUserIsNamedByItsKey() throws IOException {
        assertThat(problems("""
                reward:
                  word-count:
                    maximum: 0
                    weight: -1
                    maximal: 3
                  word-counts: {weight: 1}
                  custom:
                  - name: terse
                    component: word-count
                    weight: 1
                    options:
                      maximum: few
                """))
                .containsExactly(
                        "my.yaml:3: reward.word-count.maximum: must be greater than 0, not '0'",
                        "my.yaml:4: reward.word-count.weight: must be greater than or equal to 0, not '-1.0'",
                        "my.yaml:5: reward.word-count.maximal: unknown key; did you mean reward.word-count.maximum?",
                        "my.yaml:6: reward.word-counts: unknown key; did you mean reward.word-count?",
                        "my.yaml:12: reward.custom[0].options.maximum: must be a whole number, not 'few'");
        assertThat(problems("""
                reward:
                  word-count: {weight: 1, maximum: 3, forbidden: [a, b c]}
                  custom:
                  - {name: word-count, component: word-count, weight: 1, options: {maximum: 3, forbidden: [b c]}}
                """))
                .containsExactly(
                        "my.yaml:2: reward.word-count: forbidden must be single words, not 'b c'",
                        "my.yaml:4: reward.custom[0].name: there is a component 'word-count' already; choose another name",
                        "my.yaml:4: reward.custom[0].options: forbidden must be single words, not 'b c'");
        assertThat(problems("reward:\n  word-count: {weight: 1}\n"))
                .containsExactly("my.yaml:2: reward.word-count.maximum: must be given");
    }

    private static LanguageSettings language(TramontaneConfig config) {
        return config.reward().settings(LanguageSettings.class).orElseThrow();
    }

    private TramontaneConfig load(String yaml) throws IOException {
        return TramontaneConfig.loader().file(write(yaml)).load();
    }

    private List<String> problems(String yaml) throws IOException {
        Path file = write(yaml);
        return catchThrowableOfType(
                        ConfigException.class,
                        () -> TramontaneConfig.loader().file(file).load())
                .problems();
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("my.yaml"), yaml);
    }

    @Test
    void refusesAPasswordInClearTextAndDoesNotRepeatIt() {
        ConfigLoader<TramontaneConfig> loader =
                TramontaneConfig.loader().set("kafka.properties.ssl.key.password=hunter2");
        assertThatThrownBy(loader::load)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--set kafka.properties.ssl.key.password: kafka: no password may stand")
                .hasMessageNotContaining("hunter2");
    }
}
