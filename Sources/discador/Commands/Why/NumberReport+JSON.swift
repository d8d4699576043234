import CampaignCore
import CampaignStore

extension NumberReport: Encodable {
    private enum CodingKeys: String, CodingKey {
        case written, campaign, phone, problem, doNotCall, contact, duplicates, attempts, evidence, elsewhere, numbers,
            rejectedRows, window, timeline, columns, error
    }

    private struct Block: Encodable {
        var since, reason: String
    }

    private struct Contact: Encodable {
        var phone, state: String
        var reason, file, importedAt, dueAt, notBefore, callAudioUrl: String?
        var answer, answeredAt, calledBackAt, repliedAt: String?
        var line, before: Int?
        var isMoreBefore: Bool?
        var attempts: Int
        /// Its cells, in the order of `columns`.
        var own: [String]
    }

    private struct RowPhone: Encodable {
        var phone: String
        var ended: String?
        var isCurrent, doNotCall: Bool
    }

    private struct Window: Encodable {
        /// Nil when it never opens, or that is not known.
        var opensAt: String?
        var zones: [String]
        var error: String?
    }

    private struct Attempt: Encodable {
        var number: Int
        var instance, startedAt: String
        var endedAt, outcome, error, zaapId, messageId, delivery, deliveryError, answer, answeredAt: String?
        var httpStatus: Int?
    }

    private struct Duplicate: Encodable {
        var file: String
        var line: Int
        var reason: String
    }

    private struct Elsewhere: Encodable {
        var campaign, state: String
        var lastAttemptAt: String?
    }

    private struct Reject: Encodable {
        var file, reason, suggestion: String
        var line: Int
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(written, forKey: .written)
        try container.encode(campaign, forKey: .campaign)
        try container.encodeIfPresent(isAboutNothing ? numberLine.english : nil, forKey: .error)
        try container.encode(number?.text, forKey: .phone)
        try container.encode(columns, forKey: .columns)
        try container.encode(problem?.code, forKey: .problem)
        let held = window.map { Window(opensAt: $0.opensAt.map { $0.json() }, zones: $0.zones) }
        try container.encode(held ?? windowProblem.map { Window(zones: [], error: $0.english) }, forKey: .window)
        try container.encode(block.map { Block(since: $0.since.json(), reason: $0.reason) }, forKey: .doNotCall)
        try container.encode(details.contact.map(document), forKey: .contact)
        try container.encode(
            details.duplicates.map { Duplicate(file: $0.file, line: $0.line, reason: $0.reason.rawValue) },
            forKey: .duplicates)
        try container.encode(
            details.numbers.map {
                RowPhone(phone: $0.phone.text, ended: $0.ended, isCurrent: $0.isCurrent, doNotCall: $0.isBlocked)
            }, forKey: .numbers)
        try container.encode(details.attempts.map(Self.document), forKey: .attempts)
        try container.encode(timeline.entries, forKey: .timeline)
        try container.encode(evidence.map { QueueEvidenceText($0) }, forKey: .evidence)
        try container.encode(details.elsewhere.map(Self.document), forKey: .elsewhere)
        try container.encode(
            rejects.map { Reject(file: $0.file, reason: $0.reason, suggestion: $0.suggestion, line: $0.line) },
            forKey: .rejectedRows)
    }

    private func document(_ contact: ContactRow) -> Contact {
        Contact(
            phone: contact.phone.text, state: contact.state.rawValue, reason: contact.reason,
            file: details.origin?.file, importedAt: details.origin.map { $0.importedAt.json() },
            dueAt: details.dueAt.flatMap { $0 > Timestamp.epoch ? $0.json() : nil },
            notBefore: details.notBefore.map { $0.json() }, callAudioUrl: details.callAudioURL,
            answer: contact.answer?.rawValue, answeredAt: contact.answeredAt.map { $0.json() },
            calledBackAt: contact.calledBackAt.map { $0.json() },
            repliedAt: contact.repliedAt.map { $0.json() },
            line: details.origin?.line,
            before: details.before, isMoreBefore: details.isMoreBefore ? true : nil, attempts: contact.attempts,
            own: contact.own)
    }

    private static func document(_ attempt: AttemptRow) -> Attempt {
        Attempt(
            number: attempt.number, instance: attempt.instance, startedAt: attempt.startedAt.json(),
            endedAt: attempt.endedAt.map { $0.json() }, outcome: attempt.outcome?.rawValue,
            error: attempt.error, zaapId: attempt.receipt?.zaapId, messageId: attempt.receipt?.messageId,
            delivery: attempt.delivery?.rawValue, deliveryError: attempt.deliveryError,
            answer: attempt.answer?.rawValue, answeredAt: attempt.answeredAt.map { $0.json() },
            httpStatus: attempt.httpStatus)
    }

    private static func document(_ other: OtherCampaignContact) -> Elsewhere {
        Elsewhere(
            campaign: other.campaign, state: other.state.rawValue,
            lastAttemptAt: other.lastAttemptAt.map { $0.json() })
    }
}
