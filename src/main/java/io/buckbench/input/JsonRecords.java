package io.buckbench.input;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads JSON files into Java records, strictly: every component is there, nothing is null, no key
 * is unknown or repeated, no value is converted to another type, decimals are {@link Decimals
 * sane}.
 */
public final class JsonRecords {
  private final JsonMapper mapper;

  /**
   * @param options sets further features, for example of writing
   */
  public JsonRecords(Consumer<JsonMapper.Builder> options) {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
            .addModule(new SimpleModule().addDeserializer(BigDecimal.class, new SaneDecimal()));
    options.accept(builder);
    this.mapper = builder.build();
  }

  /** The mapper, which also writes what this reads. */
  public JsonMapper mapper() {
    return mapper;
  }

  /**
   * Reads a file that holds one object.
   *
   * @param expected what the file should be, for the message
   * @param todo what to do about a missing file or wrong content
   * @param prepare changes the object before it is read, for example to an older format's new form
   * @throws InvalidInputException naming the file and the line or key
   */
  public <T> T read(
      Path file, Class<T> type, String expected, String todo, Consumer<ObjectNode> prepare) {
    String text = InputText.read(file, expected, todo);
    return parse(file.toString(), text, type, expected, todo, prepare);
  }

  /**
   * Reads an object that is part of a file; the parameters are those of {@link #read}.
   *
   * @param file the file and the part, for messages
   * @throws InvalidInputException naming the place and the line or key
   */
  public <T> T parse(String file, String text, Class<T> type, String expected, String todo) {
    return parse(file, text, type, expected, todo, object -> {});
  }

  /** A record as JSON that this reads. */
  public String text(Object record) {
    try {
      return mapper.writeValueAsString(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records are plain data", e);
    }
  }

  private <T> T parse(
      String file,
      String text,
      Class<T> type,
      String expected,
      String todo,
      Consumer<ObjectNode> prepare) {
    try {
      JsonNode root = mapper.readTree(text);
      if (!(root instanceof ObjectNode object)) {
        throw new InvalidInputException(file, "no JSON object", expected, todo);
      }
      refuseLoneSurrogates(file, text, todo);
      prepare.accept(object);
      return mapper.treeToValue(object, type);
    } catch (StreamReadException e) {
      String line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      throw new InvalidInputException(file + line, e.getOriginalMessage(), expected, todo, e);
    } catch (NumberFormatException e) {
      // Jackson's own, of an exponent that no decimal has.
      throw new InvalidInputException(file, "a number out of range", expected, todo, e);
    } catch (JsonProcessingException e) {
      String key = e instanceof JsonMappingException mapping ? key(mapping) : "";
      throw new InvalidInputException(file + key, problem(e), expected, todo, e);
    }
  }

  private static void refuseLoneSurrogates(String file, String text, String todo) {
    JsonText.loneSurrogate(text)
        .ifPresent(
            found -> {
              throw new InvalidInputException(file, found, "Unicode text", todo);
            });
  }

  /** The cause's own words if a record's constructor refused the values. */
  private static String problem(JsonProcessingException e) {
    if (e.getCause() instanceof InvalidInputException invalid) {
      return invalid.getMessage();
    }
    if (e instanceof UnrecognizedPropertyException) {
      return "a key that is not known";
    }
    String words = e.getOriginalMessage();
    return words.startsWith("Missing creator property")
        ? "no such key"
        : words.replaceFirst("; `[A-Za-z.]+_.*` enabled$", "");
  }

  private static String key(JsonMappingException e) {
    StringBuilder key = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        key.append('[').append(step.getIndex()).append(']');
      } else {
        key.append(key.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return key.isEmpty() ? "" : " key " + key;
  }

  /** Refuses a number whose digits would not fit into memory. */
  private static final class SaneDecimal extends StdScalarDeserializer<BigDecimal> {
    private static final long serialVersionUID = 1L;

    SaneDecimal() {
      super(BigDecimal.class);
    }

    @Override
    public BigDecimal deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      BigDecimal number =
          NumberDeserializers.BigDecimalDeserializer.instance.deserialize(parser, context);
      if (!Decimals.isSane(number)) {
        // Not printed: its digits may not fit into memory.
        context.reportInputMismatch(
            BigDecimal.class, "a decimal with more than %d digits", Decimals.MOST_DIGITS);
      }
      return number;
    }
  }
}
