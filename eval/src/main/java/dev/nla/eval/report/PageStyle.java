package dev.nla.eval.report;

/** How the page looks: light or dark as the reader's system is, wide or narrow as the window is. */
final class PageStyle {
    static final String CSS = """
            :root { color-scheme: light dark; --paper: #fff; --ink: #1c1e21; --soft: #5c636b; --line: #d9dce0; --wash: #f4f5f7;
              --accent: #2456b8; --right: #1b6e35; --wrong: #b3261e; --invented: #8a5a00; }
            @media (prefers-color-scheme: dark) {
              :root { --paper: #16181b; --ink: #e6e8ea; --soft: #a3abb3; --line: #3a3f45; --wash: #202327;
                --accent: #8ab0ff; --right: #7fd39a; --wrong: #ff9389; --invented: #f0be5c; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 72rem; background: var(--paper); color: var(--ink);
              font: 1rem/1.5 system-ui, sans-serif; }
            h1 { font-size: 1.7rem; line-height: 1.2; } h2 { margin-top: 2.5rem; font-size: 1.25rem; } h3, h4 { margin: 1rem 0 .3rem; font-size: 1rem; }
            p { max-width: 46rem; } small { color: var(--soft); font-size: .8rem; white-space: nowrap; }
            .wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            th, td { padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
            th[scope=row] { font-weight: normal; color: var(--soft); } td small { display: block; }
            .bar { display: grid; grid-template-columns: 7rem 1fr 5rem; gap: .75rem; align-items: center; font-variant-numeric: tabular-nums; }
            .bar > svg { width: 100%; height: 28px; } .bar span { overflow-wrap: anywhere; }
            .zero { stroke: var(--soft); stroke-dasharray: 2 3; } .range { stroke: var(--line); stroke-width: 6; } .end { stroke: var(--soft); stroke-width: 2; }
            .interval { stroke: var(--accent); stroke-width: 3; } .gap { fill: var(--accent); }
            .curves { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr)); gap: 1rem; }
            figure { margin: 0; } figure svg { width: 100%; height: auto; }
            article { margin: 1.5rem 0; padding: 1rem; background: var(--wash); border-radius: .5rem; overflow-wrap: anywhere; }
            blockquote { margin: 0; padding-left: .8rem; border-left: 3px solid var(--line); white-space: pre-wrap; }
            .facts span, .missing span { display: inline-block; margin: .1rem .2rem .1rem 0; padding: 0 .5rem; border: 1px solid var(--line); border-radius: 1rem;
              font-size: .85rem; } .missing { margin: .3rem 0; color: var(--soft); font-size: .85rem; } .missing span { border-style: dashed; }
            .said { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(12rem, 100%), 1fr)); gap: 1rem; }
            .words { margin: 0; white-space: pre-wrap; } .note { margin: .3rem 0 0; color: var(--soft); font-size: .85rem; }
            mark { background: none; color: inherit; text-decoration-thickness: 2px; text-underline-offset: 3px; } mark sup { line-height: 0; font-weight: bold; }
            .right { color: var(--right); text-decoration-line: underline; } .wrong { color: var(--wrong); text-decoration-line: underline; text-decoration-style: wavy; }
            .invented { color: var(--invented); text-decoration-line: underline; text-decoration-style: dotted; }
            .origin th, .origin td { overflow-wrap: anywhere; font-size: .9rem; }
            @media (max-width: 40rem) { .bar { grid-template-columns: 4.5rem 1fr 4.5rem; } }
            """;

    private PageStyle() {}
}
