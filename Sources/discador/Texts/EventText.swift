import CampaignCore
import CampaignStore
import Reports
import Webhooks

extension CallEvent {
    /// What the event says, in a few words: `delivered`, `call missed (outgoing)`, `reply “oi”`.
    var words: String {
        switch kind {
        case .delivered: "delivered"
        case .deliveryFailed(let failure): "delivery failed (\(failure.words))" + (error.map { ": \($0)" } ?? "")
        case .call(let call): "call \(call.phase.rawValue) (\(call.direction.words))"
        case .reply(let reply):
            switch reply.form {
            case .text: "reply “\(TerminalText.line(reply.text, width: 80))”"
            case .button: "pressed “\(TerminalText.line(reply.text, width: 80))”"
            case .media: "reply that only a person can read (audio, image …)"
            }
        case .disconnected(let reason): "disconnected" + (reason.map { ": \($0)" } ?? "")
        case .connected: "connected"
        case .registrationCodeRequested: "somebody asked WhatsApp for a registration code of this number"
        case .other: "nothing that concerns calls"
        }
    }
}

extension DeliveryFailure {
    /// What it means, in a few words.
    var words: String {
        switch self {
        case .noWhatsApp: "no WhatsApp account"
        case .notQueued: "never queued, it did not ring"
        case .unknown: "it may have rung"
        case .rejectedByWhatsApp: "rejected by WhatsApp"
        case .shadowBan: "WhatsApp restricts the number that calls"
        case .badAudio: "the audio cannot be used"
        case .badRequest: "the request was not understood"
        case .other: "another error"
        }
    }
}

extension CallNotification.Direction {
    /// Who calls whom.
    fileprivate var words: String {
        switch self {
        case .incoming: "they called us"
        case .outgoing: "our call"
        case .unknown: "direction not told"
        }
    }
}

extension EventRemark {
    /// Why an event changed nothing, or less than it says.
    var words: String {
        switch self {
        case .failedAfterDelivery: "the call had certainly gone out, so the failure does not count"
        case .deliveredAfterFailure: "a failure had been reported before"
        case .otherFailure: "another failure had been reported before"
        case .otherAnswer: "another answer had been reported; that somebody answered counts"
        case .ended: "that a call ended does not say whether somebody answered"
        case .ambiguous: "it may be about our call, or about one that the person made just then"
        case .severalCalls: "more than one call may be meant"
        case .noCall: "no call of this database fits"
        case .noId: "it names no id, so it does not say what it is about"
        case .callOrMessage: "it may be about the call in doubt, or about a message of another program"
        case .movedOn: "the contact has been called again or decided since; only the call itself was changed"
        case .notApplied: "it could not be applied; please report this"
        }
    }
}

extension EventEntry {
    /// What it says, read again from its body; nil when that has been removed, or cannot be read.
    func event(_ body: [UInt8]?) -> CallEvent? {
        guard let body, case .events(let events) = WebhookTable.read(body, instance: instance, at: receivedAt) else {
            return nil
        }
        // Only a message status is more than one event, and each of them says the same about another message.
        return events.first?.event
    }

    /// What became of it, in a few words.
    var fate: String {
        let what =
            switch state {
            case .applied: "applied"
            case .parked: "waits for the result of its call"
            case .unmatched: "belongs to no call"
            case .other: "kept and counted"
            }
        return what + (remark.map { " (\($0.words))" } ?? "")
    }
}
