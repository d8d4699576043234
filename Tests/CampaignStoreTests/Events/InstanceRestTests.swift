import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct InstanceRestTests {
        private static let hour = 3600

        @Test func `a shadow ban quarantines the instance, whoever the call was to, and longer each time`() async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { store in
                    func ban(_ key: String, at hours: Int, ids: [String] = ["of a message"]) async throws
                        -> [EventEffect]
                    {
                        try await store.receive(
                            CallEvent(.deliveryFailed(.shadowBan), ids: ids, error: "likely shadow ban"), key: key,
                            at: hours * Self.hour
                        ).effects
                    }
                    func quarantine(_ hours: Int) -> EventEffect {
                        .quarantined(until: Sample.later(hours * Self.hour), reason: "likely shadow ban")
                    }
                    #expect(try await ban("1", at: 0) == [quarantine(24)])
                    #expect(try await ban("2", at: 23).isEmpty)
                    #expect(try await ban("3", at: 24) == [quarantine(72)])
                    #expect(try await ban("4", at: 72) == [quarantine(168)])
                    #expect(try await store.releaseQuarantine(instance: "A", now: Sample.later(100 * Self.hour)))
                    #expect(try await !store.releaseQuarantine(instance: "A", now: Sample.later(100 * Self.hour)))
                    #expect(try await ban("5", at: 101) == [quarantine(197)])
                    // One of our own calls.
                    let effects = try await ban("6", at: 198, ids: ["M1"])
                    #expect(effects.contains(quarantine(294)))
                    #expect(effects.contains(.deliveryFailed(campaign: Sample.name, .shadowBan)))
                    try await store.leave()
                    let later = try await store.begin(Sample.start(at: Sample.later(200 * Self.hour)))
                    #expect(later.instances.map(\.quarantinedUntil) == [Sample.later(294 * Self.hour), nil])
                    #expect(later.instances[0].quarantineReason == "likely shadow ban")
                }
            }
        }

        @Test func `two rejections within ten calls quarantine it, three unknown deliveries in a row let it rest`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.withCalls(8, contacts: 8) { store in
                    func effects(_ failure: DeliveryFailure, _ contact: Int) async throws -> [EventEffect] {
                        try await store.receive(
                            CallEvent(.deliveryFailed(failure), ids: ["M\(contact)"]), key: "\(contact)", at: 0
                        ).effects.filter { if case .quarantined = $0 { true } else { false } }
                    }
                    #expect(try await effects(.unknown, 1).isEmpty)
                    #expect(try await effects(.unknown, 2).isEmpty)
                    let rest = try await effects(.unknown, 3)
                    #expect(
                        rest == [
                            .quarantined(
                                until: Sample.later(900), reason: "Z-API does not know whether its last calls went out")
                        ])
                    #expect(try await effects(.rejectedByWhatsApp, 4).isEmpty)
                    #expect(try await effects(.noWhatsApp, 5).isEmpty)
                    let quarantine = try await effects(.rejectedByWhatsApp, 6)
                    #expect(
                        quarantine == [
                            .quarantined(
                                until: Sample.later(24 * Self.hour), reason: "WhatsApp rejected several of its calls")
                        ])
                    #expect(try await effects(.rejectedByWhatsApp, 7).isEmpty)
                    #expect(try await effects(.rejectedByWhatsApp, 8).isEmpty)
                }
            }
        }
    }
}
