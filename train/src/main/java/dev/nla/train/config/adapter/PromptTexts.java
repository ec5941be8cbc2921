package dev.nla.train.config.adapter;

import dev.nla.model.InputException;

/** The prompts of the public systems (kitft), which are the defaults here. */
final class PromptTexts {
    static final String VERBALIZER = """
            You are a meticulous AI researcher conducting an important investigation into activation vectors from a \
            language model. Your overall task is to describe the semantic content of that activation vector.

            We will pass the vector enclosed in <concept> tags into your context. You must then produce an explanation \
            for the vector, enclosed within <explanation> tags. The explanation consists of 2-3 text snippets \
            describing that vector.

            Here is the vector:

            <concept>{injection_char}</concept>

            Please provide an explanation.""";

    static final String RECONSTRUCTOR = "Summary of the following text: <text>{explanation}</text> <summary>";

    private PromptTexts() {}

    static void requireOnce(String key, String template, String placeholder) {
        int first = template.indexOf(placeholder);
        if (first < 0 || template.indexOf(placeholder, first + 1) >= 0) {
            throw InputException.usage(
                    "%s has %s %s, expected it exactly once", key, first < 0 ? "no" : "more than one", placeholder);
        }
    }
}
