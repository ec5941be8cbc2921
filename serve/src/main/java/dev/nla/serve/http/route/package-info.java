/** The routes: what each address answers, and the page. */
package dev.nla.serve.http.route;
