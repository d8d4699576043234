import Foundation
import Logging
import NIOConcurrencyHelpers
import Testing

@testable import ZAPISimulator

/// Webhooks that go wrong on purpose, and receivers that do not answer.
@Suite struct WebhookFaultTests {
    private static let missedPhone = "5511999993100"
    private static let story = WebhookTests.delivered + WebhookTests.missed

    private static func scenario(_ fault: WebhookFault) -> Scenario {
        var scenario = WebhookTests.quick
        scenario.faults = [fault: 1]
        return scenario
    }

    /// What arrives of one missed call when every webhook has this fault.
    private func received(with fault: WebhookFault, count: Int) async throws -> [WebhookReceiver.Received] {
        let arrived = NIOLockedValueBox<[WebhookReceiver.Received]>([])
        try await WebhookTests.withReceiver(Self.scenario(fault)) { client, receiver in
            _ = try await client.call(Self.missedPhone)
            let all = try await receiver.wait(for: count)
            arrived.withLockedValue { $0 = all }
        }
        return arrived.withLockedValue { $0 }
    }

    @Test func `a duplicate has the same body, byte for byte`() async throws {
        let received = try await received(with: .duplicate, count: 8)
        #expect(received.map(\.summary) == Self.story.flatMap { [$0, $0] })
        for index in stride(from: 0, to: 8, by: 2) { #expect(received[index].body == received[index + 1].body) }
    }

    @Test func `out of order is the opposite order`() async throws {
        #expect(try await received(with: .outOfOrder, count: 4).map(\.summary) == Self.story.reversed())
    }

    @Test func `a late webhook comes after the others`() {
        let plan = WebhookPlan(
            instance: "A",
            webhooks: (0..<100).map { number in
                PlannedWebhook(
                    kind: .delivery, body: WebhookBody("\(number)", instance: "A"), delay: .seconds(number), zaapId: "Z"
                )
            })
        let faults = WebhookFaults(seed: 3, rates: [.late: 0.5], lateBy: .seconds(1_000))
        let late = faults.applied(to: plan, of: "Z").webhooks
        let delayed = late.filter { $0.fault == .late }
        #expect((30...70).contains(delayed.count))
        #expect(delayed.allSatisfy { $0.delay >= .seconds(1_000) })
        #expect(late.suffix(delayed.count).allSatisfy { $0.fault == .late })
        #expect(late.count == 100)
    }

    @Test func `with an lid only, no body has the number`() async throws {
        let received = try await received(with: .lidOnly, count: 4)
        #expect(received.allSatisfy { $0["phone"]?.hasSuffix("@lid") == true })
        #expect(Set(received.map { $0["phone"] }).count == 1)
    }

    @Test(arguments: [
        (WebhookFault.secondsTime, #""momment":1794000000,"#), (.textTime, #""momment":"1794000000500""#),
    ])
    func `times come in seconds, or as a text`(fault: WebhookFault, text: String) async throws {
        let received = try await received(with: fault, count: 4)
        #expect(received.allSatisfy { String(decoding: $0.body, as: UTF8.self).contains(text) })
    }

    @Test func `others come before it: of an unknown kind, too large, of another instance`() async throws {
        let unknown = try await received(with: .unknownKind, count: 8)
        #expect(unknown.map(\.summary) == Self.story.flatMap { ["SomethingNewCallback", $0] })
        let large = try await received(with: .tooLarge, count: 8)
        #expect(large.map { $0.body.count > 256 * 1_024 } == Self.story.flatMap { _ in [true, false] })
        let foreign = try await received(with: .wrongInstance, count: 8)
        #expect(foreign.map { $0["instanceId"] } == Self.story.flatMap { _ in ["SOMEBODY-ELSES", "A"] })
    }

    @Test func `a lost webhook never comes`() async throws {
        try await WebhookTests.withReceiver(Self.scenario(.lost)) { client, _ in
            _ = try await client.call(Self.missedPhone)
            #expect(client.simulator.waitingWebhooks == 0)
        }
    }

    @Test func `the first webhook can come before the reply`() async throws {
        let order = Order()
        try await WebhookTests.withReceiver(
            Self.scenario(.beforeReply),
            status: { _ in
                order.note("webhook")
                return 200
            }
        ) { client, receiver in
            _ = try await client.call(Self.missedPhone)
            order.note("reply")
            _ = try await receiver.wait(for: 4)
            #expect(order.first == "webhook")
        }
    }

    @Test func `a fault is the same for the same seed, and in the ledger`() async throws {
        let ledgers = NIOLockedValueBox<[[String]]>([])
        var scenario = WebhookTests.quick
        scenario.faults = [.duplicate: 0.3, .lidOnly: 0.3, .unknownKind: 0.3, .lost: 0.3]
        for _ in 0..<2 {
            try await WebhookTests.withReceiver(scenario) { client, _ in
                for number in 10..<30 { _ = try await client.call("55119999931\(number)") }
                await client.simulator.webhooksAreSent()
                let lines = client.simulator.ledger().filter { $0.endpoint == "webhook" }
                let told = lines.map { "\($0.phone ?? "") \($0.webhook ?? "") \($0.fault?.rawValue ?? "")" }
                ledgers.withLockedValue { $0.append(told.sorted()) }
                #expect(Set(lines.compactMap(\.fault)) == [.duplicate, .lidOnly, .unknownKind])
            }
        }
        let both = ledgers.withLockedValue { $0 }
        #expect(both.count == 2 && both.first == both.last)
    }

    @Test func `an address that does not answer is given up`() async throws {
        let never = AsyncStream<Never>.makeStream()
        defer { never.continuation.finish() }
        try await WebhookTests.withReceiver(
            timeout: .milliseconds(50),
            status: { _ in
                for await _ in never.stream {}
                return 200
            }
        ) { client, _ in
            _ = try await client.call(Self.missedPhone)
            await client.simulator.webhooksAreSent()
            let lines = client.simulator.ledger().filter { $0.endpoint == "webhook" }
            #expect(lines.map(\.httpStatus) == [nil, nil, nil, nil])
        }
    }

    @Test func `a shutdown does not wait for webhooks, and calls do not either`() async throws {
        let never = AsyncStream<Never>.makeStream()
        defer { never.continuation.finish() }
        try await WebhookTests.withReceiver(
            status: { _ in
                for await _ in never.stream {}
                return 200
            }
        ) { client, receiver in
            for number in 10..<30 {
                let reply = try await client.call("55119999931\(number)")
                #expect(reply.status == 200)
            }
            _ = try await receiver.wait(for: 20)
            #expect(client.simulator.waitingWebhooks == 80)
            await client.simulator.shutdown()
            #expect(client.simulator.waitingWebhooks == 0)
            never.continuation.finish()
        }
    }

    @Test func `beyond its capacity the outbox drops, and never waits`() {
        let outbox = WebhookOutbox(logger: .silent)
        let webhook = PlannedWebhook(kind: .delivery, body: WebhookBody("X", instance: "A"), delay: .zero)
        let plan = WebhookPlan(instance: "A", webhooks: [PlannedWebhook](repeating: webhook, count: 8_000))
        #expect([outbox.reserve(plan), outbox.reserve(plan), outbox.reserve(plan)] == [true, true, false])
        #expect(outbox.count == 16_000)
        #expect(outbox.dropped == 8_000)
    }

    @Test func `a webhook that is not taken is sent again only as often as the scenario says`() async throws {
        for repeats in [0, 2] {
            var scenario = WebhookTests.quick
            scenario.webhookRepeats = repeats
            try await WebhookTests.withReceiver(scenario, status: { _ in 503 }) { client, _ in
                _ = try await client.call("5511999998000")
                await client.simulator.webhooksAreSent()
                let lines = client.simulator.ledger().filter { $0.endpoint == "webhook" }
                #expect(lines.map(\.httpStatus) == [Int?](repeating: 503, count: repeats + 1))
            }
        }
    }
}

/// What happened first.
private final class Order: Sendable {
    private let all = NIOLockedValueBox<[String]>([])

    var first: String? { all.withLockedValue { $0.first } }

    func note(_ what: String) { all.withLockedValue { $0.append(what) } }
}
