import CampaignCore
import Foundation
import Testing

@testable import CampaignRunner

/// What a process that dials tells a terminal elsewhere.
@Suite struct `Encoded and decoded` {
    @Test func `every end of a run stays the same`() throws {
        let ends = try Self.ends()
        #expect(Set(ends.map(Self.number)) == Set(0..<11), "a case is missing here")
        for end in ends {
            let report = RunReport(end: end, counts: Self.counts)
            let read = try Self.again(report)
            #expect(read == report)
        }
    }

    @Test func `every reason to wait stays the same, and so does the progress with it`() throws {
        let waits = Self.waits
        #expect(Set(waits.map(Self.number)) == Set(0..<16), "a case is missing here")
        for wait in waits + [nil] {
            let progress = RunProgress(
                counts: Self.counts, finishedAtStart: 2, elapsed: .milliseconds(3_500), waitsFor: wait,
                wakesAt: wait == nil ? nil : .nanoseconds(1), troubles: ["A: “não conectado”"], uncheckedInstances: 1,
                isStopping: true)
            let read = try Self.again(progress)
            #expect(read == progress)
        }
    }

    @Test(arguments: [
        RunOptions(), RunOptions(waits: false, canary: 7),
        RunOptions(follows: true, keepsTrying: true, hearsEvents: true),
    ])
    func `the options of a run stay the same`(_ options: RunOptions) throws {
        #expect(try Self.again(options) == options)
    }

    private static var counts: StateCounts {
        var counts = StateCounts()
        counts.ready = 3
        counts.accepted = 4
        return counts
    }

    private static func again<Value: Codable>(_ value: Value) throws -> Value {
        try JSONDecoder().decode(Value.self, from: try JSONEncoder().encode(value))
    }

    private static func ends() throws -> [RunEnd] {
        var meter = BrakeMeter(Brake(failuresPercent: 50, over: 2))
        for error in ["busy", "gone"] { meter.note(.refused, error: error) }
        let brake = try #require(BrakeReport(meter, isCanary: true))
        let call = ClaimedCall(
            attempt: AttemptID(contact: 7, number: 2), phone: try #require(PhoneNumber(text: "5511987654321")),
            callDuration: nil, instance: 0, tries: (used: 1, throttlesInARow: 0))
        let reply = CallReply(verdict: .accepted(CallReceipt(zaapId: "Z", messageId: "M")), httpStatus: 200)
        let moment = Timestamp(milliseconds: 1_000)
        let result = AttemptResult(
            call: call, reply: reply, decision: .accepted,
            times: CallTimes(startedAt: moment, endedAt: moment, latency: .zero))
        let failures: [RunEnd] = [
            .storeFailed(.diskFull(path: "/d.db"), lostResults: [result]),
            .storeFailed(.held(path: "/d.db", holder: Phrase("process 1", "processo 1"), stop: nil), lostResults: []),
            .storeFailed(.unknownCampaign(name: "a", known: ["b", "c"]), lostResults: []),
            .storeFailed(.outdated(path: "/d.db", place: "/", commits: 1, wanted: 2), lostResults: []),
        ]
        let rest: [RunEnd] = [
            .finished, .drained, .halted, .braked(brake), .badAudio, .away(["A is disconnected"]),
            .misconfigured(["A: 403", "B"]), .unreachable([]), .contradicts(["A"]),
        ]
        return failures + rest + waits.map(RunEnd.notNow)
    }

    private static let waits: [WaitReason] = [
        .pace(.milliseconds(1_250)), .retry(.seconds(90)), .replies(3), .instance, .window(until: nil),
        .window(until: Timestamp(milliseconds: 5)), .cap(until: Timestamp(milliseconds: 6)),
        .ringing(until: Timestamp(milliseconds: 7)), .asked(until: Timestamp(milliseconds: 8), isEarlier: true),
        .canary(2), .contacts, .heldBack(until: Timestamp(milliseconds: 9)), .rest(until: Timestamp(milliseconds: 9)),
        .redial(until: Timestamp(milliseconds: 10)), .person(until: Timestamp(milliseconds: 11)),
        .answers(until: Timestamp(milliseconds: 12)), .events(until: Timestamp(milliseconds: 13)),
    ]

    /// Without a default: a new case must come into the table.
    private static func number(_ end: RunEnd) -> Int {
        switch end {
        case .finished: 0
        case .drained: 1
        case .halted: 2
        case .braked: 3
        case .notNow: 4
        case .away: 5
        case .misconfigured: 6
        case .unreachable: 7
        case .storeFailed: 8
        case .contradicts: 9
        case .badAudio: 10
        }
    }

    private static func number(_ wait: WaitReason) -> Int {
        switch wait {
        case .pace: 0
        case .retry: 1
        case .replies: 2
        case .instance: 3
        case .window: 4
        case .cap: 5
        case .ringing: 6
        case .asked: 7
        case .canary: 8
        case .contacts: 9
        case .heldBack: 10
        case .rest: 11
        case .redial: 12
        case .person: 13
        case .answers: 14
        case .events: 15
        }
    }
}
