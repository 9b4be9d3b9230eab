package io.buckbench.fakegpu;

import static net.bytebuddy.matcher.ElementMatchers.isNative;
import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * Calls {@link NativeCalls} before and after every native method of DJL's PyTorch binding and, if
 * {@link FakeGpu#ENABLED}, replaces methods that ask CUDA with those of {@link FakeGpu}.
 */
public final class FakeGpuAgent {
  private FakeGpuAgent() {}

  /** Called by the JVM before {@code main}. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    AgentBuilder agent =
        new AgentBuilder.Default()
            .enableNativeMethodPrefix("native$")
            .type(named("ai.djl.pytorch.jni.PyTorchLibrary"))
            .transform(
                (builder, type, loader, module, domain) ->
                    builder.method(isNative()).intercept(Advice.to(AroundNative.class)));
    if (FakeGpu.ENABLED) {
      agent = replace(agent, "ai.djl.util.cuda.CudaUtils", FakeGpu.DjlCuda.class);
      agent = replace(agent, "io.buckbench.tensor.Cuda", FakeGpu.OurCuda.class);
      agent = replace(agent, "io.buckbench.tensor.Natives", FakeGpu.OurNatives.class);
    }
    agent.installOn(instrumentation);
    Runtime.getRuntime().addShutdownHook(new Thread(NativeCalls::write));
  }

  /** Replaces static methods of a type with the public methods of the same name of another. */
  private static AgentBuilder replace(AgentBuilder agent, String type, Class<?> replacement) {
    return agent
        .type(named(type))
        .transform(
            (builder, description, loader, module, domain) -> {
              DynamicType.Builder<?> changed = builder;
              for (Method method : replacement.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())) {
                  changed =
                      changed
                          .method(named(method.getName()))
                          .intercept(MethodCall.invoke(method).withAllArguments());
                }
              }
              return changed;
            });
  }

  /** Byte Buddy copies these bodies into the methods that replace the native ones. */
  private static final class AroundNative {
    @Advice.OnMethodEnter
    static int enter(@Advice.Origin("#m") String name, @Advice.AllArguments Object[] arguments) {
      return NativeCalls.enter(name, arguments);
    }

    @Advice.OnMethodExit
    static void exit(
        @Advice.Origin("#m") String name,
        @Advice.AllArguments Object[] arguments,
        @Advice.Enter int device,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object result) {
      result = NativeCalls.exit(name, arguments, device, result);
    }
  }
}
