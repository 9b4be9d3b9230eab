package io.buckbench.checkpoint.hub;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How often a request is repeated, and how long to wait before.
 *
 * @param attempts maximum number of consecutive attempts without a new byte
 * @param first the first wait; each further one is twice as long
 * @param longest upper bound of a wait, also of one that a server requests
 * @param stall time for the next 64 kB of a body, after which it counts as interrupted
 * @param clock the current time, for waits that a server gives as a date
 * @param sleeper waits
 */
record Retries(
    int attempts, Duration first, Duration longest, Duration stall, Clock clock, Sleeper sleeper) {
  /** Waits; tests only record the time. */
  interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  /** Six attempts within about half a minute; less than 64 kB in a minute is an interruption. */
  static Retries defaults() {
    return new Retries(
        6,
        Duration.ofSeconds(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(1),
        Clock.systemUTC(),
        time -> Thread.sleep(time.toMillis()));
  }

  /** Whether a status is temporary, so that a repeated request may succeed. */
  static boolean isTemporary(int status) {
    return status == 408 || status == 429 || status >= 500 && status != 501 && status != 505;
  }

  /**
   * Waits before the next attempt.
   *
   * @param attempt number of attempts so far without a new byte, from 1
   * @param retryAfter the server's Retry-After: seconds or a date (RFC 9110, section 10.2.3)
   */
  void pause(int attempt, Optional<String> retryAfter) {
    Duration doubled = first.multipliedBy(1L << Math.min(attempt - 1, 20));
    Duration wait = retryAfter.flatMap(this::requested).orElse(doubled);
    Duration bounded = wait.compareTo(longest) > 0 ? longest : wait;
    try {
      sleeper.sleep(bounded.isNegative() ? Duration.ZERO : bounded);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransferException("fetch", "interrupted while waiting", "start it again", e);
    }
  }

  private Optional<Duration> requested(String retryAfter) {
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
