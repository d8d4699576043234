import CampaignCore
import Foundation

/// What the sections of a page are made of.
struct ReportPage {
    let summary: CampaignSummary
    let statistics: CampaignStatistics
    let words: any ReportWords
    let timeZone: TimeZone
    let context: ReportContext

    init(_ context: ReportContext) {
        self.context = context
        summary = context.summary
        statistics = context.statistics ?? CampaignStatistics()
        words = context.words
        timeZone = context.timeZone
    }

    var counts: StateCounts { summary.counts }
    var zoneName: String { timeZone.identifier }
    /// When it was written, and in which zone its times are.
    var origin: [String] {
        let now = context.generatedAt.map { ["\(words.page(.generatedAt)) \(text($0))"] } ?? []
        return now + [words.sentence(.timesIn(zone: zoneName))]
    }
    /// Calls that have a row, by outcome or without one.
    var calls: Int { statistics.instances.reduce(0) { $0 + $1.calls } }
    /// Whether webhooks have said anything about what came after a call.
    var isMeasured: Bool {
        let happened = summary.happened
        return happened.delivered + happened.calledBack + happened.replied > 0
    }

    func offset(at moment: Timestamp) -> Int {
        timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
    }

    /// A moment in the report's zone, as people write it.
    func text(_ moment: Timestamp, withSeconds: Bool = false) -> String {
        words.moment(iso: moment.text(in: timeZone)[...], withSeconds: withSeconds)
    }

    /// A part of a whole, in tenths of a percent, rounded; 0 of nothing.
    func tenths(_ part: Int, of whole: Int) -> Int {
        whole > 0 ? (part * 1000 + whole / 2) / whole : 0
    }

    func percent(_ part: Int, of whole: Int) -> String { words.percent(tenths: tenths(part, of: whole)) }

    func phone(_ phone: PhoneNumber) -> String { context.anonymizer?.phone(phone) ?? phone.text }

    /// An error text, which may quote a number.
    func error(_ text: String) -> String { line(context.anonymizer == nil ? text : Anonymizer.masked(text)) }

    /// A file and a line in it.
    func place(_ text: String) -> String { line(context.anonymizer == nil ? text : Anonymizer.file(text)) }

    /// Text from elsewhere, on one line and not longer than a reader would follow.
    func line(_ text: String, longest: Int = 200) -> String { TerminalText.line(text, width: longest) }
}
