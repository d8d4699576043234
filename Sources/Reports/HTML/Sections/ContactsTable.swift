import CampaignCore
import Markup

/// All contacts with what became of them, if they are few enough to be read.
struct ContactsTable {
    private let page: ReportPage
    private let words: any ReportWords
    private let table: HTMLTable
    let isListed: Bool
    /// The most contacts with as many cells as these that are listed.
    private let limit: Int

    init(_ page: ReportPage) {
        self.page = page
        words = page.words
        let words = page.words
        limit = min(HTMLReport.maxContacts, HTMLReport.maxCells / (page.context.ownColumns.count + 7))
        isListed = page.counts.total <= limit && page.counts.total > 0
        // What became of them stands where it is seen; a list may have any number of columns.
        func columns(_ columns: [ReportColumn]) -> [HTMLTable.Column] {
            columns.map { column in
                let isWord = column == .phone || column == .lastAttemptAt
                return HTMLTable.Column(
                    words.heading(column), column == .attempts ? .figure : isWord ? .word : .text)
            }
        }
        table = HTMLTable(
            columns([.phone, .state, .answer, .reason])
                + page.context.ownColumns.map { HTMLTable.Column(page.line($0)) }
                + columns([.attempts, .lastAttemptAt, .error]))
    }

    func appendHead(to html: inout HTMLBuilder) {
        html.open("section")
        html.element("h2", text: words.page(.contactsTable))
        guard isListed else {
            let count = page.counts.total
            html.element(
                "p",
                text: count == 0
                    ? words.page(.none) : words.sentence(.tooManyContacts(count, limit: limit)))
            return
        }
        if page.context.listsChosenContacts {
            html.element("p", ["class": "soft"], text: words.sentence(.chosenContacts))
        }
        html.open("div", ["class": "wide many"])
        html.open("table")
        table.appendHead(to: &html)
        html.open("tbody")
    }

    func append(_ contact: ContactRow, to html: inout HTMLBuilder) {
        let own = CallTable().ownCells(of: contact, count: page.context.ownColumns.count)
        table.append(
            [
                page.phone(contact.phone), words.state(contact.state), contact.answer.map(words.answer) ?? "",
                contact.reason.map { page.line(words.reason($0, of: contact.state)) } ?? "",
            ] + own.map { page.line($0) } + [
                words.number(contact.attempts), contact.last.map { page.text($0.startedAt) } ?? "",
                page.error(contact.deliveryError ?? contact.last?.error ?? ""),
            ], to: &html)
    }

    func appendFoot(to html: inout HTMLBuilder) {
        if isListed {
            html.close("tbody")
            html.close("table")
            html.close("div")
        }
        html.close("section")
    }
}
