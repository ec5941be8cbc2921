package dev.nla.cli.command;

import dev.nla.train.config.SettingInfo;
import dev.nla.train.config.SettingTable;
import dev.nla.train.config.Stage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The part of the completion script that knows words: what options can be where that is one of few (picocli's own script takes the values
 * of one option for those of another that is labelled alike), keys of settings by stage, and what these can be.
 */
final class WordCompletion {
    /** Bash takes the {@code =} of {@code key=value} for a word of its own and completes what stands behind; where it does not, the key stays. */
    private static final String FUNCTIONS = """
            # Words that an option can be, of which $1 is the command and the option; empty where it can be any.
            function _nla_option_words() {
              case "$1" in
            @OPTIONS@  esac
            }

            # Keys of the settings that the command on this line takes; empty where it takes none.
            function _nla_setting_keys() {
              case "${COMP_WORDS[1]} ${COMP_WORDS[2]}" in
            @KEYS@    "config show" | "config validate") echo "@ALL@" ;;
              esac
            }

            # Words that the setting $1 can be; empty where it can be any text or number.
            function _nla_setting_words() {
              case "$1" in
            @WORDS@  esac
            }

            # Offers those of the words $1 that begin with what stands behind the = of $2, or with all of it.
            function _nla_offer() {
              COMPREPLY=($(compgen -W "$1" -- "${2#*=}"))
              if [[ "$2" == *=* && "${COMP_WORDBREAKS}" != *=* && ${#COMPREPLY[@]} -gt 0 ]]; then
                COMPREPLY=("${COMPREPLY[@]/#/${2%%=*}=}")
              fi
            }

            # Completes words, and leaves everything else to _complete_nla; where that knows nothing, the shell completes files.
            function _complete_nla_words() {
              local line="${COMP_LINE:0:${COMP_POINT}}" word option keys words
              word="${line##*[[:space:]]}"
              option="${COMP_WORDS[COMP_CWORD-1]}"
              COMPREPLY=()
              if [[ "${word}" == --*=* ]]; then option="${word%%=*}"; fi
              words="$(_nla_option_words "${COMP_WORDS[1]} ${COMP_WORDS[2]} ${option}")"
              if [[ -z "${words}" ]]; then words="$(_nla_option_words "${COMP_WORDS[1]} ${option}")"; fi
              if [[ -n "${words}" ]]; then
                _nla_offer "${words}" "${word}"
                return 0
              fi
              keys="$(_nla_setting_keys)"
              if [[ ${COMP_CWORD} -gt 2 && -n "${keys}" && "${word}" != -* && "${option}" != --config && "${option}" != --output ]]; then
                if [[ "${word}" == *=* ]]; then
                  _nla_offer "$(_nla_setting_words "${word%%=*}")" "${word}"
                  return 0
                fi
                COMPREPLY=($(compgen -W "${keys}" -S = -- "${word}"))
                if [[ ${#COMPREPLY[@]} -gt 0 ]]; then
                  type compopt &>/dev/null && compopt -o nospace
                  return 0
                fi
              fi
              _complete_nla
              if [[ ${#COMPREPLY[@]} -eq 0 ]]; then type compopt &>/dev/null && compopt -o default; fi
              return 0
            }

            complete -F _complete_nla_words -o default nla nla.sh nla.bash
            """;

    private WordCompletion() {}

    /** Functions of bash that take the place of picocli's own, which they call; ends without a line break. */
    static String bash(CommandLine root) {
        Map<String, Set<String>> options = new TreeMap<>();
        collect(root, "", options);
        Map<String, Set<String>> words = new TreeMap<>();
        Map<String, String> keys = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            SettingTable table = SettingTable.of(stage);
            keys.put("train " + stage.text(), joined(table.settings().stream().map(SettingInfo::key)));
            table.settings().stream()
                    .filter(setting -> !setting.choices().isEmpty())
                    .forEach(setting -> words.computeIfAbsent(setting.key(), key -> new TreeSet<>())
                            .addAll(setting.choices()));
        }
        String all = joined(keys.values().stream().flatMap(line -> Stream.of(line.split(" "))));
        return FUNCTIONS
                .replace("@OPTIONS@", cases(options))
                .replace("@KEYS@", cases(keys))
                .replace("@ALL@", all)
                .replace("@WORDS@", cases(words))
                .stripTrailing();
    }

    private static void collect(CommandLine command, String path, Map<String, Set<String>> into) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (option.completionCandidates() != null) {
                Set<String> words = StreamSupport.stream(
                                option.completionCandidates().spliterator(), false)
                        .collect(Collectors.toCollection(TreeSet::new));
                into.put(path + option.longestName(), words);
            }
        }
        command.getSubcommands().forEach((name, below) -> collect(below, path + name + " ", into));
    }

    private static String cases(Map<String, ?> cases) {
        return cases.entrySet().stream()
                .map(entry -> "    \"%s\") echo \"%s\" ;;\n"
                        .formatted(
                                entry.getKey(),
                                entry.getValue() instanceof Set<?> set
                                        ? joined(set.stream().map(String::valueOf))
                                        : entry.getValue()))
                .collect(Collectors.joining());
    }

    private static String joined(Stream<String> words) {
        return words.distinct().collect(Collectors.joining(" "));
    }
}
