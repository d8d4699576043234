import ArgumentParser
import CampaignCore

/// What came of an import.
struct ImportOutcome: Codable {
    var campaign: String
    var totals: [ImportTotals]
    /// Contacts of the campaign now.
    var contacts: Int
    /// Where the rejected rows were written; nil when there are none.
    var rejectsFile: String?
    /// Why they could not be written; the contacts are taken in all the same.
    var rejectsFailure: Failure?

    /// Prints the outcome, and ends the program with the code of what went wrong after the contacts were taken in.
    func show(on output: Output) throws {
        try output.result(json: ImportDocument(outcome: self))
        for line in lines { try output.result(line) }
        guard let rejectsFailure else { return }
        output.warn("error: \(rejectsFailure.message) \(Self.remedy(campaign))")
        throw ExitCode(rejectsFailure.exit.rawValue)
    }

    private static func remedy(_ campaign: String) -> String {
        "The contacts are taken in; `discador report \(campaign) --rows rejects --format csv` gives the rejected rows."
    }

    /// The outcome for people.
    var lines: [String] {
        var lines = totals.flatMap { ListWords($0).lines }
        if let rejectsFile {
            lines.append("Rejected rows: \(rejectsFile) (correct them there and import that file)")
        }
        lines.append("Campaign \(campaign) has \(contacts) contacts.")
        return lines
    }
}

/// What came of an import, for a machine.
private struct ImportDocument: Encodable {
    let outcome: ImportOutcome

    private enum CodingKeys: String, CodingKey {
        case campaign, lists, contacts, rejectsFile, rejectsError
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(outcome.campaign, forKey: .campaign)
        try container.encode(outcome.totals.map(ListDocument.init), forKey: .lists)
        try container.encode(outcome.contacts, forKey: .contacts)
        try container.encode(outcome.rejectsFile, forKey: .rejectsFile)
        try container.encodeIfPresent(outcome.rejectsFailure?.message, forKey: .rejectsError)
    }
}

/// What became of one list, for a machine.
struct ListDocument: Encodable {
    var file: String
    var rows, accepted, blocked, duplicates, repeated, alreadyInCampaign, calledRecently, rejected, blank, extra: Int
    var reasons: [String: Int]
    var unchangedSince: String?

    init(_ totals: ImportTotals) {
        file = totals.file
        rows = totals.rows
        accepted = totals.accepted
        blocked = totals.blocked
        duplicates = totals.duplicates
        repeated = totals.repeated
        alreadyInCampaign = totals.alreadyInCampaign
        calledRecently = totals.calledRecently
        rejected = totals.rejected
        blank = totals.blank
        extra = totals.extra
        reasons = totals.reasons
        unchangedSince = totals.unchangedSince.map(TimeText.iso)
    }
}

/// What became of one list, in words.
struct ListWords {
    private let totals: ImportTotals

    init(_ totals: ImportTotals) {
        self.totals = totals
    }

    var lines: [String] {
        if let since = totals.unchangedSince {
            return ["\(totals.file): the very same file was imported at \(TimeText.iso(since)): nothing has changed"]
        }
        let head =
            "\(totals.file): \(totals.rows) rows: \(totals.accepted) accepted, \(totals.duplicates) duplicates, "
            + "\(totals.rejected) rejected, \(totals.blank) blank"
        let details: [(Int, String)] =
            [
                (totals.blocked, "accepted and excluded: do_not_call"),
                (totals.repeated, "duplicate: stands in the list before"),
                (totals.alreadyInCampaign, "duplicate: the campaign has it already"),
                (totals.calledRecently, "duplicate: another campaign called it not long ago"),
                (totals.extra, "more than the rows: second numbers of a cell"),
            ]
            + totals.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                ($0.value, "rejected: \($0.key)")
            }
        return [head] + details.filter { $0.0 > 0 }.map { "  \($0.0) × \($0.1)" }
    }
}
