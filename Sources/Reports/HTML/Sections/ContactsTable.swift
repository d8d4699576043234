import CampaignCore

/// All contacts with what became of them, if they are few enough to be read.
struct ContactsTable {
    private let page: ReportPage
    private let words: any ReportWords
    private let table: HTMLTable
    let isListed: Bool

    init(_ page: ReportPage) {
        self.page = page
        words = page.words
        let words = page.words
        isListed = page.counts.total <= HTMLReport.maxContacts && page.counts.total > 0
        let ours: [ReportColumn] = [.phone, .state, .reason, .attempts, .lastAttemptAt, .answer, .error]
        table = HTMLTable(
            page.context.ownColumns.map { HTMLTable.Column(page.line($0)) }
                + ours.map {
                    HTMLTable.Column(
                        words.heading($0),
                        $0 == .attempts ? .figure : $0 == .phone || $0 == .lastAttemptAt ? .word : .text)
                })
    }

    func appendHead(to html: inout HTMLBuilder) {
        html.open("section")
        html.element("h2", text: words.text(.contactsTable))
        guard isListed else {
            let count = page.counts.total
            html.element(
                "p",
                text: count == 0
                    ? words.text(.none) : words.sentence(.tooManyContacts(count, limit: HTMLReport.maxContacts)))
            return
        }
        if page.context.listsChosenContacts {
            html.element("p", ["class": "soft"], text: words.sentence(.chosenContacts))
        }
        html.open("div", ["class": "wide"])
        html.open("table")
        table.appendHead(to: &html)
        html.open("tbody")
    }

    func append(_ contact: ContactRow, to html: inout HTMLBuilder) {
        let own = CallTable().ownCells(of: contact, count: page.context.ownColumns.count)
        table.append(
            own.map { page.line($0) } + [
                page.phone(contact.phone), words.state(contact.state),
                contact.reason.map { page.line(words.reason($0, of: contact.state)) } ?? "",
                words.number(contact.attempts), contact.last.map { page.text($0.startedAt) } ?? "",
                contact.answer.map(words.answer) ?? "",
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
