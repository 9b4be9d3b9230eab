package io.buckbench.report.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ElementTest {
  @Property(tries = 300)
  void any_text_is_read_back_as_text_or_question_marks(@ForAll String text) throws Exception {
    String xml = Element.of("p", text).set("title", text).toString();
    org.w3c.dom.Element read =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertThat(read.getChildNodes().getLength()).isLessThanOrEqualTo(1);
    String allowed = text.replaceAll("\r\n?", "\n");
    assertThat(read.getTextContent())
        .matches(
            back ->
                back.codePointCount(0, back.length())
                    == allowed.codePointCount(0, allowed.length()));
    assertThat(read.getAttributes().getLength()).isEqualTo(1);
  }

  @Test
  void numbers_have_at_most_two_decimals_and_no_exponent() {
    assertThat(List.of(Element.number(1.0 / 3), Element.number(1e7), Element.number(-0.0001)))
        .containsExactly("0.33", "10000000", "0");
  }

  @Test
  void a_style_sheet_cannot_close_its_element() {
    assertThatThrownBy(() -> new Asset("style", "a{}</style><script>"))
        .hasMessage("a style that contains an end tag");
  }

  @Property(tries = 300)
  void a_cell_of_a_table_stays_one_cell_and_no_markup(@ForAll String text) {
    assertThat(Markdown.cell(text)).doesNotContain("|", "\n", "<", "`", "*", "](");
  }
}
