import CampaignCore
import CampaignRunner
import Foundation
import NIOConcurrencyHelpers
import ZAPI

/// What `notify` tells: `{"type": "done", "timestamp": …, "data": {…}}`, as Standard Webhooks advises. It is for
/// machines, and in English.
struct CampaignNotice: Encodable {
    struct Content: Encodable {
        var campaign: String
        /// Contacts by state, for `done` and `brake`.
        var counts: StateCounts?
        /// Why, in words.
        var reason: String?
        /// The person's number or `@lid`, for `optOut`.
        var phone: String?
    }

    var type: String
    var timestamp: String
    var data: Content

    init(_ event: NotificationTarget.Event, _ data: Content, at moment: Timestamp) {
        type = event.rawValue
        timestamp = moment.iso8601(utcOffset: 0, withMilliseconds: true)
        self.data = data
    }

    /// The notice as a message; its id is new.
    func message() throws -> OutgoingMessage {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return OutgoingMessage(id: "msg_\(UUID().uuidString)", body: Array(try encoder.encode(self)))
    }
}

/// Whom each campaign that was dialed by this process tells what happens (`notify` in its file). Nothing waits for it.
final class CampaignNotices: Sendable {
    private struct Listener {
        /// Nil: its file names none.
        var target: NotificationTarget?
        var instances: [Instance]
        /// Tells those who watch its run; nil: it is not being dialed.
        var warn: (@Sendable (Phrase) -> Void)?
        /// The ids of those that are disconnected, and were told.
        var lost: Set<String> = []
    }

    private let outboxes: Outboxes
    private let listeners = NIOLockedValueBox<[String: Listener]>([:])

    init(_ outboxes: Outboxes) {
        self.outboxes = outboxes
    }

    /// From now on, what happens to this campaign is told as its file says, and to those who watch its run.
    func follow(_ campaign: Campaign, warn: @escaping @Sendable (Phrase) -> Void) {
        let listener = Listener(target: campaign.notify, instances: campaign.instances, warn: warn)
        listeners.withLockedValue { $0[campaign.name] = listener }
    }

    /// A run is over: nobody watches it any more. `notify` is told of what still comes.
    func noteEnd(of campaign: String) {
        listeners.withLockedValue { $0[campaign]?.warn = nil }
    }

    /// Tells how a run has ended.
    func tell(_ end: DialEnd, of campaign: String) {
        guard case .ended(let report) = end else { return }
        var content = CampaignNotice.Content(campaign: campaign, counts: report.counts)
        switch report.end {
        case .finished: tell(.done, content)
        case .braked(let brake):
            content.reason = "\(brake.failures) of the last \(brake.over) calls failed"
            tell(.brake, content)
        case .badAudio:
            content.reason = "the sound of its calls cannot be played"
            tell(.brake, content)
        case .drained, .halted, .notNow, .away, .misconfigured, .contradicts, .unreachable, .storeFailed: break
        }
    }

    /// Tells what an event of an instance has brought.
    func tell(_ effect: EventEffect, instance: String) {
        switch effect {
        case .optedOut(let campaign, let identity):
            guard let campaign else { break }
            tell(.optOut, .init(campaign: campaign, phone: PhoneNumber(value: identity)?.text))
        case .disconnected(let reason): tellDisconnected(instance, reason)
        case .connected: noteConnected(instance)
        case .quarantined(let until, let reason): warn(ofRestOf: instance, until: until, because: reason)
        case .mustNotBeCalled, .contactsChanged, .deliveryFailed, .registrationCodeRequested: break
        }
    }

    /// Tells what a check of an instance's health has found.
    func tell(_ health: InstanceHealth, instance: String) {
        switch health {
        case .disconnected(let reason): tellDisconnected(instance, reason)
        case .connected: noteConnected(instance)
        case .misconfigured, .unreachable: break
        }
    }

    private func warn(ofRestOf instance: String, until: Timestamp, because reason: String) {
        for (campaign, listener) in listeners.withLockedValue({ $0 }) {
            guard let its = listener.instances.first(where: { $0.id == instance }) else { continue }
            listener.warn?(
                Phrase("\(campaign): \(its.name) is not used until ", "\(campaign): \(its.name) não é usada até ")
                    + .moment(until) + Phrase(verbatim: ": ") + Phrase(recorded: reason) + Phrase(verbatim: "."))
        }
    }

    /// Once until it is connected again, whether a webhook or a check says so first.
    private func tellDisconnected(_ instance: String, _ reason: String?) {
        let names = listeners.withLockedValue { listeners in
            var names: [String: String] = [:]
            for (campaign, listener) in listeners {
                guard let its = listener.instances.first(where: { $0.id == instance }),
                    listeners[campaign]?.lost.insert(instance).inserted ?? false
                else { continue }
                names[campaign] = its.name
            }
            return names
        }
        for (campaign, name) in names {
            let text = "\(name) is disconnected" + (reason.map { ": \($0)" } ?? "")
            tell(.disconnected, .init(campaign: campaign, reason: text))
        }
    }

    private func noteConnected(_ instance: String) {
        listeners.withLockedValue { listeners in
            for campaign in listeners.keys { listeners[campaign]?.lost.remove(instance) }
        }
    }

    private func tell(_ event: NotificationTarget.Event, _ content: CampaignNotice.Content) {
        guard let target = listeners.withLockedValue({ $0[content.campaign]?.target }), target.events.contains(event),
            let message = try? CampaignNotice(event, content, at: SystemEnvironment.now()).message()
        else { return }
        outboxes.post(message, to: target.url, signedWith: target.secret)
    }
}
