package io.buckbench.checkpoint.hub;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How often and how long to wait before a request is made again.
 *
 * @param attempts in a row without a new byte before giving up
 * @param first wait, doubled at each further one
 * @param longest wait, whatever a server asks for
 * @param stall how long a body may stand still before it counts as broken off
 * @param clock what a server's date is measured against
 * @param sleeper waits
 */
record Retries(
    int attempts, Duration first, Duration longest, Duration stall, Clock clock, Sleeper sleeper) {
  /** Waits; a test only notes for how long. */
  interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  /** Six attempts over about half a minute; a minute's silence is a broken line. */
  static Retries defaults() {
    return new Retries(
        6,
        Duration.ofSeconds(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(1),
        Clock.systemUTC(),
        time -> Thread.sleep(time.toMillis()));
  }

  /** Too busy, or a fault that may pass; any other status will be the same next time. */
  static boolean passes(int status) {
    return status == 408 || status == 429 || status >= 500 && status != 501 && status != 505;
  }

  /**
   * Waits before the next attempt.
   *
   * @param attempt those made so far without a new byte, from 1
   * @param retryAfter the server's own wish, as seconds or as a date (RFC 9110, section 10.2.3)
   */
  void pause(int attempt, Optional<String> retryAfter) {
    Duration doubled = first.multipliedBy(1L << Math.min(attempt - 1, 20));
    Duration wait = retryAfter.flatMap(this::wish).orElse(doubled);
    Duration bounded = wait.compareTo(longest) > 0 ? longest : wait;
    try {
      sleeper.sleep(bounded.isNegative() ? Duration.ZERO : bounded);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransferException("fetch", "interrupted while waiting", "start it again", e);
    }
  }

  private Optional<Duration> wish(String retryAfter) {
    try {
      if (retryAfter.matches("\\d{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
      }
      ZonedDateTime date = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(Duration.between(clock.instant(), date.toInstant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
