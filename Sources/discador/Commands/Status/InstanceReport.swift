import CampaignCore
import CampaignStore
import Dashboard
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
    func phrase(queueShownBy command: String, _ clock: LocalClock) -> Phrase {
        var parts = [Phrase(verbatim: "\(name): ") + state(clock)]
        parts.append(
            day.phrase + Phrase(verbatim: ", ") + Phrase.counted(newToday, .newRecipient) + Phrase(verbatim: "; ")
                + Phrase.counted(recipients, .recipient) + Phrase(" in total", " no total"))
        if let items = condition?.queuedItems, items > 0 {
            parts.append(
                Phrase.itemsWaiting(items)
                    + Phrase(
                        " in its queue at Z-API and \(items == 1 ? "is" : "are") sent when it reconnects: see `\(command)`",
                        " na fila dela na Z-API e \(items == 1 ? "será enviado" : "serão enviados") quando ela "
                            + "reconectar: veja `\(command)`"))
        }
        return parts.joined(separator: "; ")
    }

    private func state(_ clock: LocalClock) -> Phrase {
        guard let condition else { return Phrase("not checked yet", "ainda não verificada") }
        let since =
            Phrase("\(condition.word.rawValue) since ", "\(condition.word.portuguese) desde ")
            + clock.text(condition.since, withSeconds: false)
        let reason =
            condition.reason.map { Phrase(verbatim: " (") + Phrase(recorded: $0) + Phrase(verbatim: ")") }
            ?? Phrase(verbatim: "")
        let until = condition.until.map { Phrase(", until ", ", até ") + clock.text($0, withSeconds: false) }
        return since + reason + (until ?? Phrase(verbatim: ""))
    }

    /// For a page.
    ///
    /// - Parameter condition: as it was given.
    func line(of campaign: String, _ condition: InstanceCondition?, _ clock: LocalClock) -> InstanceLine {
        let word = condition?.word
        let state = word.map { Phrase($0.rawValue, $0.portuguese) } ?? Phrase("not checked yet", "ainda não verificada")
        let tone =
            switch word {
            case .connected: "good"
            case .disconnected, .unreachable: "warn"
            case .misconfigured, .quarantined: "bad"
            case nil: ""
            }
        var line = InstanceLine(name: name, state: state, tone: tone, today: day.phrase, campaigns: [campaign])
        if word != .connected, condition != nil { line.detail = self.state(clock) }
        return line
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

extension Noun {
    fileprivate static let recipient = Noun("recipient", portuguese: ("destinatário", "destinatários"))
    fileprivate static let newRecipient = Noun(
        "new recipient", portuguese: ("destinatário novo", "destinatários novos"))
}

extension InstanceCondition.Word {
    fileprivate var portuguese: String {
        switch self {
        case .connected: "conectada"
        case .disconnected: "desconectada"
        case .unreachable: "sem contato"
        case .misconfigured: "com problema na conta"
        case .quarantined: "em quarentena"
        }
    }
}

extension DayUsage {
    /// `3 of 20 calls today, 17 left`.
    var phrase: Phrase {
        guard let cap, let left else { return Phrase.counted(placed, .call) + Phrase(" today", " hoje") }
        return Phrase(verbatim: "\(placed)") + Phrase(" of ", " de ") + Phrase.counted(cap, .call)
            + Phrase(" today, \(left) left", " hoje, \(left == 1 ? "resta" : "restam") \(left)")
    }
}
