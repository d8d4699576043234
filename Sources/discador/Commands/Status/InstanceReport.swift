import CampaignCore
import CampaignStore
import Foundation

/// An instance in `status`: its condition, and what is left of its limits today.
struct InstanceReport: Encodable {
    private let name: String
    private let condition: InstanceCondition?
    private let day: DayUsage
    private let newToday: Int
    private let recipients: Int

    /// - Parameter moment: now, on the clock of the limits.
    init(_ status: InstanceStatus, calendar: WindowCalendar, moment: Timestamp) {
        name = status.name
        condition = status.condition
        var allowance = DayAllowance(limits: status.limits, uses: status.uses, calendar: calendar)
        let day = allowance.usage(at: moment)
        self.day = day
        newToday = status.uses.filter { $0.beginning >= day.begins }.reduce(0) { $0 + $1.newRecipients }
        recipients = status.uses.reduce(0) { $0 + $1.newRecipients }
    }

    /// - Parameter command: shows its provider queue.
    func text(queueShownBy command: String) -> String {
        var parts = ["\(name): \(state)"]
        parts.append(
            "\(day.text), \(newToday.counted("new recipient")); \(recipients.counted("recipient")) in total"
        )
        if let items = condition?.queuedItems, items > 0 {
            parts.append(
                "\(items.itemsWaiting) in its queue at Z-API and \(items.noun("is", "are")) sent when it "
                    + "reconnects: see `\(command)`"
            )
        }
        return parts.joined(separator: "; ")
    }

    private var state: String {
        guard let condition else { return "not checked yet" }
        let since = "\(condition.word.rawValue) since \(TimeText.iso(condition.since))"
        let reason = condition.reason.map { " (\($0))" } ?? ""
        let until = condition.until.map { ", until \(TimeText.iso($0))" } ?? ""
        return since + reason + until
    }

    private enum CodingKeys: String, CodingKey {
        case name, condition, reason, since, until, callsToday, capToday, leftToday, newRecipientsToday, recipients,
            queuedItems
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(condition?.word, forKey: .condition)
        try container.encode(condition?.reason, forKey: .reason)
        try container.encode(condition.map { $0.since.json() }, forKey: .since)
        try container.encode(condition?.until.map { $0.json() }, forKey: .until)
        try container.encode(day.placed, forKey: .callsToday)
        try container.encode(day.cap, forKey: .capToday)
        try container.encode(day.left, forKey: .leftToday)
        try container.encode(newToday, forKey: .newRecipientsToday)
        try container.encode(recipients, forKey: .recipients)
        try container.encode(condition?.queuedItems, forKey: .queuedItems)
    }
}

extension DayUsage {
    /// `3 of 20 calls today, 17 left`.
    var text: String {
        guard let cap, let left else { return "\(placed.counted("call")) today" }
        return "\(placed) of \(cap.counted("call")) today, \(left) left"
    }
}

extension RunActivity {
    /// What a run waits for, in words; nil when it dials.
    var text: String? {
        let until = until.map { " until \(TimeText.iso($0))" } ?? ""
        return switch word {
        case .dialing: nil
        case .window: "the calling window is closed\(until)"
        case .cap: "today's calls are used up\(until)"
        case .instance: "it is waiting for an instance\(until)"
        case .retry: "it is waiting for the next retry\(until)"
        case .perPerson: "everybody who is left has been called as often as perPerson allows\(until)"
        case .heldBack: "its lists hold back everybody who is left\(until)"
        case .canary: "it is waiting for the outcomes of its first calls"
        case .answers: "it is waiting for what Z-API tells about the last calls\(until)"
        case .contacts: "everybody has been called; it is waiting for further contacts"
        }
    }
}
