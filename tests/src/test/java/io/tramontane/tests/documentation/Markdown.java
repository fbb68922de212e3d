package io.tramontane.tests.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Markdown files of the repository, and what they tell people to type. */
final class Markdown {

    /** A block with this comment in front of it is run as it stands. */
    static final String RUN_MARK = "<!-- run -->";

    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".build", "runs", "shared");
    private static final Pattern INLINE = Pattern.compile("`(?:\\./)?tramontane ([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /**
     * A fenced block.
     *
     * @param language behind the fence, or empty
     * @param marked whether it is to be run
     */
    record Block(Path file, String language, String text, boolean marked) {

        /** Its lines that start the program, without comments, with continued lines joined. */
        List<String> commands() {
            return text.replace("\\\n", " ")
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("./tramontane "))
                    .map(line -> line.replaceAll("\\s+#.*$", "").substring("./tramontane ".length()))
                    .toList();
        }
    }

    /**
     * A link to a file of the repository.
     *
     * @param target as the document has it
     * @param anchor the heading, or empty
     */
    record Link(String target, Path file, String anchor) {}

    private Markdown() {}

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("tramontane"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    static List<Path> files() {
        return files(file -> file.toString().endsWith(".md"));
    }

    /** Files of the repository, of any kind. */
    static List<Path> files(Predicate<Path> wanted) {
        Set<Path> files = new TreeSet<>();
        try {
            Files.walkFileTree(root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (wanted.test(file)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(files);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        files().forEach(file -> blocks.addAll(blocks(file)));
        return blocks;
    }

    private static List<Block> blocks(Path file) {
        List<Block> blocks = new ArrayList<>();
        StringBuilder open = null;
        String language = "";
        boolean marked = false;
        String before = "";
        for (String line : text(file).lines().toList()) {
            if (line.strip().startsWith("```")) {
                if (open == null) {
                    open = new StringBuilder();
                    language = line.strip().substring(3);
                    marked = before.strip().equals(RUN_MARK);
                } else {
                    blocks.add(new Block(file, language, open.toString(), marked));
                    open = null;
                }
            } else if (open != null) {
                open.append(line).append('\n');
            }
            before = line;
        }
        if (open != null) {
            throw new AssertionError(file + " has a block without an end");
        }
        return blocks;
    }

    /** Commands in the text outside of blocks, without the program's name. */
    static List<String> inlineCommands(Path file) {
        List<String> commands = new ArrayList<>();
        Matcher matcher = INLINE.matcher(withoutBlocks(file).replace('\n', ' '));
        while (matcher.find()) {
            commands.add(matcher.group(1));
        }
        return commands;
    }

    /** Targets of links to files of the repository and to headings in them. */
    static List<Link> links(Path file) {
        List<Link> links = new ArrayList<>();
        Matcher matcher = LINK.matcher(withoutBlocks(file));
        while (matcher.find()) {
            String target = matcher.group(1);
            if (!target.contains(":")) {
                int hash = target.indexOf('#');
                String path = hash < 0 ? target : target.substring(0, hash);
                links.add(new Link(
                        target,
                        path.isEmpty() ? file : file.resolveSibling(path).normalize(),
                        hash < 0 ? "" : target.substring(hash + 1)));
            }
        }
        return links;
    }

    /** The names under which a forge makes the headings of a file reachable. */
    static List<String> anchors(Path file) {
        List<String> anchors = new ArrayList<>();
        Matcher matcher = HEADING.matcher(withoutBlocks(file));
        while (matcher.find()) {
            anchors.add(matcher.group(1)
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }

    private static String withoutBlocks(Path file) {
        return text(file).replaceAll("(?s)```.*?```", "");
    }
}
