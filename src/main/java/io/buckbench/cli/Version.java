package io.buckbench.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that Maven wrote into the jar's manifest, or that of a working tree. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"BuckBench " + (version == null ? "(working tree)" : version)};
  }
}
