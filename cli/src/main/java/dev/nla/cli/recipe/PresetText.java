package dev.nla.cli.recipe;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A preset as it was written, with its comments.
 *
 * @param yaml the text of the file
 */
record PresetText(String yaml) {
    /** The same with other values of some settings, each in the place of the preset's own or at the end. */
    PresetText with(Map<String, String> settings) {
        String text = yaml.stripTrailing() + "\n";
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String line = setting.getKey() + ": " + setting.getValue();
            Matcher own = Pattern.compile("(?m)^" + Pattern.quote(setting.getKey()) + ":.*$")
                    .matcher(text);
            text = own.find() ? own.replaceFirst(Matcher.quoteReplacement(line)) : text + line + "\n";
        }
        return new PresetText(text);
    }

    /** The same without the lines that speak of the preset itself: those of comments before the first setting. */
    PresetText withHead(String comment) {
        return new PresetText("# " + comment + "\n" + yaml.replaceFirst("\\A(#.*\\R)*", ""));
    }
}
