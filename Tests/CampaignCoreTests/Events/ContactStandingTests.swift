import CampaignCore
import Testing

@Suite struct ContactStandingTests {
    private static func facts(_ facts: [CallFact]) -> CallFacts {
        facts.reduce(into: CallFacts()) { _ = $0.add($1, at: .epoch) }
    }

    private static func call(
        _ number: Int = 1, _ outcome: AttemptOutcome? = .accepted, _ facts: CallFact...,
        released: CallFacts.Standing? = nil
    ) -> PastCall {
        PastCall(number: number, outcome: outcome, facts: Self.facts(facts), released: released)
    }

    private static func standing(
        _ state: CallState, _ reason: String? = nil, isConfirmed: Bool = false
    ) -> ContactStanding {
        ContactStanding(state: state, reason: reason, isConfirmed: isConfirmed)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var contact: ContactStanding
        var calls: [PastCall]
        var change: ContactStanding.Change?
        var testDescription: String { "\(contact.state) \(contact.reason ?? "") \(calls.map(\.facts.standing))" }
    }

    @Test(arguments: [
        Row(contact: standing(.accepted), calls: [call(1, .accepted, .delivered)], change: nil),
        Row(
            contact: standing(.accepted), calls: [call(1, .accepted, .failed(.notQueued, ""))],
            change: .failed(.notQueued)),
        Row(
            contact: standing(.accepted, "found_in_queue"), calls: [call(1, .accepted, .failed(.shadowBan, ""))],
            change: .failed(.shadowBan)),
        Row(
            contact: standing(.accepted, "confirmed", isConfirmed: true),
            calls: [call(1, .accepted, .failed(.noWhatsApp, ""))], change: nil),
        Row(contact: standing(.inDoubt, "no_reply"), calls: [call(1, .inDoubt, .delivered)], change: .accepted),
        Row(contact: standing(.inDoubt, "gateway_error"), calls: [call(1, .inDoubt)], change: nil),
        Row(
            contact: standing(.inDoubt, "no_reply"), calls: [call(1, .accepted, .failed(.notQueued, ""))],
            change: .failed(.notQueued)),
        Row(
            contact: standing(.inDoubt, "no_reply"), calls: [call(1, .accepted, .failed(.unknown, ""))],
            change: .inDoubt(.deliveryUnknown)),
        Row(
            contact: standing(.inDoubt, "delivery_unknown"),
            calls: [call(1, .accepted, .failed(.unknown, ""), .answered)], change: .accepted),
        Row(
            contact: standing(.failed, "not_queued"), calls: [call(1, .accepted, .failed(.notQueued, ""), .delivered)],
            change: .accepted),
        Row(
            contact: standing(.failed, "not_queued"),
            calls: [call(1, .accepted, .failed(.notQueued, ""), .failed(.unknown, ""))],
            change: .inDoubt(.deliveryUnknown)),
        Row(contact: standing(.failed, "refused"), calls: [call(1, .refused)], change: nil),
        Row(
            contact: standing(.failed, "refused"),
            calls: [call(1, .accepted, .failed(.noWhatsApp, "")), call(2, .refused)],
            change: nil),
        // It must not be dialed again: its call went out, whether it was the last one or not.
        Row(
            contact: standing(.failed, "refused"), calls: [call(1, .accepted, .answered), call(2, .refused)],
            change: .accepted),
        Row(
            contact: standing(.ready), calls: [call(1, .accepted, .failed(.notQueued, ""), .delivered)],
            change: .accepted),
        Row(contact: standing(.ready), calls: [call(1, .accepted, .answered), call(2, .throttled)], change: .accepted),
        Row(
            contact: standing(.ready), calls: [call(1, .accepted, .failed(.unknown, "")), call(2, .notSent)],
            change: .inDoubt(.deliveryUnknown)),
        // Whoever was to be called again because nobody answered has answered.
        Row(
            contact: standing(.ready), calls: [call(1, .accepted, .answered, released: .notAnswered)], change: .accepted
        ),
        Row(
            contact: standing(.ready),
            calls: [call(1, .accepted, .answered, released: .notAnswered), call(2, .misconfigured)], change: .accepted),
        // A late repeat does not take a second call back.
        Row(contact: standing(.ready), calls: [call(1, .accepted, .notAnswered, released: .notAnswered)], change: nil),
        Row(contact: standing(.ready), calls: [call(1, .accepted, .failed(.noWhatsApp, ""))], change: nil),
        // A person has said that it did not ring: only news changes that.
        Row(contact: standing(.ready), calls: [call(1, .inDoubt, released: .nothing)], change: nil),
        Row(contact: standing(.ready), calls: [call(1, .inDoubt, .delivered, released: .nothing)], change: .accepted),
        Row(
            contact: standing(.ready), calls: [call(1, .inDoubt, .failed(.unknown, ""), released: .nothing)],
            change: .inDoubt(.deliveryUnknown)),
        Row(contact: standing(.excluded, "cancelled"), calls: [call(1, .accepted, .answered)], change: .accepted),
        Row(
            contact: standing(.excluded, "held"), calls: [call(1, .accepted, .failed(.unknown, ""))],
            change: .inDoubt(.deliveryUnknown)),
        Row(contact: standing(.excluded, "expired"), calls: [call(1, .accepted, .failed(.other, ""))], change: nil),
        Row(contact: standing(.excluded, "do_not_call"), calls: [call(1, .accepted, .answered)], change: nil),
        Row(contact: standing(.excluded, "same_whatsapp"), calls: [call(1, .accepted, .answered)], change: nil),
        Row(contact: standing(.dialing), calls: [call(1, .accepted, .answered), call(2, nil)], change: nil),
        Row(
            contact: standing(.accepted), calls: [call(1, .accepted, .failed(.notQueued, "")), call(2)], change: nil),
    ])
    func `what is known of any of its calls decides where a contact stands`(_ row: Row) {
        #expect(row.contact.change(after: ContactCalls(row.calls)) == row.change)
    }

    struct Return: Sendable {
        var calls: [PastCall] = []
        var isBlocked = false
        var isCancelled = false
        var isDelisted = false
        var destination: ReadyRule.Destination
    }

    @Test(arguments: [
        Return(destination: .ready),
        Return(isBlocked: true, isCancelled: true, isDelisted: true, destination: .excluded(.doNotCall)),
        Return(isCancelled: true, isDelisted: true, destination: .excluded(.cancelled)),
        Return(isDelisted: true, destination: .excluded(.notListed)),
        Return(calls: [call(1, .throttled), call(2, .accepted, .failed(.notQueued, ""))], destination: .ready),
        Return(calls: [call(1, .accepted), call(2, .throttled)], isBlocked: true, destination: .called(.accepted)),
        Return(calls: [call(1, .inDoubt, .failed(.unknown, ""))], destination: .called(.inDoubt(.deliveryUnknown))),
        Return(calls: [call(1, .accepted, .notAnswered)], isCancelled: true, destination: .called(.accepted)),
        Return(calls: [call(1, .accepted, .notAnswered, released: .notAnswered)], destination: .ready),
        Return(calls: [call(1, .inDoubt, released: .nothing), call(2, .refused)], destination: .ready),
    ])
    func `nobody becomes ready again of whose calls one may have rung, or who was taken out meanwhile`(_ row: Return) {
        let rule = ReadyRule(
            calls: ContactCalls(row.calls), isBlocked: row.isBlocked, isCancelled: row.isCancelled,
            isDelisted: row.isDelisted)
        #expect(rule.destination == row.destination)
    }
}
