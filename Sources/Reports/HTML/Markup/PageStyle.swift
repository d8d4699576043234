/// How a report's page looks: light and dark, on a screen and on A4 paper, without anything from elsewhere.
enum PageStyle {
    static let css: StaticString = """
        :root { color-scheme: light dark; --page: #f4f6f9; --panel: #ffffff; --ink: #18202c; --soft: #566173;
          --line: #dde2ea; --shade: #e9edf2; --pause: #f3e3c4; --accepted: #2f6bd0; --answered: #0f7a50;
          --doubt: #c27600; --refused: #c2313d; --notplaced: #7d8796; --unfinished: #b3bbc6; }
        @media (prefers-color-scheme: dark) { :root { --page: #10141a; --panel: #191f28; --ink: #e7ebf1; --soft: #a3aebd;
          --line: #2d3643; --shade: #232b36; --pause: #4a3a18; --accepted: #6d9dee; --answered: #3fbf88;
          --doubt: #e6a23a; --refused: #ee6b75; --notplaced: #8f9aaa; --unfinished: #5a6472; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); line-height: 1.45;
          font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
        main { max-width: 1240px; margin: 0 auto; padding: 24px 20px 48px; }
        h1 { font-size: 26px; margin: 0 0 2px; overflow-wrap: anywhere; }
        h2 { font-size: 18px; margin: 0 0 10px; }
        h3 { font-size: 15px; margin: 18px 0 6px; }
        p { margin: 6px 0; }
        .soft, caption, figcaption { color: var(--soft); }
        .verdict { font-size: 18px; margin: 16px 0; }
        section { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px;
          margin: 14px 0; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(108px, 1fr)); gap: 10px; margin: 16px 0;
          padding: 0; list-style: none; }
        .tiles li { background: var(--panel); border: 1px solid var(--line); border-top: 4px solid var(--soft);
          border-radius: 10px; padding: 10px 12px; }
        .tiles b { display: block; font-size: 25px; line-height: 1.15; font-variant-numeric: tabular-nums; }
        .tiles span { color: var(--soft); font-size: 13px; }
        li.accepted { border-top-color: var(--accepted); } li.answered { border-top-color: var(--answered); }
        li.failed { border-top-color: var(--refused); } li.doubt { border-top-color: var(--doubt); }
        .wide { overflow-x: auto; } .wide table { min-width: 560px; }
        table { border-collapse: collapse; width: 100%; font-size: 14px; }
        th { text-align: left; color: var(--soft); font-weight: 600; border-bottom: 2px solid var(--line); }
        th, td { padding: 5px 10px 5px 0; vertical-align: top; }
        td { border-bottom: 1px solid var(--line); overflow-wrap: break-word; min-width: 3em; }
        .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .n:first-child { width: 1%; padding-right: 16px; } .w { white-space: nowrap; }
        details { margin-top: 8px; } summary { cursor: pointer; color: var(--soft); padding: 3px 0; }
        figure { margin: 0; } .chart { overflow-x: auto; } .chart svg { display: block; width: 100%; min-width: 640px;
          height: auto; }
        svg text { fill: var(--soft); font-size: 12px; font-family: inherit; } svg .strong { fill: var(--ink); }
        svg .grid { stroke: var(--line); stroke-width: 1; } svg .bar:hover { opacity: .75; }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 6px 0 0; padding: 0; list-style: none;
          font-size: 13px; color: var(--soft); }
        .legend li::before { content: ""; display: inline-block; width: 11px; height: 11px; border-radius: 2px;
          margin-right: 6px; background: var(--c); vertical-align: -1px; }
        .c-accepted { --c: var(--accepted); fill: var(--accepted); } .c-answered { --c: var(--answered);
          fill: var(--answered); } .c-doubt { --c: var(--doubt); fill: var(--doubt); } .c-refused { --c: var(--refused);
          fill: var(--refused); } .c-notplaced { --c: var(--notplaced); fill: var(--notplaced); }
        .c-unfinished { --c: var(--unfinished); fill: var(--unfinished); } .c-shut { --c: var(--shade);
          fill: var(--shade); } .c-paused { --c: var(--pause); fill: var(--pause); }
        .ok { color: var(--answered); } .wrong { color: var(--refused); font-weight: 700; }
        dt { font-weight: 600; margin-top: 8px; } dd { margin: 0; color: var(--soft); }
        code { font-size: 13px; }
        @media print { @page { size: A4; margin: 13mm; } :root { color-scheme: light; --page: #fff; --panel: #fff;
          --ink: #000; --soft: #444; --line: #ccc; --shade: #e9edf2; --pause: #f3e3c4; --accepted: #2f6bd0;
          --answered: #0f7a50; --doubt: #c27600; --refused: #c2313d; --notplaced: #7d8796; --unfinished: #b3bbc6; }
          body { font-size: 11px; } main { max-width: none; padding: 0; } section { border: 0; border-top: 1px solid #ccc;
          border-radius: 0; padding: 10px 0; margin: 8px 0; } .tiles { grid-template-columns: repeat(4, 1fr); }
          .tiles b { font-size: 18px; } .verdict { font-size: 14px; } table { font-size: 10px; } h2 { break-after: avoid; }
          figure, .tiles, tr { break-inside: avoid; } thead { display: table-header-group; } details { display: none; }
          .wide, .chart { overflow: visible; } .wide table { min-width: 0; }
          .many td { overflow-wrap: anywhere; } .chart svg { min-width: 0; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }

        """
}
