import CampaignCore
import Foundation

/// The campaign in figures, as a JSON object on one line. All states and outcomes are included, even if the figure is
/// 0.
struct JSONSummary {
    private let summary: CampaignSummary
    private let timeZone: TimeZone

    init(_ summary: CampaignSummary, in timeZone: TimeZone) {
        self.summary = summary
        self.timeZone = timeZone
    }

    func append(to bytes: inout [UInt8]) {
        var times = LocalTimes(timeZone)
        bytes.append(ascii: "{\"contacts\":\(summary.counts.total),\"counts\":{")
        let counts = summary.counts
        append(
            [
                ("ready", counts.ready), ("dialing", counts.dialing), ("accepted", counts.accepted),
                ("failed", counts.failed), ("inDoubt", counts.inDoubt), ("excluded", counts.excluded),
                ("total", counts.total),
            ], to: &bytes)
        bytes.append(ascii: "},\"reasons\":[")
        for (index, reason) in summary.reasons.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(ascii: "{\"state\":\"\(reason.state.rawValue)\",\"reason\":")
            bytes.append(json: reason.reason.isEmpty ? nil : reason.reason)
            bytes.append(ascii: ",\"contacts\":\(reason.contacts)}")
        }
        bytes.append(ascii: "],\"outcomes\":{")
        append(AttemptOutcome.allCases.map { ($0.rawValue, summary.outcomes[$0] ?? 0) }, to: &bytes)
        bytes.append(ascii: "},\"errors\":[")
        for (index, error) in summary.errors.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(ascii: "{\"error\":")
            bytes.append(json: error.error)
            bytes.append(ascii: ",\"attempts\":\(error.attempts)}")
        }
        bytes.append(ascii: "],\"rejectedRows\":\(summary.rejectedRows),\"duplicateRows\":\(summary.duplicateRows)")
        bytes.append(ascii: ",\"firstAttemptAt\":")
        bytes.append(json: ReportCell(summary.firstAttemptAt), in: &times)
        bytes.append(ascii: ",\"lastAttemptAt\":")
        bytes.append(json: ReportCell(summary.lastAttemptAt), in: &times)
        bytes.append(ascii: ",\"happened\":{")
        let happened = summary.happened
        append(
            [
                ("delivered", happened.delivered), ("answered", happened.answered),
                ("notAnswered", happened.notAnswered), ("calledBack", happened.calledBack),
                ("replied", happened.replied), ("optedOut", happened.optedOut),
            ], to: &bytes)
        bytes.append(ascii: "}}")
    }

    /// Members of an object whose keys are our own words.
    private func append(_ members: [(word: String, count: Int)], to bytes: inout [UInt8]) {
        bytes.append(ascii: members.map { "\"\($0.word)\":\($0.count)" }.joined(separator: ","))
    }
}
