package io.buckbench.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.data.jinja.JinjaTemplate;
import io.buckbench.data.jinja.None;
import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model's chat template. A prompt becomes the only message of a user, and the text ends where the
 * assistant's answer begins, as {@code apply_chat_template} with {@code add_generation_prompt} in
 * Transformers gives it. The text holds every special token that it needs.
 */
public final class ChatTemplate {
  /** The file of a template that is not in {@code tokenizer_config.json}. */
  static final String FILE = "chat_template.jinja";

  private static final String KEY = "chat_template";
  private static final String AGAIN = "fetch the tokenizer files again";

  private final JinjaTemplate template;
  private final Map<String, Object> variables;

  private ChatTemplate(JinjaTemplate template, Map<String, Object> variables) {
    this.template = template;
    this.variables = variables;
  }

  /**
   * Reads the template of a model directory: {@code chat_template.jinja} or, without that file, the
   * key {@code chat_template} of {@code tokenizer_config.json}, of several templates the one named
   * {@code default}.
   *
   * @param special the special tokens by key, such as {@code bos_token}
   * @throws InvalidInputException if there is none, or it has a part that is not supported
   */
  public static ChatTemplate read(
      Path directory, Map<String, String> special, ChatSettings settings) {
    Map<String, Object> variables = new HashMap<>(special);
    variables.put("tools", None.NONE);
    variables.put("documents", None.NONE);
    variables.put("add_generation_prompt", true);
    variables.putAll(settings.variables());
    return new ChatTemplate(template(directory), variables);
  }

  private static JinjaTemplate template(Path directory) {
    Path file = directory.resolve(FILE);
    if (Files.isRegularFile(file)) {
      return JinjaTemplate.parse(file.toString(), InputText.read(file, "a chat template", AGAIN));
    }
    Path config = directory.resolve(SpecialTokens.CONFIG);
    JsonObject json = JsonObject.read(config, "a model's chat template", AGAIN);
    Optional<String> template =
        json.value(KEY)
            .flatMap(found -> found.isTextual() ? Optional.of(found.textValue()) : named(found));
    if (template.isEmpty()) {
      throw new InvalidInputException(
          json.where(KEY),
          json.has(KEY) ? "no template named default" : "nothing",
          "the model's chat template, there or in " + FILE,
          "use a model with a chat template, or prompt without one: leave chat empty");
    }
    return JinjaTemplate.parse(config + " key " + KEY, template.get());
  }

  /** The template named default, in Transformers' list of several. */
  private static Optional<String> named(JsonNode templates) {
    for (JsonNode entry : templates) {
      if (entry.path("name").asText().equals("default") && entry.path("template").isTextual()) {
        return Optional.of(entry.path("template").textValue());
      }
    }
    return Optional.empty();
  }

  /**
   * The text that asks a question.
   *
   * @throws InvalidInputException if the template refuses the conversation
   */
  String text(String prompt) {
    Map<Object, Object> message = new LinkedHashMap<>();
    message.put("role", "user");
    message.put("content", prompt);
    Map<String, Object> all = new HashMap<>(variables);
    all.put("messages", List.of(message));
    return template.render(all);
  }
}
