package io.tramontane.jobs.data.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** What Python's {@code pickletools.dis} shows of a pickled text, in every protocol that has a binary text. */
class PackedTestsTest {

    @Test
    void readsTheTextOfEveryProtocol() {
        byte[] text = "[1]".getBytes(StandardCharsets.UTF_8);

        byte[] second = bytes(0x80, 2, 'X', 3, 0, 0, 0, text, 'q', 0, '.');
        byte[] fourth = bytes(0x80, 4, 0x95, 7, 0, 0, 0, 0, 0, 0, 0, 0x8c, 3, text, 0x94, '.');
        byte[] large = bytes(0x80, 5, 0x8d, 3, 0, 0, 0, 0, 0, 0, 0, text, 'r', 0, 0, 0, 0, '.');

        for (byte[] pickle : new byte[][] {second, fourth, large}) {
            assertThat(PackedTests.open(packed(pickle)).toString()).isEqualTo("[1]");
        }
    }

    @Test
    void anythingThatCouldRunIsRefused() {
        byte[] callsSystem = bytes(
                0x80,
                2,
                'c',
                "os\nsystem\n".getBytes(StandardCharsets.UTF_8),
                'X',
                2,
                0,
                0,
                0,
                'l',
                's',
                0x85,
                'R',
                '.');

        assertRefused(callsSystem, "is a pickle of more than a text (operation 0x63), which is refused");
        assertRefused(bytes(0x80, 2, ']', '.'), "is a pickle of more than a text (operation 0x5d), which is refused");
    }

    @Test
    void damagedOnesAreRefused() {
        assertRefused(bytes(0x80, 2, '.'), "is a pickle without a text");
        assertRefused(bytes(0x80, 2, 0x8c, 9, 'a'), "is a pickle that is cut short");
        assertRefused(bytes(0x80, 2, 'X', 0xff, 0xff, 0xff, 0xff, 'a'), "is a pickle that is cut short");
        assertRefused(bytes(0x80, 2, 0x8d, 1, 0, 0, 0, 0, 0, 0, 0x80, 'a', '.'), "is a pickle that is cut short");
        assertRefused(bytes(0x80, 2, 0x8c, 1, 'a', 0x8c, 1, 'b', '.'), "is a pickle of several texts");
        assertRefused(bytes(0x80, 2, 0x8c, 1, '?', '.'), "is packed, but not JSON: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PackedTests.open("?!x"))
                .withMessage("is neither JSON nor base64");
    }

    @Test
    void aBombIsRefused() {
        String bomb = packed(new byte[1_000_001]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PackedTests.open(bomb, 1_000_000))
                .withMessage("has more than 1,000,000 bytes when unpacked");
    }

    private static void assertRefused(byte[] pickle, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PackedTests.open(packed(pickle)))
                .withMessageStartingWith(message);
    }

    private static String packed(byte[] pickle) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream stream = new DeflaterOutputStream(bytes)) {
            stream.write(pickle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** @param parts bytes as numbers or characters, and arrays of them */
    private static byte[] bytes(Object... parts) {
        ByteBuffer buffer = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        for (Object part : parts) {
            if (part instanceof byte[] several) {
                buffer.put(several);
            } else {
                buffer.put((byte) (part instanceof Character c ? c : (int) (Integer) part));
            }
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }
}
