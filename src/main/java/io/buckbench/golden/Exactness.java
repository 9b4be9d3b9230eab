package io.buckbench.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether two snapshots promise equal bits, and if not, why.
 *
 * @param promised whether device class and numeric libraries are the same
 * @param reasons why bits may differ, in words; empty where promised
 */
record Exactness(boolean promised, List<String> reasons) {
  /** Libraries whose version decides the bits. */
  private static final List<String> NUMERIC = List.of("pytorch", "djl");

  static Exactness of(SuiteResults golden, SuiteResults fresh) {
    List<String> reasons = new ArrayList<>();
    if (!golden.deviceClass().equals(fresh.deviceClass())) {
      reasons.add("device class " + golden.deviceClass() + " -> " + fresh.deviceClass());
    }
    if (golden.threads() != fresh.threads()) {
      reasons.add("threads " + golden.threads() + " -> " + fresh.threads());
    }
    Map<String, String> before = lowerCase(golden.versions());
    Map<String, String> after = lowerCase(fresh.versions());
    for (String library : NUMERIC) {
      String was = before.getOrDefault(library, "unknown");
      String is = after.getOrDefault(library, "unknown");
      if (!was.equals(is)) {
        reasons.add(library + " " + was + " -> " + is);
      }
    }
    return new Exactness(reasons.isEmpty(), reasons);
  }

  private static Map<String, String> lowerCase(Map<String, String> versions) {
    Map<String, String> lower = new LinkedHashMap<>();
    versions.forEach((k, v) -> lower.put(k.toLowerCase(Locale.ROOT), v));
    return lower;
  }
}
