package io.tramontane.jobs.data.formats;

/** GSM8K: {@code question}, and an {@code answer} that ends with {@code #### 1,234}. */
final class Gsm8kMapping implements RowMapping {

    private static final String MARK = "####";

    @Override
    public MappedRow map(RowFields row) {
        String question = row.text("question");
        String explained = row.text("answer");
        int mark = explained.lastIndexOf(MARK);
        // The commas group digits: GSM8K's own evaluation removes them as well.
        String answer = mark < 0
                ? ""
                : explained.substring(mark + MARK.length()).strip().replaceAll("(?<=\\d),(?=\\d)", "");
        if (!explained.isBlank() && mark < 0) {
            row.fault("answer", "has no '####' before the result");
        } else if (!explained.isBlank() && answer.isEmpty()) {
            row.fault("answer", "has nothing after '####'");
        }
        return MappedRow.Draft.math(row.firstText("id"), question, answer);
    }
}
