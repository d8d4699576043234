import CampaignCore
import CampaignStore
import Reports

/// Everything that is known of one number in a campaign, told so that a person understands what comes next.
struct NumberReport {
    /// How many digits at the end of a number tell it from others in a rejected row.
    private static let tellingDigits = 8
    private static let maxRejects = 20

    let written: String
    let campaign: String
    /// How the commands are written that a person may want next.
    var suggested = SuggestedCommands()
    /// The number; nil when `written` is none.
    private(set) var number: PhoneNumber?
    private(set) var problem: PhoneProblem?
    private(set) var block: BlockEntry?
    private(set) var details = ContactDetails()
    /// What Z-API's queue held that may be one of its calls in doubt.
    private(set) var evidence: [QueueEvidence] = []
    /// The window, while it is shut for a contact that waits.
    var window: WindowHold?
    /// Why the window is not known.
    var windowProblem: String?
    /// Rejected rows that may be about it.
    private(set) var rejects: [RejectRow] = []

    init(
        written: String, read: Result<PhoneNumber, PhoneProblem>, campaign: String, reader: StoreReader
    ) throws {
        self.written = written
        self.campaign = campaign
        switch read {
        case .success(let number):
            self.number = number
            block = try reader.block(of: number)
            details = try reader.details(of: number, campaign: campaign)
            if let phone = details.contact?.phone {
                evidence = try reader.queueEvidence(campaign: campaign, of: phone)[phone] ?? []
            }
        case .failure(let problem):
            self.problem = problem
        }
        rejects = try Self.rejects(about: number?.text ?? written, campaign, reader)
    }

    /// Rejected rows with a cell that ends like the number: a row that was rejected has no number to compare.
    private static func rejects(about text: String, _ campaign: String, _ reader: StoreReader) throws -> [RejectRow] {
        let end = digits(text).suffix(tellingDigits)
        guard end.count >= 4 else { return [] }
        var rejects: [RejectRow] = []
        try reader.forEachReject(campaign: campaign) { row in
            guard rejects.count < maxRejects, row.own.contains(where: { digits($0).contains(end) }) else { return }
            rejects.append(row)
        }
        return rejects
    }

    private static func digits(_ text: String) -> String { text.filter { $0.isASCII && $0.isNumber } }

    /// The number that waits to be dialed, as it is dialed.
    var waiting: PhoneNumber? {
        guard let contact = details.contact, contact.state == .ready, block == nil else { return nil }
        return contact.phone
    }

    // MARK: For people

    var lines: [String] {
        var lines = [numberLine]
        if let block {
            lines.append(
                "It is on the do-not-call list since \(TimeText.iso(block.since))"
                    + (block.reason.isEmpty ? "" : ": \(TerminalText.line(block.reason))")
                    + ". It is dialed in no campaign.")
        }
        lines += contactLines
        lines += details.duplicates.map { "\($0.file):\($0.line) has the number as well (\($0.reason.rawValue))." }
        lines += details.attempts.map(Self.attemptLine)
        lines += evidence.map { "Attempt \($0.attempt): \(QueueEvidenceText($0).line)" }
        lines += details.elsewhere.map { other in
            let dialed = other.lastAttemptAt.map { ", last dialed \(TimeText.iso($0))" } ?? ", not dialed there"
            return "Campaign \(other.campaign) has it too: \(other.state.rawValue)\(dialed)."
        }
        lines += rejects.map { "Rejected row \($0.file):\($0.line) may be about it: \($0.reason). \($0.suggestion)" }
        return lines
    }

    private var numberLine: String {
        if let number { return "\(written) is \(number.text)." }
        let suggestion = problem.map { "\($0.code). \($0.suggestion)" } ?? ""
        return "“\(written)” is no number that can be dialed: \(suggestion)"
    }

    private var contactLines: [String] {
        guard let contact = details.contact else {
            guard number != nil else { return [] }
            return ["\(campaign) has no contact with this number: it is not dialed."]
        }
        var lines: [String] = []
        if let origin = details.origin {
            let line = origin.line.map { ":\($0)" } ?? ""
            lines.append("In \(campaign) from \(origin.file)\(line), imported \(TimeText.iso(origin.importedAt)).")
        }
        if let number, contact.phone != number { lines.append("It is dialed as \(contact.phone.text).") }
        let reason = contact.reason.map { " (\($0))" } ?? ""
        lines.append("State: \(contact.state.rawValue)\(reason). \(meaning(of: contact))")
        if let window { lines.append(window.text) }
        if let windowProblem {
            lines.append(
                "Whether the window holds it back is not known, since the campaign file cannot be read: \(windowProblem)"
            )
        }
        return lines
    }

    private func meaning(of contact: ContactRow) -> String {
        switch contact.state {
        case .ready:
            let before =
                "\((details.before ?? 0).counted("contact")) \((details.before ?? 0).noun("comes", "come")) before it"
            guard let due = details.dueAt, due > .epoch else { return "It waits for its turn; \(before)." }
            let what = contact.attempts == 0 ? "It waits for the window where it lives" : "It is tried again"
            return "\(what), not before \(TimeText.iso(due)); \(before)."
        case .dialing: return "The call is under way, or its run was interrupted; the next run resolves which."
        case .accepted: return "Z-API has taken the call; it is not dialed again."
        case .failed:
            return
                "It is not dialed again by itself; `\(suggested.command("retry", campaign, "--failed"))` puts it back."
        case .inDoubt:
            return
                "It may have rung: it is not dialed again until `\(suggested.command("resolve", campaign))` says what "
                + "happened."
        case .excluded: return "It is not dialed."
        }
    }

    private static func attemptLine(_ attempt: AttemptRow) -> String {
        var parts = ["Attempt \(attempt.number): \(TimeText.iso(attempt.startedAt)) through \(attempt.instance)"]
        parts.append(attempt.outcome?.rawValue ?? "no result yet")
        if let status = attempt.httpStatus { parts.append("HTTP \(status)") }
        if let error = attempt.error { parts.append(error) }
        if let receipt = attempt.receipt { parts.append(receipt.text) }
        return parts.joined(separator: ", ")
    }
}
