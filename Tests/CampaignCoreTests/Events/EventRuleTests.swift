import CampaignCore
import Testing

@Suite struct EventRuleTests {
    private static let now = Timestamp(milliseconds: 1_800_000_000_000)

    /// A call that began this many seconds before the event; `ids` are its own.
    private static func call(
        _ contact: Int64, _ seconds: Int, _ standing: CandidateCall.Standing = .accepted, ids: [String] = ["Z", "M"],
        here: Bool = true
    ) -> CandidateCall {
        CandidateCall(
            attempt: AttemptID(contact: contact, number: 1), startedAt: now.advanced(by: .seconds(-seconds)), ids: ids,
            standing: standing, isThroughInstance: here)
    }

    private static func notification(
        _ phase: CallNotification.Phase, _ direction: CallNotification.Direction
    ) -> CallEvent.Kind {
        .call(CallNotification(phase: phase, direction: direction))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var kind: CallEvent.Kind
        var ids: [String] = []
        var error: String?
        /// By the payload, this many seconds before it arrived.
        var happened: Int?
        var calls: [CandidateCall]
        var match: EventMatch
        var testDescription: String { name }
    }

    private static let one = AttemptID(contact: 1, number: 1)
    private static let two = AttemptID(contact: 2, number: 1)

    @Test(arguments: [
        Row(name: "by id", kind: .delivered, ids: ["m"], calls: [call(1, 9000)], match: .call(one, .delivered, nil)),
        Row(
            name: "by id, with another call to the same person", kind: .delivered, ids: ["M2"],
            calls: [call(1, 5), call(2, 5, ids: ["M2"])], match: .call(two, .delivered, nil)),
        Row(
            name: "by id although another is under way", kind: .delivered, ids: ["M"],
            calls: [call(1, 5), call(2, 5, .underWay, ids: [])], match: .call(one, .delivered, nil)),
        Row(
            name: "an id that two calls have", kind: .delivered, ids: ["M"], calls: [call(1, 5), call(2, 5)],
            match: .nothing(.severalCalls)),
        Row(name: "a foreign id", kind: .delivered, ids: ["X"], calls: [call(1, 5)], match: .nothing(.noCall)),
        Row(
            name: "a foreign id, and a call under way", kind: .delivered, ids: ["X"],
            calls: [call(1, 5, .underWay, ids: [])], match: .waits),
        Row(
            name: "a foreign id, and a call that was under way long ago", kind: .delivered, ids: ["X"],
            calls: [call(1, 136, .underWay, ids: [])], match: .nothing(.noCall)),
        Row(
            name: "a foreign id, and a doubt: a call, or a message of another program", kind: .delivered, ids: ["X"],
            calls: [call(1, 5, .inDoubt, ids: [])], match: .evidence(one)),
        Row(
            name: "a failure with a foreign id, and a doubt", kind: .deliveryFailed(.notQueued), ids: ["X"],
            error: "It was not possible to send message to queue due to request error.",
            calls: [call(1, 5, .inDoubt, ids: [])], match: .evidence(one)),
        Row(
            name: "a failure that names a call, and a doubt", kind: .deliveryFailed(.badRequest), ids: ["X"],
            error: "Call with audio not available to channels.", calls: [call(1, 5, .inDoubt, ids: [])],
            match: .call(one, .failed(.badRequest, "Call with audio not available to channels."), nil)),
        Row(
            name: "a failure that names a call, without an id", kind: .deliveryFailed(.badRequest),
            error: "Call not available to channels.", calls: [call(1, 5, .inDoubt, ids: [])], match: .nothing(.noId)),
        Row(
            name: "a failure that names a call, and two doubts", kind: .deliveryFailed(.badRequest), ids: ["X"],
            error: "Call not available to channels.",
            calls: [call(1, 5, .inDoubt, ids: []), call(2, 9, .inDoubt, ids: [])], match: .nothing(.severalCalls)),
        Row(
            name: "a failure that names a call, a doubt and a call with one id", kind: .deliveryFailed(.badRequest),
            ids: ["X"], error: "Call not available to channels.",
            calls: [call(1, 5, .inDoubt, ids: []), call(2, 9, ids: ["Z"])], match: .nothing(.severalCalls)),
        Row(
            name: "a foreign id, and two doubts", kind: .delivered, ids: ["X"],
            calls: [call(1, 5, .inDoubt, ids: []), call(2, 9, .inDoubt, ids: [])], match: .nothing(.severalCalls)),
        Row(
            name: "a foreign id, a doubt and a call with ids", kind: .delivered, ids: ["X"],
            calls: [call(1, 5, .inDoubt, ids: []), call(2, 9)], match: .evidence(one)),
        Row(
            name: "a foreign id, and the doubt of another instance", kind: .delivered, ids: ["X"],
            calls: [call(1, 5, .inDoubt, ids: [], here: false)], match: .nothing(.noCall)),
        Row(name: "no id, in time", kind: .delivered, calls: [call(1, 5)], match: .nothing(.noId)),
        Row(
            name: "a failure without an id", kind: .deliveryFailed(.notQueued), calls: [call(1, 5)],
            match: .nothing(.noId)),
        Row(
            name: "a delivery without an id, and a call under way", kind: .delivered,
            calls: [call(1, 5, .underWay, ids: [])], match: .nothing(.noId)),
        Row(
            name: "the id of another instance's call", kind: .delivered, ids: ["M"],
            calls: [call(1, 5, here: false)], match: .nothing(.noCall)),
        Row(
            name: "the id of another instance's call, and a call that fits", kind: notification(.missed, .outgoing),
            ids: ["M"], calls: [call(1, 5, here: false), call(2, 5, ids: ["O"])], match: .nothing(.noCall)),
        Row(
            name: "outgoing, no id, in time", kind: notification(.missed, .outgoing), calls: [call(1, 135)],
            match: .call(one, .notAnswered, nil)),
        Row(
            name: "outgoing, no id, too late", kind: notification(.missed, .outgoing), calls: [call(1, 136)],
            match: .nothing(.noCall)),
        Row(
            name: "outgoing, no id, before the call", kind: notification(.missed, .outgoing), calls: [call(1, -3)],
            match: .nothing(.noCall)),
        Row(
            name: "outgoing, no id, two calls", kind: notification(.missed, .outgoing),
            calls: [call(1, 5), call(2, 9)],
            match: .nothing(.severalCalls)),
        Row(
            name: "outgoing, no id, and a call through another instance", kind: notification(.missed, .outgoing),
            calls: [call(1, 5), call(2, 9, here: false)], match: .nothing(.severalCalls)),
        Row(
            name: "outgoing, only a call through another instance", kind: notification(.missed, .outgoing),
            calls: [call(1, 5, here: false)], match: .nothing(.noCall)),
        Row(
            name: "outgoing, no id, one of two calls not placed", kind: notification(.missed, .outgoing),
            calls: [call(1, 5), call(2, 9, .notPlaced)], match: .call(one, .notAnswered, nil)),
        Row(
            name: "outgoing, of a time before the call", kind: notification(.missed, .outgoing), ids: ["X"],
            happened: 8, calls: [call(1, 2)], match: .nothing(.noCall)),
        Row(
            name: "outgoing, of a time before the call, by clocks that differ", kind: notification(.missed, .outgoing),
            ids: ["X"], happened: 7, calls: [call(1, 2)], match: .call(one, .notAnswered, nil)),
        Row(
            name: "outgoing, a late one of the call before", kind: notification(.missed, .outgoing), ids: ["X"],
            happened: 134, calls: [call(1, 2), call(2, 136)], match: .nothing(.noCall)),
        Row(
            name: "unknown direction, a late one of the call before", kind: notification(.missed, .unknown),
            ids: ["1779374011-59"], happened: 134, calls: [call(1, 2), call(2, 136)], match: .nothing(.ambiguous)),
        Row(
            name: "incoming, before the call by its time", kind: notification(.missed, .incoming), ids: ["C"],
            happened: 60, calls: [call(1, 2)], match: .nothing(.noCall)),
        Row(
            name: "by id, of a time before the call", kind: notification(.missed, .outgoing), ids: ["M"],
            happened: 500, calls: [call(1, 2)], match: .call(one, .notAnswered, nil)),
        Row(
            name: "incoming, called through another instance", kind: notification(.missed, .incoming),
            calls: [call(1, 300, here: false)], match: .nothing(.noCall)),
        Row(
            name: "outgoing, a strange id", kind: notification(.missed, .outgoing), ids: ["1779374011-59"],
            calls: [call(1, 20)], match: .call(one, .notAnswered, nil)),
        Row(
            name: "unknown direction, our id", kind: notification(.accepted, .unknown), ids: ["M"],
            calls: [call(1, 20)],
            match: .call(one, .answered, nil)),
        Row(
            name: "unknown direction, just after our call", kind: notification(.missed, .unknown),
            ids: ["1779374011-59"], calls: [call(1, 134)], match: .nothing(.ambiguous)),
        Row(
            name: "unknown direction, later", kind: notification(.missed, .unknown), ids: ["1779374011-59"],
            calls: [call(1, 136)], match: .calledBack([one])),
        Row(
            name: "unknown direction, three days later", kind: notification(.received, .unknown),
            calls: [call(1, 72 * 3600)], match: .calledBack([one])),
        Row(
            name: "unknown direction, after more than three days", kind: notification(.received, .unknown),
            calls: [call(1, 72 * 3600 + 1)], match: .nothing(.noCall)),
        Row(
            name: "incoming just after our call", kind: notification(.received, .incoming), ids: ["C"],
            calls: [call(1, 3)], match: .calledBack([one])),
        Row(
            name: "incoming, two calls", kind: notification(.missed, .incoming), calls: [call(1, 3), call(2, 5000)],
            match: .calledBack([one, two])),
        Row(
            name: "incoming, and nobody had been reached", kind: notification(.missed, .incoming),
            calls: [call(1, 300, .notPlaced)], match: .nothing(.noCall)),
        Row(
            name: "incoming that ended", kind: notification(.ended, .incoming), calls: [call(1, 300)],
            match: .nothing(.ended)),
        Row(
            name: "incoming while our call is under way", kind: notification(.received, .incoming),
            calls: [call(1, 3, .underWay, ids: [])], match: .waits),
        Row(
            name: "ended", kind: notification(.ended, .outgoing), ids: ["M"], calls: [call(1, 3)],
            match: .call(one, .delivered, .ended)),
        Row(name: "nobody known, no id", kind: .delivered, calls: [], match: .nothing(.noId)),
    ])
    func `an event belongs to a call only if it certainly does`(_ row: Row) {
        let event = CallEvent(
            row.kind, phone: PhoneNumber(value: 5_511_999_990_000), ids: row.ids, error: row.error,
            at: row.happened.map { Self.now.advanced(by: .seconds(-$0)) })
        let rule = EventRule(event, receivedAt: Self.now, candidates: row.calls)
        #expect(rule.match { false } == row.match)
        let reversed = EventRule(event, receivedAt: Self.now, candidates: row.calls.reversed())
        if case .calledBack(let attempts) = row.match {
            #expect(reversed.match { false } == .calledBack(attempts.reversed()))
        } else {
            #expect(reversed.match { false } == row.match)
        }
    }

    @Test func `whoever rings from another phone of a row calls back, and no other event is about its calls`() throws {
        let phone = try #require(PhoneNumber(value: 5_511_999_990_000))
        let besides = [Self.call(1, 3)]
        func match(_ kind: CallEvent.Kind, _ own: [CandidateCall] = []) -> EventMatch {
            EventRule(
                CallEvent(kind, phone: phone), receivedAt: Self.now, candidates: own, besides: besides
            ).match { false }
        }
        #expect(match(Self.notification(.received, .incoming)) == .calledBack([Self.one]))
        #expect(match(Self.notification(.missed, .unknown)) == .calledBack([Self.one]))
        #expect(
            match(Self.notification(.received, .incoming), [Self.call(2, 300)]) == .calledBack([Self.two, Self.one]))
        for phase in [CallNotification.Phase.received, .accepted, .missed] {
            #expect(match(Self.notification(phase, .outgoing)) == .nothing(.noCall))
        }
        #expect(match(Self.notification(.ended, .incoming)) == .nothing(.ended))
        #expect(match(.delivered) == .nothing(.noId))
    }

    @Test func `an event whose person is not certain waits while the instance has a call under way, if it has an id`()
        throws
    {
        let lid = try #require(PhoneNumber(text: "77@lid"))
        let phone = try #require(PhoneNumber(value: 5_511_999_990_000))
        func match(_ event: CallEvent, _ calls: [CandidateCall], isAnyUnderWay: Bool) -> EventMatch {
            EventRule(event, receivedAt: Self.now, candidates: calls).match { isAnyUnderWay }
        }
        let named = CallEvent(Self.notification(.missed, .outgoing), lid: lid, ids: ["X"])
        #expect(match(named, [], isAnyUnderWay: true) == .waits)
        #expect(match(named, [], isAnyUnderWay: false) == .nothing(.noCall))
        // The call under way may be to the phone of this `@lid`.
        #expect(match(named, [Self.call(1, 5)], isAnyUnderWay: true) == .waits)
        #expect(match(named, [Self.call(1, 5)], isAnyUnderWay: false) == .call(Self.one, .notAnswered, nil))
        let byPhone = CallEvent(Self.notification(.missed, .outgoing), phone: phone, ids: ["X"])
        #expect(match(byPhone, [Self.call(1, 5)], isAnyUnderWay: true) == .call(Self.one, .notAnswered, nil))
        let nameless = CallEvent(Self.notification(.missed, .outgoing), lid: lid)
        #expect(match(nameless, [], isAnyUnderWay: true) == .nothing(.noCall))
    }

    @Test(arguments: [(-1, 0), (0, 0), (5, 5), (10, 10), (11, 10)])
    func `the payload's time counts where it can be right`(_ at: Int, _ moment: Int) {
        func later(_ seconds: Int) -> Timestamp { Self.now.advanced(by: .seconds(seconds)) }
        let event = CallEvent(.delivered, at: later(at))
        let expected = at < 0 ? later(10) : later(moment)
        #expect(event.moment(since: Self.now, receivedAt: later(10)) == expected)
        #expect(CallEvent(.delivered).moment(since: Self.now, receivedAt: later(10)) == later(10))
    }
}
