package import CampaignCore
package import Foundation

/// The parts of a report other than its rows, and how it is written.
package struct ReportContext: Sendable {
    /// The campaign in figures.
    package var summary: CampaignSummary
    /// The names of the contacts' own columns, in their order and spelling; each row has one cell for each of them.
    package var ownColumns: [String]
    /// The time zone in which times are written; the campaign window's is best for comparing them with it.
    package var timeZone: TimeZone
    /// Whether CSV is meant for Excel where the decimal separator is a comma, as in Brazil: with a byte order mark, `;`
    /// between cells, times that are dates there, and everything that Excel would turn into something else as
    /// `="5511987654321"`. In Portuguese it has words instead of codes. All other formats ignore it.
    package var isForExcel: Bool
    /// Until when webhooks may still tell more about the calls; nil when they tell nothing, or the calls are older.
    package var eventsComeUntil: Timestamp?
    /// Replies of people whom the campaign called that wait for a decision.
    package var repliesWaiting = 0
    /// The language of what people read: headings and words in spreadsheets, pages, and the text summary, which has
    /// codes in English. Machines' formats do not change with it.
    package var words: any ReportWords = Language.english.reportWords
    /// What only pages and the text summary show; nil in reports without it.
    package var statistics: CampaignStatistics?
    /// Whether the campaign is paused.
    package var isPaused = false
    /// When the report is written; nil leaves it out.
    package var generatedAt: Timestamp?
    /// Whether only some of the contacts are listed.
    package var listsChosenContacts = false
    /// Takes out personal data; nil to leave everything in.
    package var anonymizer: Anonymizer?
    /// Which of the lists' columns is what, for rejected rows that are going to be imported again; nil leaves it out.
    package var listColumns: ColumnNames?
    /// How the suggested next commands are formatted; nil for none.
    package var suggested: SuggestedCommands? = SuggestedCommands()

    /// The columns of the terminal that the summary is for; nil: it does not go to one.
    package var terminalWidth: Int?

    /// - Parameters:
    ///   - summary: the campaign in figures.
    ///   - ownColumns: the names of the contacts' own columns.
    ///   - timeZone: the zone in which times are written.
    ///   - isForExcel: whether CSV is meant to be opened in Excel in Brazil.
    package init(
        summary: CampaignSummary,
        ownColumns: [String],
        timeZone: TimeZone,
        isForExcel: Bool = false
    ) {
        self.summary = summary
        self.ownColumns = ownColumns
        self.timeZone = timeZone
        self.isForExcel = isForExcel
    }

    /// The summary as text, in UTF-8: at most about sixty lines of less than 100 columns, without colors.
    package func summaryText() -> [UInt8] {
        Array(summaryLines.map { $0 + "\n" }.joined().utf8)
    }

    /// The same line by line, without line ends.
    package var summaryLines: [String] { SummaryText(self).lines }

    /// The summary as JSON: the same object as `summary` in a JSON report, without a line end.
    package func summaryJSON() -> [UInt8] {
        var bytes: [UInt8] = []
        JSONSummary(summary, in: timeZone).append(to: &bytes)
        return bytes
    }
}
