import CampaignCore
import CampaignStore
import Foundation
import Reports

/// Everything that is known about one number in a campaign, and what happens next.
struct NumberReport {
    /// How many digits at the end of a number identify it in a rejected row.
    private static let significantDigits = 8
    private static let maxRejects = 20

    let written: String
    let campaign: String
    /// Formats commands that the user may want next.
    var suggested = SuggestedCommands()
    /// The number; nil when `written` is not a number.
    private(set) var number: PhoneNumber?
    private(set) var problem: PhoneProblem?
    private(set) var block: BlockEntry?
    private(set) var details = ContactDetails()
    private(set) var timeline = PersonTimeline(ContactDetails(), nil) { _ in nil }
    /// Items of the provider queue that may be its calls in doubt.
    private(set) var evidence: [QueueEvidence] = []
    /// The window, if it is closed now for this waiting contact.
    var window: WindowHold?
    /// Until when this waiting contact is not called because events of its last call may still come; nil: it may be.
    var eventsComeUntil: Timestamp?
    /// What `perPerson` says of this waiting contact now.
    var limited = PersonHistory.Ruling.mayBeCalled
    /// Why it cannot be determined whether the window is open.
    var windowProblem: String?
    /// Rejected rows that may be about the number.
    private(set) var rejects: [RejectRow] = []

    init(
        _ reader: StoreReader, campaign: String, written: String, read: Result<PhoneNumber, PhoneProblem>
    ) throws {
        self.written = written
        self.campaign = campaign
        switch read {
        case .success(let number):
            self.number = number
            block = try reader.block(of: number)
            details = try reader.details(of: number, campaign: campaign)
            timeline = try PersonTimeline(details, block) { try reader.body(ofEvent: $0.id) }
            if let phone = details.contact?.phone {
                evidence = try reader.queueEvidence(campaign: campaign, of: phone)[phone] ?? []
            }
        case .failure(let problem):
            self.problem = problem
        }
        rejects = try Self.rejects(reader, campaign, about: number?.text ?? written)
    }

    /// Rejected rows with a cell that ends like the number: a rejected row has no number to compare.
    private static func rejects(_ reader: StoreReader, _ campaign: String, about text: String) throws -> [RejectRow] {
        let end = digits(text).suffix(significantDigits)
        guard end.count >= 4 else { return [] }
        var rejects: [RejectRow] = []
        try reader.forEachReject(campaign: campaign) { row in
            guard rejects.count < maxRejects, row.own.contains(where: { digits($0).contains(end) }) else { return }
            rejects.append(row)
        }
        return rejects
    }

    private static func digits(_ text: String) -> String { text.filter { $0.isASCII && $0.isNumber } }

    /// Whether nothing could be looked up: it is no number, and no rejected row has it.
    var isAboutNothing: Bool { number == nil && rejects.isEmpty }

    /// The number as it will be dialed; nil unless it waits to be dialed.
    var waiting: PhoneNumber? {
        guard let contact = details.contact, contact.state == .ready, block == nil else { return nil }
        return contact.phone
    }

    // MARK: For people

    var lines: [String] {
        var lines = [numberLine]
        if let block {
            lines.append(
                "It has been on the do-not-call list since \(TimeText.iso(block.since))"
                    + (block.reason.isEmpty ? "" : ": \(TerminalText.line(block.reason))")
                    + ". No campaign dials it.")
        }
        lines += contactLines
        lines += details.duplicates.map { "\($0.file):\($0.line) also has the number (\($0.reason.rawValue))." }
        lines += timeline.lines
        lines += evidence.map { "Attempt \($0.attempt): \(QueueEvidenceText($0).line)" }
        lines += details.elsewhere.map { other in
            let dialed = other.lastAttemptAt.map { ", last dialed \(TimeText.iso($0))" } ?? ", not dialed there"
            return "Campaign \(other.campaign) also has it: \(other.state.rawValue)\(dialed)."
        }
        lines += rejects.map { "Rejected row \($0.file):\($0.line) may be about it: \($0.reason). \($0.suggestion)" }
        return lines
    }

    private var numberLine: String {
        if let number { return "\(written) is \(number.text)." }
        let suggestion = problem.map { "\($0.code). \($0.suggestion)" } ?? ""
        guard written.contains(where: \.isNumber) else {
            // The advice about a number would be none about a name.
            let report = suggested.command("report", campaign, "--format", "csv")
            return
                "“\(written)” is not a number, and `why` finds people by their number only. To look for a name, search the "
                + "rows of `\(report)`."
        }
        return "“\(written)” is not a number that can be dialed: \(suggestion)"
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
        if let numbersLine { lines.append(numbersLine) }
        if let sound = details.callAudioURL { lines.append("Its own sound is \(TerminalText.line(sound)).") }
        if let notBefore = details.notBefore {
            lines.append("Its list says that it is not called before \(TimeText.iso(notBefore)).")
        }
        lines.append("State: \(contact.stateText). \(meaning(of: contact))")
        lines += happened(to: contact)
        if let hold { lines.append(hold) }
        if let eventsComeUntil {
            lines.append(
                "It is not called before \(TimeText.iso(eventsComeUntil)): until then, events of its last call may come, "
                    + "and could be mistaken for the next one's.")
        }
        if let window { lines.append(window.text) }
        if let windowProblem {
            lines.append(
                "It is not known whether the window is closed for it, because the campaign file cannot be read: "
                    + "\(windowProblem)"
            )
        }
        return lines
    }

    /// That a reply holds the person, and how to decide about it; nil when none does.
    private var hold: String? {
        guard details.isHeld else { return nil }
        let decide = suggested.command("replies", "decide", "--phone", number?.text ?? written, "--as", "block")
        return
            "A reply of the person waits for a decision: no campaign dials them until then. To decide: `\(decide)`, or "
            + "`--as dismiss` if they may be called."
    }

    /// What the person did after the call, as far as webhooks say.
    private func happened(to contact: ContactRow) -> [String] {
        let moments = [("Called back", contact.calledBackAt), ("Replied", contact.repliedAt)]
        return moments.compactMap { what, moment in moment.map { "\(what) \(TimeText.iso($0))." } }
    }

    private func meaning(of contact: ContactRow) -> String {
        switch contact.state {
        case .ready:
            let before =
                "\((details.before ?? 0).counted("contact")) \((details.before ?? 0).noun("comes", "come")) before it"
            switch limited {
            case .mayBeCalled: break
            case .waits(let until):
                return "It has been called as often as perPerson allows, until \(TimeText.iso(until)); \(before)."
            case .unanswered:
                return "It did not answer as often in a row as perPerson allows: it is excluded when its turn comes."
            }
            guard let due = details.dueAt, due > .epoch else {
                guard let eventsComeUntil else { return "It is waiting for its turn; \(before)." }
                return "\(Self.waitingForEvents), not before \(TimeText.iso(eventsComeUntil)); \(before)."
            }
            return "\(waitingFor(contact, until: due)), not before \(TimeText.iso(due)); \(before)."
        case .dialing: return "The call is under way, or its run was interrupted; the next run finds out which."
        case .accepted:
            switch contact.answer {
            case nil: return "Z-API has accepted the call; it is not dialed again."
            case .answered: return "Z-API has accepted the call; it is not dialed again. It was answered."
            case .notAnswered:
                let retry = suggested.command("retry", campaign, "--where", "answer = not_answered")
                return
                    "Z-API has accepted the call, and nobody answered. It is dialed again only if the campaign redials, or "
                    + "you requeue it as `\(retry)` does."
            }
        case .failed:
            return
                "It is not dialed again unless you requeue it with "
                + "`\(suggested.command("retry", campaign, "--failed"))`."
        case .inDoubt:
            return
                "It may have rung: it is not dialed again until `\(suggested.command("resolve", campaign))` says what "
                + "happened."
        case .excluded where contact.reason == ExclusionReason.unanswered.rawValue:
            return
                "It did not answer as often in a row as the campaign allows (perPerson: unansweredInARow), and is not dialed."
        case .excluded where contact.reason == ExclusionReason.samePerson.rawValue:
            let retry = suggested.command("retry", campaign, "--where", "reason = same_person")
            return
                "The person has been called as another contact of the campaign, with another number of theirs. If that call "
                + "did not reach them, `\(retry)` has this number dialed."
        case .excluded: return "It is not dialed."
        }
    }

    private func waitingFor(_ contact: ContactRow, until due: Timestamp) -> String {
        if contact.attempts > 0 { return "It will be tried again" }
        if let notBefore = details.notBefore, due <= notBefore { return "It is held back by its list" }
        if window != nil { return "It is waiting for the window in its time zone" }
        return eventsComeUntil == nil ? "It is waiting" : Self.waitingForEvents
    }

    private static let waitingForEvents = "It is waiting because events of the person's last call may still come"
}

/// The calling window, while it is closed for a contact.
struct WindowHold {
    /// When the contact may be called; nil when the window never opens for it.
    let opensAt: Timestamp?
    /// The time zones in which it must be open.
    let zones: [String]

    /// Nil while the window is open for the contact.
    init?(of phone: PhoneNumber, in campaign: Campaign, now: Timestamp) {
        guard let window = campaign.window else { return nil }
        zones = window.timeZone.map { [$0] } ?? ContactZones.zones(of: phone, country: campaign.country)
        opensAt = ContactWindow.calendar(of: window, in: zones)
            .nextStart(atOrAfter: now, needing: campaign.roomForAnyCall)
        if let opensAt, opensAt <= now { return nil }
    }

    /// One sentence for people.
    var text: String {
        let place =
            zones.count == 1 ? "in \(zones[0])" : "in all of \(zones.joined(separator: ", ")) at the same time"
        guard let opensAt else { return "The campaign's window is never open \(place) for long enough to call." }
        return "The campaign's window is closed \(place): it opens at \(TimeText.iso(opensAt))."
    }
}
