package io.buckbench.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest; without a jar, a note. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"BuckBench " + (version == null ? "(working tree)" : version)};
  }
}
