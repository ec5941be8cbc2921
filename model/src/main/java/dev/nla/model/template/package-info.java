/**
 * The language of chat templates: what Jinja 3.1 computes, in the sandbox that transformers gives to templates of foreign models. A
 * template is read into a tree ({@link dev.nla.model.template.Template}) whose parts compute themselves with Python's values. Every
 * rendering has a budget of steps, memory and depth, so that no template can hold or bring down the process. Knows nothing of models,
 * messages or files. Packages use only those before them: {@code value}, {@code operation}, {@code call}, {@code library}, {@code tree},
 * {@code syntax}.
 */
package dev.nla.model.template;
