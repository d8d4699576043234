import CampaignCore
import CampaignStore
import Foundation
import Logging
import Ongoing
import Testing
import Webhooks

@testable import discador

@Suite(.fewAtATime) struct `The upkeep of a service` {
    private static let start = Timestamp(milliseconds: 1_764_000_000_000)

    private static func hearing(calls: Int, sinceMinutes minutes: Int, at now: Timestamp) -> InstanceHearing {
        InstanceHearing(
            instance: "A", name: "iA", since: now.advanced(by: .seconds(-60 * minutes)), callsSince: calls)
    }

    @Test(arguments: [(10, 30, true), (9, 600, false), (10, 29, false), (500, 600, true), (0, 600, false)])
    func `reports silence after ten calls and half an hour`(calls: Int, minutes: Int, isReported: Bool) {
        var watch = SilenceWatch()
        let hearing = Self.hearing(calls: calls, sinceMinutes: minutes, at: Self.start)
        #expect(watch.alarms([hearing], at: Self.start).isEmpty != isReported)
    }

    @Test func `reports it once an hour, and anew after something was heard`() {
        var watch = SilenceWatch()
        var reports: [Int] = []
        for minute in stride(from: 0, through: 180, by: 5) {
            let now = Self.start.advanced(by: .seconds(60 * minute))
            // An event comes after two hours and five minutes.
            let calls = minute == 125 ? 0 : 20
            if !watch.alarms([Self.hearing(calls: calls, sinceMinutes: 60, at: now)], at: now).isEmpty {
                reports.append(minute)
            }
        }
        #expect(reports == [0, 60, 120, 130])
    }

    @Test func `removes old bodies of events when it begins, and leaves the others`() async throws {
        try await DatabaseFolder.during { folder in
            let store = folder.store
            try await store.setWebhookAddress(
                WebhookAddressEntry(
                    address: WebhookAddress(instance: "A", tokenHash: Array(repeating: 7, count: 32)), name: "iA",
                    publicURL: "https://calls.example.com", createdAt: Self.start), overlap: nil)
            for (id, days) in [("old", -31), ("new", -29)] {
                let body = #"{"type":"PresenceChatCallback","instanceId":"A","phone":"5511987654301","id":"\#(id)"}"#
                let time = Self.start.advanced(by: .seconds(days * 86_400))
                let read = WebhookTable.read(Array(body.utf8), instance: "A", at: time)
                guard case .events(let events) = read else {
                    Issue.record("it cannot be read")
                    return
                }
                _ = try await store.receive(events)
            }
            let clock = HeldClock()
            var upkeep = ServiceUpkeep(store: store, logger: Logger(label: "upkeep") { _ in SwiftLogNoOpLogHandler() })
            upkeep.now = { Self.start }
            let run = OngoingTask { [upkeep] in await upkeep.run(on: clock) }
            try await run.wait(for: "its first wait") { clock.begun == 1 }
            run.cancel()
            try await run.value
            let kept = try store.reader().latestEvents(limit: 10)
            #expect(kept.map(\.receivedAt) == [Self.start.advanced(by: .seconds(-29 * 86_400))])
        }
    }
}
