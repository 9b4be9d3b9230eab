package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class PageRoomTest {
  @Property
  void pages_that_keep_to_their_room_fit_in_a_report_of_one_file(
      @ForAll @LongRange(min = 1, max = 5_000) long trials) {
    // Base64 makes four bytes of three.
    long pages = trials * PageRoom.of(trials).bytes() * 4 / 3;
    assertThat(pages).isLessThan(PageRoom.MOST_BYTES - 5_000_000);
  }

  @Property(tries = 200)
  void the_first_lines_are_whole_and_no_more_would_fit(
      @ForAll @IntRange(max = 30) int lines, @ForAll @IntRange(max = 400) int room) {
    String text = "a line with ü\n".repeat(lines);
    String shown = new PageRoom(room).firstLines(text);
    assertThat(text).startsWith(shown);
    assertThat(PageRoom.bytesOf(shown) % 15).isZero();
    assertThat(PageRoom.bytesOf(shown)).isLessThanOrEqualTo(room);
    assertThat(shown.length() == text.length() || PageRoom.bytesOf(shown) + 15 > room).isTrue();
  }
}
