import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** veraPDF over many files: VeraPdf FLAVOURS FILE..., flavours such as "ua1,2a". Exit status 0 or 1. */
public class VeraPdf {
    /** Failed checks that are kept for each file: enough to see what is wrong. */
    private static final int KEPT = 200;

    public static void main(String[] arguments) {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        String[] flavours = arguments[0].split(",");
        int status = 0;
        for (int i = 1; i < arguments.length; i++) {
            StringBuilder rules = new StringBuilder();
            StringBuilder verdicts = new StringBuilder();
            int worst = 0;
            for (String flavour : flavours) {
                worst = Math.max(worst, judge(new File(arguments[i]), flavour, verdicts, rules));
            }
            String word = worst == 0 ? "PASS " : worst == 1 ? "FAIL " : "ERROR";
            // A file that cannot be judged has failed.
            System.out.printf("%s %s  (%s)%n%s", word, arguments[i], verdicts, rules);
            status = Math.max(status, Math.min(worst, 1));
        }
        System.out.flush();
        System.exit(status);
    }

    private static int judge(File file, String name, StringBuilder verdicts, StringBuilder rules) {
        verdicts.append(verdicts.length() == 0 ? "" : "; ").append(name).append(": ");
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, KEPT, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            int count = result.getValidationProfile().getRules().size();
            Map<String, Integer> places = new TreeMap<>();
            Map<String, String> first = new TreeMap<>();
            for (TestAssertion check : result.getTestAssertions()) {
                if (check.getStatus() != TestAssertion.Status.FAILED) {
                    continue;
                }
                String rule = check.getRuleId().getClause() + "-" + check.getRuleId().getTestNumber();
                places.merge(rule, 1, Integer::sum);
                String said = check.getErrorMessage() != null ? check.getErrorMessage() : check.getMessage();
                String where = check.getLocation() == null ? "" : " at " + check.getLocation().getContext();
                first.putIfAbsent(rule, said + where);
            }
            verdicts.append(places.size()).append(" of ").append(count).append(" rules broken");
            for (Map.Entry<String, Integer> rule : places.entrySet()) {
                String said = first.get(rule.getKey());
                said = said.length() > 300 ? said.substring(0, 300) : said;
                rules.append(String.format("      %s %s, %d times: %s%n", name, rule.getKey(), rule.getValue(), said));
            }
            return result.isCompliant() ? 0 : 1;
        } catch (Throwable problem) {
            verdicts.append("could not be judged");
            rules.append(String.format("      %s %s%n", name, problem));
            return 2;
        }
    }
}
