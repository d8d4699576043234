import CampaignCore
import CampaignStore
import Foundation

/// An instance in `status`: how it is, and what is left of its day.
struct InstanceLine: Encodable {
    private let name: String
    private let condition: InstanceCondition?
    private let callsToday: Int
    private let cap: Int?
    private let newToday: Int
    private let recipients: Int

    init(_ standing: InstanceStanding, calendar: WindowCalendar, now: Timestamp) {
        name = standing.name
        condition = standing.condition
        let today = calendar.day(of: now)
        let begins = calendar.start(of: today)
        let uses = standing.uses.filter { $0.beginning >= begins }
        callsToday = uses.reduce(0) { $0 + $1.calls }
        newToday = uses.reduce(0) { $0 + $1.newRecipients }
        recipients = standing.uses.reduce(0) { $0 + $1.newRecipients }
        let daysBefore = Set(
            standing.uses.filter { $0.calls > 0 && $0.beginning < begins }.map { calendar.day(of: $0.beginning) })
        cap = standing.limits.cap(daysOfUseBefore: daysBefore.count)
    }

    /// - Parameter queue: the command that shows its queue.
    func text(_ queue: String) -> String {
        var parts = ["\(name): \(state)"]
        let calls = cap.map { "\(callsToday) of \($0.counted("call")) today" } ?? "\(callsToday.counted("call")) today"
        parts.append(
            "\(calls), \(newToday) to people it had not called before; \(recipients.counted("person", "people")) in all"
        )
        if let items = condition?.queuedItems, items > 0 {
            parts.append(
                "\(InstanceQueue.waiting(items)) in its queue at Z-API and \(items.noun("is", "are")) sent when it is "
                    + "back: see `\(queue)`"
            )
        }
        return parts.joined(separator: "; ")
    }

    private var state: String {
        guard let condition else { return "not asked yet" }
        let since = "\(condition.word.rawValue) since \(TimeText.iso(condition.since))"
        let reason = condition.reason.map { " (\($0))" } ?? ""
        let until = condition.until.map { ", until \(TimeText.iso($0))" } ?? ""
        return since + reason + until
    }

    private enum CodingKeys: String, CodingKey {
        case name, condition, reason, since, until, callsToday, capToday, newRecipientsToday, recipients, queuedItems
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(condition?.word, forKey: .condition)
        try container.encode(condition?.reason, forKey: .reason)
        try container.encode(condition.map { TimeText.iso($0.since) }, forKey: .since)
        try container.encode(condition?.until.map { TimeText.iso($0) }, forKey: .until)
        try container.encode(callsToday, forKey: .callsToday)
        try container.encode(cap, forKey: .capToday)
        try container.encode(newToday, forKey: .newRecipientsToday)
        try container.encode(recipients, forKey: .recipients)
        try container.encode(condition?.queuedItems, forKey: .queuedItems)
    }
}

extension RunActivity {
    /// What a run does for a longer time, in words; nil when it simply dials.
    var text: String? {
        let until = until.map { " until \(TimeText.iso($0))" } ?? ""
        return switch word {
        case .dialing: nil
        case .window: "the calling window is shut\(until)"
        case .cap: "the calls of today are used up\(until)"
        case .instance: "it waits for an instance\(until)"
        case .retry: "it waits for the next retry\(until)"
        case .canary: "it waits for the outcomes of its first calls"
        }
    }
}
