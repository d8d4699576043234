import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct PruneEventTests {
        @Test func `old bodies are removed, and what they changed stays`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { store in
                    let phone = try Sample.phone(0)
                    try await store.receive(CallEvent(Sample.call(.accepted), ids: ["M1"]), key: "1", at: 5)
                    try await store.receive(CallEvent(.other), key: "2", at: 6)
                    try await store.receive(CallEvent(.delivered, ids: ["X"]), key: "3", at: 7)
                    try await store.receive(CallEvent(Sample.text("oi"), phone: phone), key: "4", at: 8)
                    try await store.receive(CallEvent(Sample.text("sair"), phone: phone), key: "5", at: 9)
                    try await store.receive(CallEvent(.other), key: "6", at: 100)
                    let first = try await store.pruneEvents(before: Sample.later(5))
                    #expect(first == PrunedEvents())
                    let pruned = try await store.pruneEvents(before: Sample.later(100))
                    #expect(pruned.bodies == 5 && pruned.events == 2 && pruned.replies == 1)
                    #expect(try database.text("SELECT count(*) FROM event_body") == "1")
                    #expect(
                        try database.lines("SELECT key, state FROM event ORDER BY id") == [
                            "1 applied", "4 applied", "5 applied", "6 other",
                        ])
                    #expect(try database.contacts() == ["accepted delivered answered replied"])
                    #expect(try database.reader().block(of: phone) != nil)
                    #expect(try database.reader().eventTotals().map(\.events) == [6])
                    #expect(try database.reader().eventCounts() == [.applied: 3, .other: 1])
                    #expect(try database.reader().latestEvents(limit: 2).map(\.state) == [.other, .applied])
                    #expect(try database.reader().body(ofEvent: 1) == nil)
                    #expect(try database.reader().body(ofEvent: 6) == Array("{\"key\":\"6\"}".utf8))
                    // A repeat of what is still known is a repeat.
                    #expect(
                        try await !store.receive(CallEvent(Sample.text("sair"), phone: phone), key: "5", at: 200).isNew)
                }
            }
        }

        @Test func `many are removed in slices, all of them`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { store in
                    _ = try await store.receive((1...700).map { Sample.incoming(CallEvent(.other), key: "\($0)") })
                    let pruned = try await store.pruneEvents(before: Sample.later(31))
                    #expect(pruned.bodies == 700 && pruned.events == 700)
                    #expect(try database.text("SELECT count(*) FROM event") == "0")
                    #expect(try database.reader().eventTotals().map(\.events) == [700])
                }
            }
        }
    }
}
