package io.buckbench.peft;

import io.buckbench.model.Architecture;
import io.buckbench.model.LinearModule;
import io.buckbench.model.WeightSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A module of a model that holds weights, under Hugging Face's name.
 *
 * @param path its full name, for example {@code model.decoder.layers.0.fc1}
 * @param kind what it is
 * @param linear how it is hooked, if it is linear
 * @param weights its weights, by full name
 */
public record ModelModule(
    String path, Kind kind, Optional<LinearModule> linear, Map<String, long[]> weights) {

  /** The kinds of modules, by what may be done with them. */
  public enum Kind {
    /** A linear module below the head. */
    LINEAR,
    /** The language-model head, a linear module. */
    HEAD,
    /** The token embedding. */
    EMBEDDING,
    /** A norm or a position table. */
    OTHER
  }

  private static final String PEFT = "base_model.model.";

  /** The modules of a model, in the order of PyTorch's {@code named_modules}. */
  static List<ModelModule> of(Architecture model) {
    Map<String, Map<String, long[]>> weights = new LinkedHashMap<>();
    for (WeightSpec weight : model.weights()) {
      weights
          .computeIfAbsent(parent(weight.name()), path -> new LinkedHashMap<>())
          .put(weight.name(), weight.shape());
    }
    LinearModule head = model.headModule();
    // A tied head comes last, as a module without weights of its own.
    weights
        .computeIfAbsent(head.path(), path -> new LinkedHashMap<>())
        .put(head.weight(), head.weightShape());
    Map<String, LinearModule> linear =
        model.linearModules().stream().collect(Collectors.toMap(LinearModule::path, m -> m));
    linear.put(head.path(), head);
    String embedding = parent(model.tokenEmbedding());
    List<ModelModule> modules = new ArrayList<>();
    weights.forEach(
        (path, own) -> {
          Kind kind =
              path.equals(head.path())
                  ? Kind.HEAD
                  : path.equals(embedding)
                      ? Kind.EMBEDDING
                      : linear.containsKey(path) ? Kind.LINEAR : Kind.OTHER;
          modules.add(new ModelModule(path, kind, Optional.ofNullable(linear.get(path)), own));
        });
    return List.copyOf(modules);
  }

  /** The full names of the modules that only hold other modules. */
  static Set<String> containers(List<ModelModule> modules) {
    Set<String> containers = new TreeSet<>();
    for (ModelModule module : modules) {
      for (String path = parent(module.path); !path.isEmpty(); path = parent(path)) {
        containers.add(path);
      }
    }
    return containers;
  }

  private static String parent(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /** Whether it is linear: the head too. */
  boolean isLinear() {
    return linear.isPresent();
  }

  /** The last part of its name, as in {@code target_modules}. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Its full name inside PEFT's wrapper. */
  public String wrapped() {
    return wrapped(path);
  }

  /** A full name inside PEFT's wrapper. */
  static String wrapped(String name) {
    return PEFT + name;
  }
}
