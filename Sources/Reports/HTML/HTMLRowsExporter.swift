import CampaignCore
import Foundation
import Markup

/// Rows as a page with one table.
struct HTMLRowsExporter<Table: ReportTable>: ReportExporter {
    private let table: Table
    private let page: ReportPage
    private let ownColumns: [String]
    private let columns: [ReportColumn]
    private let shown: HTMLTable
    private var builder = HTMLBuilder()

    init(_ table: Table, _ context: ReportContext) {
        self.table = table
        let page = ReportPage(context)
        self.page = page
        ownColumns = table.hasOwnCells ? context.ownColumns : []
        columns = Array(table.columns.prefix(table.columns.count - table.jsonOnly.count))
        shown = HTMLTable(
            ownColumns.map { HTMLTable.Column(page.line($0)) }
                + columns.map { HTMLTable.Column(page.words.heading($0)) })
    }

    mutating func appendHeader(to bytes: inout [UInt8]) {
        let title = page.words.sentence(.title(campaign: page.line(page.summary.campaign)))
        PageFrame.open(&builder, title: title, language: page.words.language)
        builder.element("h1", text: title)
        builder.element("p", ["class": "soft"], text: page.origin.joined(separator: " · "))
        builder.open("section")
        builder.open("div", ["class": "wide many"])
        builder.open("table")
        shown.appendHead(to: &builder)
        builder.open("tbody")
        builder.flush(to: &bytes)
    }

    mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
        let own = table.ownCells(of: row, count: ownColumns.count).map { page.line($0) }
        let words = page.words.worded(table.cells(of: row), of: columns)
        let cells = words.prefix(columns.count).map { cell in
            if case .time(let moment) = cell { return page.text(moment, withSeconds: true) }
            return page.line(cell.text(in: page.timeZone))
        }
        shown.append(own + cells, to: &builder)
        builder.flush(to: &bytes)
    }

    mutating func appendFooter(to bytes: inout [UInt8]) {
        builder.close("tbody")
        builder.close("table")
        builder.close("div")
        builder.close("section")
        PageFrame.close(&builder)
        builder.flush(to: &bytes)
    }
}
