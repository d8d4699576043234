package import CampaignCore
package import Markup

/// Pieces that pages are made of, in the language and for the visitor of a request.
package struct Components: Sendable {
    package let request: DashboardRequest

    package init(_ request: DashboardRequest) { self.request = request }

    package var language: Language { request.language }

    package func text(_ english: String, _ portuguese: String) -> String { language.text(english, portuguese) }

    // MARK: Forms

    /// A form that posts to `path`. Nothing is changed by anything else than a form.
    ///
    /// - Parameter content: its fields and at least one button.
    package func form(_ path: String, class name: String = "", _ content: HTML) -> HTML {
        "<form method=\"post\" action=\"\(path)\" class=\"\(name)\">\(tokenField)\(content)</form>"
    }

    /// A form that only asks for another page.
    package func search(_ path: String, _ content: HTML) -> HTML {
        "<form method=\"get\" action=\"\(path)\" role=\"search\" class=\"fields\">\(content)</form>"
    }

    /// What each posted form carries; multipart forms have it as their first field.
    package var tokenField: HTML { hidden(DashboardRequest.tokenField, request.visitor?.formToken ?? "") }

    package func hidden(_ name: String, _ value: String) -> HTML {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }

    /// A form that is one button; nothing for whoever may only look.
    ///
    /// - Parameter fields: sent with it.
    package func button(
        _ name: Phrase, _ path: String, fields: KeyValuePairs<String, String> = [:], class style: String = ""
    ) -> HTML {
        guard request.visitor?.level == .operate else { return "" }
        let hidden = fields.map { self.hidden($0.key, $0.value) }
        return form(path, class: "inline", "\(hidden)<button class=\"\(style)\">\(name[language])</button>")
    }

    /// A labelled field for one line of text.
    ///
    /// - Parameters:
    ///   - type: as in HTML, such as `text`, `search`, `number`, `password`.
    ///   - hint: below the field.
    package func field(
        _ label: Phrase, _ name: String, value: String = "", type: String = "text", hint: Phrase? = nil,
        isRequired: Bool = false
    ) -> HTML {
        let id = "f-\(name)"
        let described: HTML = hint == nil ? "" : " aria-describedby=\"\(id)-hint\""
        let completion: HTML = type == "password" ? " autocomplete=\"current-password\"" : ""
        let explanation: HTML? = hint.map { "<small id=\"\(id)-hint\" class=\"soft\">\($0[language])</small>" }
        return """
            <p class="field"><label for="\(id)">\(label[language])</label><input id="\(id)" name="\(name)" \
            type="\(type)" value="\(value)"\(attribute: "required", if: isRequired)\(completion)\(described)>\(explanation)</p>
            """
    }

    /// A choice of one of several values.
    package func select(
        _ label: Phrase, _ name: String, _ options: [(value: String, text: String)], chosen: String?
    ) -> HTML {
        let id = "f-\(name)"
        let options: [HTML] = options.map { value, text in
            "<option value=\"\(value)\"\(attribute: "selected", if: value == chosen)>\(text)</option>"
        }
        return """
            <p class="field"><label for="\(id)">\(label[language])</label><select id="\(id)" name="\(name)">\(options)\
            </select></p>
            """
    }

    /// A box to tick.
    package func checkbox(_ label: Phrase, _ name: String, value: String = "yes", isChecked: Bool = false) -> HTML {
        """
        <p class="field check"><label><input type="checkbox" name="\(name)" value="\(value)"\
        \(attribute: "checked", if: isChecked)> \(label[language])</label></p>
        """
    }

    // MARK: Tables

    package enum Align: String, Sendable {
        case left = ""
        /// A code, a phone or a time, which is not broken.
        case word = "w"
        case right = "n"
    }

    /// A table. On a narrow screen its rows stand below each other, each cell with the name of its column; one of figures
    /// scrolls by itself instead.
    ///
    /// - Parameter caption: what is in it; read out, and shown above it.
    package func table(_ caption: Phrase, _ columns: [(Phrase, Align)], _ rows: [[HTML]]) -> HTML {
        let head: [HTML] = columns.map { name, align in
            "<th scope=\"col\" class=\"\(align.rawValue)\">\(name[language])</th>"
        }
        let isStacked = columns.count > 2 && columns.dropFirst().contains { $0.1 != .right }
        let body: [HTML] = rows.map { row in
            let cells: [HTML] = zip(row, columns).map { cell, column in
                let name: HTML = isStacked ? " data-name=\"\(column.0[language])\"" : ""
                return "<td class=\"\(column.1.rawValue)\"\(name)>\(cell)</td>"
            }
            return "<tr>\(cells)</tr>"
        }
        return """
            <div class="wide\(isStacked ? " stacked" : "")" role="region" tabindex="0" aria-label="\(caption[language])">\
            <table><caption>\(caption[language])</caption><thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table></div>
            """
    }

    // MARK: Figures

    /// Figures with their names, the most important first.
    ///
    /// - Parameter tone: `accepted`, `answered`, `doubt`, `failed`, or empty.
    package func tiles(_ tiles: [(tone: String, count: Int, name: Phrase)]) -> HTML {
        let items: [HTML] = tiles.map { tone, count, name in
            "<li class=\"\(tone)\"><b>\(number(count))</b><span>\(name[language])</span></li>"
        }
        return "<ul class=\"tiles\">\(items)</ul>"
    }

    /// A number with the separators of the language.
    package func number(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped += language.text(",", ".") }
            grouped.append(digit)
        }
        return number < 0 ? "−" + grouped : grouped
    }

    /// How much of a whole is done.
    package func progress(_ done: Int, of total: Int, _ label: Phrase) -> HTML {
        "<progress value=\"\(done)\" max=\"\(max(total, 1))\" aria-label=\"\(label[language])\"></progress>"
    }

    /// A word that stands out.
    ///
    /// - Parameter tone: `good`, `warn`, `bad`, or empty.
    package func badge(_ word: Phrase, _ tone: String = "") -> HTML {
        "<span class=\"badge \(tone)\">\(word[language])</span>"
    }

    /// A part of a page, with its heading.
    package func section(_ heading: Phrase, _ content: HTML) -> HTML {
        "<section><h2>\(heading[language])</h2>\n\(content)</section>\n"
    }

    package func link(_ text: String, _ path: String) -> HTML { "<a href=\"\(path)\">\(text)</a>" }

    /// The path of a campaign's page.
    package static func path(_ campaign: String, _ rest: String = "") -> String {
        "/campaigns/\(FormFields.encoded(campaign))\(rest)"
    }
}
