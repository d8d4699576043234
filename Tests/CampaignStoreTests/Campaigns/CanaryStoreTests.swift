import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct CanaryStoreTests {
        private static func start(_ canary: CanaryRequest? = nil) -> RunStart {
            var start = Sample.start()
            start.canary = canary
            return start
        }

        @Test func `a canary is kept with what has been counted, and its request may come again`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 9)
                let asked = CanaryRequest(calls: 6)
                try await database.opened { store in
                    let begun = try await store.begin(Self.start(asked))
                    #expect(begun.canary == CanaryState(calls: 6))
                    let calls = try await store.claim(2)
                    var batch = Sample.batch(results: calls.map { Sample.accepted($0) })
                    batch.canary = .counted(CanaryState(calls: 6, succeeded: 2))
                    _ = try await store.commit(batch)
                    // These are interrupted by the end of the process.
                    _ = try await store.claim(2)
                }
                let expected = CanaryState(calls: 6, succeeded: 2, failed: 2)
                for again in [nil, asked] {
                    try await database.opened { store in
                        let begun = try await store.begin(Self.start(again))
                        #expect(begun.canary == expected)
                    }
                }
                // Somebody has asked for another one.
                try await database.opened { store in
                    let begun = try await store.begin(Self.start(CanaryRequest(calls: 3)))
                    #expect(begun.canary == CanaryState(calls: 3))
                }
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `results that were spooled are counted once, whenever they are taken in`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 9)
                try await database.opened { store in
                    _ = try await store.begin(Self.start(CanaryRequest(calls: 6)))
                    let calls = try await store.claim(3)
                    try await store.spool([Sample.accepted(calls[0]), Sample.retry(calls[1], after: .zero)])
                }
                let expected = CanaryState(calls: 6, succeeded: 1, failed: 2)
                for _ in 0..<2 {
                    try await database.opened { store in
                        let begun = try await store.begin(Self.start())
                        #expect(begun.canary == expected)
                    }
                }
            }
        }

        @Test func `a canary that was judged good is over, also for its own request`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let asked = CanaryRequest(calls: 1)
                try await database.opened { store in
                    _ = try await store.begin(Self.start(asked))
                    var batch = Sample.batch()
                    batch.canary = .passed
                    _ = try await store.commit(batch)
                }
                try await database.opened { store in
                    let begun = try await store.begin(Self.start(asked))
                    #expect(begun.canary == nil)
                }
            }
        }

        @Test func `one that was judged bad stays until that has been told, and its campaign is started without one`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let bad = CanaryState(calls: 1, failed: 1)
                try await database.opened { store in
                    _ = try await store.begin(Self.start(CanaryRequest(calls: 1)))
                    var batch = Sample.batch()
                    batch.canary = .counted(bad)
                    _ = try await store.commit(batch)
                }
                try await database.opened { store in
                    // Nobody has been told of it.
                    let begun = try await store.begin(Self.start())
                    #expect(begun.canary == bad)
                    // Somebody stopped it during the last calls: still nobody has been told.
                    try await store.leave()
                    let stopped = try await store.begin(Self.start())
                    #expect(stopped.canary == bad)
                    try await store.leave()
                    try await store.noteObstacle(campaign: Sample.name, reason: Phrase(verbatim: "the canary"))
                    let again = try await store.begin(Self.start())
                    #expect(again.canary == nil)
                }
            }
        }

        @Test func `a campaign that is active before it begins has the canary that was asked for`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    try await store.activate(
                        campaign: Sample.name, follows: false, canary: CanaryRequest(calls: 5))
                    let begun = try await store.begin(Self.start())
                    #expect(begun.canary == CanaryState(calls: 5))
                }
            }
        }
    }
}
