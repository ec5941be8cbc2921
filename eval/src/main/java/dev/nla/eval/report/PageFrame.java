package dev.nla.eval.report;

/** What every page is put into: XHTML-style HTML5 that loads nothing and runs nothing. */
public final class PageFrame {
    private PageFrame() {}

    /**
     * A whole page.
     *
     * @param title text
     * @param css rules beside those of all pages; may be empty
     * @param body HTML
     */
    public static String of(String title, String css, CharSequence body) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
                <title>%s</title>
                <style>
                %s%s</style>
                </head>
                <body>
                %s</body>
                </html>
                """.formatted(Escaped.of(title), PageStyle.CSS, css, body);
    }
}
