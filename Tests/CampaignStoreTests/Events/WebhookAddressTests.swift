import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct WebhookAddressTests {
        private static func entry(_ token: UInt8, instance: String = "A", at seconds: Int = 0) -> WebhookAddressEntry {
            WebhookAddressEntry(
                address: WebhookAddress(
                    instance: instance, tokenHash: Array(repeating: token, count: 32),
                    forwardURL: Secret("https://example.com/hook")),
                name: "vendas", publicURL: "https://calls.example.com", createdAt: Sample.later(seconds))
        }

        @Test func `after a rotation the old address is accepted until the overlap ends`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    try await store.setWebhookAddress(Self.entry(1), overlap: Sample.now)
                    try await store.setWebhookAddress(Self.entry(9, instance: "B"), overlap: Sample.now)
                    try await store.setWebhookAddress(Self.entry(2, at: 10), overlap: Sample.later(60))
                    let reader = try store.reader()
                    let known = try reader.webhookAddresses(now: Sample.later(59))
                    #expect(known.map(\.address.tokenHash.first) == [2, 1, 9])
                    #expect(known.map(\.address.expiresAt) == [nil, Sample.later(60), nil])
                    var second = Self.entry(2, at: 10)
                    second.isConfirmed = true
                    #expect(known[0] == second)
                    #expect(
                        try reader.webhookAddresses(now: Sample.later(60)).map(\.address.tokenHash.first) == [2, 9])
                    // The next rotation does not lengthen what was to end before.
                    try await store.setWebhookAddress(Self.entry(3, at: 20), overlap: Sample.later(90))
                    #expect(
                        try reader.webhookAddresses(now: Sample.later(30)).map(\.address.expiresAt) == [
                            nil, Sample.later(90), Sample.later(60), nil,
                        ])
                    #expect(try await store.removeWebhookAddresses(instance: "A") == 3)
                    #expect(try reader.webhookAddresses(now: Sample.now).map(\.address.instance) == ["B"])
                }
            }
        }

        @Test func `an address that was entered is confirmed later, and then the earlier ones end, but no later one`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    func known() throws -> [WebhookAddressEntry] {
                        try store.reader().webhookAddresses(now: Sample.later(20))
                    }
                    try await store.setWebhookAddress(Self.entry(1), overlap: Sample.now)
                    // Two that are set at the same time, by two commands; the clock is set back in between.
                    try await store.setWebhookAddress(Self.entry(2, at: 10), overlap: nil)
                    try await store.setWebhookAddress(Self.entry(3, at: 5), overlap: nil)
                    #expect(try known().map(\.address.tokenHash.first) == [3, 2, 1])
                    #expect(try known().map(\.isConfirmed) == [false, false, true])
                    #expect(try known().allSatisfy { $0.address.expiresAt == nil })
                    try await store.setWebhookAddress(Self.entry(2, at: 30), overlap: Sample.later(60))
                    #expect(try known().map(\.isConfirmed) == [false, true, true])
                    #expect(try known().map(\.address.expiresAt) == [nil, nil, Sample.later(60)])
                    // The other order: whoever is confirmed last is accepted, and what came before it ends.
                    try await store.setWebhookAddress(Self.entry(3, at: 40), overlap: Sample.later(70))
                    #expect(try known().map(\.address.expiresAt) == [nil, Sample.later(70), Sample.later(60)])
                    try await store.setWebhookAddress(Self.entry(2, at: 50), overlap: Sample.later(80))
                    #expect(try known().map(\.address.expiresAt) == [nil, nil, Sample.later(60)])
                }
            }
        }

        @Test func `what was too large is counted by instance`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    try await store.setWebhookAddress(Self.entry(1), overlap: Sample.now)
                    #expect(try store.reader().lostEvents().isEmpty)
                    for second in [5, 9, 7] {
                        try await store.countLostEvent(instance: "A", at: Sample.later(second))
                    }
                    try await store.countLostEvent(instance: "nobody's", at: Sample.later(5))
                    let lost = try store.reader().lostEvents()
                    #expect(lost == [LostEvents(instance: "A", events: 3, lastAt: Sample.later(9))])
                }
            }
        }

        @Test func `silence after calls is seen, by instance`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 4)
                try await database.opened { store in
                    try await store.setWebhookAddress(Self.entry(1), overlap: Sample.now)
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(2, at: Sample.later(900))
                    func hearing() throws -> InstanceHearing? { try store.reader().hearing(now: Sample.now).first }
                    #expect(try hearing()?.lastEventAt == nil && hearing()?.callsSince == 2)
                    // A message is heard; of the calls nothing is.
                    try await store.receive(CallEvent(.other), key: "1", at: 910)
                    #expect(try hearing()?.lastEventAt == Sample.later(910) && hearing()?.callsSince == 2)
                    try await store.receive(CallEvent(.delivered, ids: ["X"]), key: "2", at: 920)
                    #expect(try hearing()?.lastCallEventAt == Sample.later(920) && hearing()?.callsSince == 0)
                    _ = try await store.claim(1, at: Sample.later(1850))
                    #expect(try hearing()?.callsSince == 1)
                }
            }
        }
    }
}
