package io.buckbench.peft;

import io.buckbench.input.InvalidInputException;
import io.buckbench.model.Architecture;
import io.buckbench.model.LinearModule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The settings of a method that changes modules of the model: LoRA, IA3, VeRA and norms. */
public interface HookedConfig extends MethodConfig {
  /** The settings that select modules. */
  Targets targets();

  /** Every tensor of the adapter, in the order of PEFT's {@code named_parameters}. */
  List<AdapterTensor> tensors(Architecture model);

  /** What a training step keeps for the hooks on linear modules; by default there are none. */
  default List<KeptActivations.OfModule> keptByHooks(Architecture model) {
    return List.of();
  }

  @Override
  default KeptActivations kept(Architecture model) {
    List<AdapterTensor> trained = tensors(model).stream().filter(AdapterTensor::trained).toList();
    Set<String> replaced =
        trained.stream().flatMap(t -> t.replaces().stream()).collect(Collectors.toSet());
    List<KeptActivations.OfModule> modules = new ArrayList<>(keptByHooks(model));
    model.linearModules().stream()
        .filter(module -> replaced.contains(module.weight()))
        .forEach(module -> modules.add(KeptActivations.OfModule.trained(module)));
    Set<String> paths =
        modules.stream()
            .map(m -> ModelModule.wrapped(m.module().path()))
            .collect(Collectors.toSet());
    boolean onlyModules = trained.stream().allMatch(t -> isOf(paths, t.name()));
    int first =
        onlyModules ? modules.stream().mapToInt(m -> m.module().layer()).min().orElse(0) : 0;
    Set<String> linear = new HashSet<>(Set.of(model.tokenEmbedding(), model.headModule().weight()));
    model.linearModules().forEach(m -> linear.addAll(List.of(m.weight(), m.biasName())));
    return new KeptActivations(Math.max(0, first), modules, !linear.containsAll(replaced));
  }

  private static boolean isOf(Set<String> paths, String name) {
    return paths.stream().anyMatch(path -> name.startsWith(path + "."));
  }

  @Override
  default Map<String, long[]> savedShapes(Architecture model) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    tensors(model).forEach(tensor -> shapes.put(tensor.saved(), tensor.shape()));
    return shapes;
  }

  @Override
  default long trainableParameters(Architecture model) {
    return elements(tensors(model).stream().filter(AdapterTensor::trained).toList());
  }

  @Override
  default long frozenParameters(Architecture model) {
    return elements(tensors(model).stream().filter(tensor -> !tensor.trained()).toList());
  }

  /**
   * The names under which PEFT's files repeat base weights, with the weight's name: PEFT saves an
   * embedding or a head that is a target, too.
   */
  @Override
  default Map<String, String> repeatedWeights(Architecture model) {
    return ModelModule.of(model).stream()
        .filter(m -> m.kind() == ModelModule.Kind.EMBEDDING || m.kind() == ModelModule.Kind.HEAD)
        .collect(
            Collectors.toMap(
                m -> m.wrapped() + ".base_layer.weight", m -> model.holder(m.path() + ".weight")));
  }

  /** PEFT's {@code fan_in_fan_out}, as PEFT corrects it: whether the weights are transposed. */
  static boolean transposed(List<ModelModule> modules) {
    return modules.stream().anyMatch(m -> m.linear().filter(LinearModule::transposed).isPresent());
  }

  private static long elements(List<AdapterTensor> tensors) {
    return tensors.stream().mapToLong(tensor -> MethodConfig.elements(tensor.shape())).sum();
  }

  /**
   * Lists the tensors module by module: those of a target, trained biases, and copies of modules
   * that are trained as a whole.
   *
   * @param targeted the targets
   * @param bias which biases are trained
   * @param own the tensors of a target
   */
  default List<AdapterTensor> tensors(
      Architecture model,
      List<ModelModule> targeted,
      TrainedBias bias,
      Function<ModelModule, List<AdapterTensor>> own) {
    List<ModelModule> all = ModelModule.of(model);
    Set<String> paths = targeted.stream().map(ModelModule::path).collect(Collectors.toSet());
    List<AdapterTensor> tensors = new ArrayList<>();
    for (ModelModule module : all) {
      Optional<String> root = targets().savedRoot(all, module);
      if (root.isPresent()) {
        tensors.addAll(copies(module, root.get(), bias));
        continue;
      }
      boolean target = paths.contains(module.path());
      if (bias == TrainedBias.ALL || bias == TrainedBias.ONLY && target) {
        String name = module.wrapped() + (target ? ".base_layer.bias" : ".bias");
        module.weights().entrySet().stream()
            .filter(weight -> weight.getKey().equals(module.path() + ".bias"))
            .forEach(
                weight ->
                    tensors.add(
                        AdapterTensor.copy(name, name, weight.getKey(), weight.getValue())));
      }
      if (target) {
        tensors.addAll(own.apply(module));
      }
    }
    return List.copyOf(tensors);
  }

  private static List<AdapterTensor> copies(ModelModule module, String root, TrainedBias bias) {
    List<AdapterTensor> copies = new ArrayList<>();
    module
        .weights()
        .forEach(
            (weight, shape) -> {
              if (bias == TrainedBias.ALL && weight.endsWith(".bias")) {
                throw new InvalidInputException(
                    "bias",
                    "all, beside " + module.path() + " in modules_to_save, which has a bias",
                    "none, or modules_to_save without biases",
                    "PEFT would save this bias twice; change one of the two keys");
              }
              String saved = ModelModule.wrapped(weight);
              String name =
                  ModelModule.wrapped(root) + ".modules_to_save" + weight.substring(root.length());
              copies.add(AdapterTensor.copy(name, saved, weight, shape));
            });
    return copies;
  }
}
