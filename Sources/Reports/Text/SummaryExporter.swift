import CampaignCore

/// The text report of calls: the summary, and no rows.
struct SummaryExporter: ReportExporter {
    private let context: ReportContext

    init(_ context: ReportContext) {
        self.context = context
    }

    var needsRows: Bool { false }

    mutating func appendHeader(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: context.summaryText())
    }

    mutating func append(_ row: ContactRow, to bytes: inout [UInt8]) {}

    mutating func appendFooter(to bytes: inout [UInt8]) {}
}
