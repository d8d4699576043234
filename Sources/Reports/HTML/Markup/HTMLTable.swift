import Markup

/// A table of a page: a heading a column, and rows of texts.
struct HTMLTable {
    struct Column {
        /// How its cells are set.
        enum Kind: String {
            case text = ""
            /// A code, a phone or a time, which is not broken.
            case word = "w"
            /// Right-aligned.
            case figure = "n"
        }

        let heading: String
        let kind: Kind

        init(_ heading: String, _ kind: Kind = .text) {
            self.heading = heading.prefix(1).uppercased() + heading.dropFirst()
            self.kind = kind
        }
    }

    let columns: [Column]
    var rows: [[String]] = []

    init(_ columns: [Column], rows: [[String]] = []) {
        self.columns = columns
        self.rows = rows
    }

    func append(to page: inout HTMLBuilder) {
        page.element("div", ["class": "wide"]) { page in
            page.element("table") { page in
                appendHead(to: &page)
                page.element("tbody") { page in
                    for row in rows { append(row, to: &page) }
                }
            }
        }
    }

    func appendHead(to page: inout HTMLBuilder) {
        page.element("thead") { page in
            page.element("tr") { page in
                for column in columns {
                    page.element("th", ["scope": "col", "class": column.kind.rawValue], text: column.heading)
                }
            }
        }
    }

    func append(_ row: [String], to page: inout HTMLBuilder) {
        page.element("tr") { page in
            for (column, cell) in zip(columns, row) {
                if column.kind == .text {
                    page.element("td", text: cell)
                } else {
                    page.element("td", ["class": column.kind.rawValue], text: cell)
                }
            }
        }
    }

    /// The table behind a line that opens it, for readers who cannot see the chart above it.
    func appendFolded(_ title: String, to page: inout HTMLBuilder) {
        page.element("details") { page in
            page.element("summary", text: title)
            append(to: &page)
        }
    }
}
