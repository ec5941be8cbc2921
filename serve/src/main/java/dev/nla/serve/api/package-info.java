/** What requests ask for, checked when they are read, what is answered, and what may be wrong. Knows neither HTTP nor the model. */
package dev.nla.serve.api;
