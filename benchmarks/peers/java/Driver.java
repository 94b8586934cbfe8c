import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Jackson's non-blocking parser. First a line that says who is there; then, for each line "peer TAB task TAB file TAB chunk TAB milliseconds TAB field" of the
 * input, one with what it needed. Times are processor time of the thread.
 */
public final class Driver {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final JsonFactory FACTORY = new JsonFactory();
    private static long sink;

    public static void main(String[] args) throws IOException {
        String peer = "Jackson non-blocking " + FACTORY.version();
        System.out.println("{\"runtime\":\"Java " + System.getProperty("java.version") + "\",\"peers\":[{\"name\":\"" + peer + "\",\"tasks\":[\"events\"]}]}");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] request = line.split("\t", -1);
            System.out.println(measure(Files.readAllBytes(Path.of(request[2])), Integer.parseInt(request[3]), Long.parseLong(request[4]) * 1_000_000));
            System.out.flush();
        }
    }

    private static String measure(byte[] document, int chunk, long budget) {
        int size = chunk == 0 ? document.length : chunk;
        Digest digest = new Digest();
        try {
            read(document, size, digest);
            List<Long> samples = new ArrayList<>();
            long end = now() + budget;
            do {
                long start = now();
                read(document, size, null);
                samples.add(now() - start);
            } while (now() < end && samples.size() < 20_000);
            // Those of the first half are not compiled yet.
            List<Long> warm = new ArrayList<>(samples.subList(samples.size() / 2, samples.size()));
            warm.sort(null);
            return "{\"ns\":" + warm.get(warm.size() / 2) + ",\"digest\":\"" + String.format("%016x", digest.value) + "\",\"brokenOff\":false}";
        } catch (IOException e) {
            return "{\"error\":\"" + e.getClass().getSimpleName() + "\"}";
        }
    }

    private static void read(byte[] document, int size, Digest digest) throws IOException {
        try (JsonParser parser = FACTORY.createNonBlockingByteArrayParser()) {
            ByteArrayFeeder feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
            for (int at = 0; at < document.length; at += size) {
                feeder.feedInput(document, at, Math.min(at + size, document.length));
                if (at + size >= document.length) {
                    feeder.endOfInput();
                }
                for (JsonToken token = parser.nextToken(); token != null && token != JsonToken.NOT_AVAILABLE; token = parser.nextToken()) {
                    tell(parser, token, digest);
                }
            }
        }
    }

    private static void tell(JsonParser parser, JsonToken token, Digest digest) throws IOException {
        switch (token) {
            case VALUE_STRING -> {
                // The characters as the parser has them: no string is made of them.
                sink += parser.getTextLength() + parser.getTextCharacters()[parser.getTextOffset()];
                if (digest != null) {
                    digest.text(parser.getText());
                }
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                sink += parser.getTextLength();
                if (digest != null) {
                    digest.word(Double.doubleToLongBits(Double.parseDouble(parser.getText())));
                }
            }
            case VALUE_TRUE -> literal(5, digest);
            case VALUE_FALSE -> literal(6, digest);
            case VALUE_NULL -> literal(7, digest);
            case END_OBJECT -> literal('}', digest);
            case END_ARRAY -> literal(']', digest);
            default -> sink++;
        }
    }

    private static void literal(int code, Digest digest) {
        sink += code;
        if (digest != null) {
            digest.word(code);
        }
    }

    private static long now() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** FNV-1a of words of 64 bits and of texts with their length: the same digest as that of the caller. */
    private static final class Digest {
        private long value = 0xcbf29ce484222325L;

        void word(long word) {
            for (int i = 0; i < 8; i++) {
                mix((byte) (word >>> (8 * i)));
            }
        }

        void text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            word(utf8.length);
            for (byte b : utf8) {
                mix(b);
            }
        }

        private void mix(byte b) {
            value = (value ^ (b & 0xff)) * 0x100000001b3L;
        }
    }
}
