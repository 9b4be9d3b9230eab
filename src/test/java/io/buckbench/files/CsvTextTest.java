package io.buckbench.files;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CsvTextTest {
  @Test
  void a_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe() {
    assertThat(
            CsvText.forSpreadsheets("a,b,c")
                .row("=1+1", "@SUM(A1)", "-2+3")
                .row("+cmd|' /C calc'!A0", "\t=1", "safe")
                .toString())
        .isEqualTo(
            """
            a,b,c
            '=1+1,'@SUM(A1),'-2+3
            '+cmd|' /C calc'!A0,'\t=1,safe
            """);
  }

  @Test
  void numbers_keep_their_signs() {
    assertThat(CsvText.forSpreadsheets("a,b,c").row(-1.5, "-0.25", "+1e-7").toString())
        .isEqualTo("a,b,c\n-1.5,-0.25,+1e-7\n");
  }

  @Property(tries = 300)
  void a_text_to_be_read_back_is_not_changed(@ForAll double number) {
    assertThat(new CsvText("a").row("=" + number).toString()).isEqualTo("a\n=" + number + "\n");
  }
}
