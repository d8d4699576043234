import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct PauseTests {
        private static let first = CampaignPause(since: Sample.now, user: "ana (uid 1)", command: "pause cobranca")
        private static let later = CampaignPause(since: Sample.later(9), user: "rui (uid 2)", command: "pause cobranca")

        @Test func `a pause outlives its process, and keeps its start time until it is lifted`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.fill(contacts: 1, campaign: "outra")
                try await database.opened { store in
                    let kept = try await store.pause(campaign: Sample.name, Self.first)
                    #expect(kept == Self.first)
                }
                try await database.opened { store in
                    let again = try await store.pause(campaign: Sample.name, Self.later)
                    #expect(again == Self.first)
                }
                #expect(try database.reader().pause(campaign: Sample.name) == Self.first)
                #expect(try database.reader().pause(campaign: "outra") == nil)
                #expect(try database.reader().examine() == [])
                try await database.opened { store in
                    let over = try await store.resume(campaign: Sample.name, now: Sample.now)
                    #expect(over == Self.first)
                    let never = try await store.resume(campaign: Sample.name, now: Sample.now)
                    #expect(never == nil)
                    let anew = try await store.pause(campaign: Sample.name, Self.later)
                    #expect(anew == Self.later)
                }
            }
        }

        @Test func `an unknown campaign is an error and is not paused`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    await #expect(throws: StoreError.unknownCampaign(name: "x", known: [Sample.name])) {
                        try await store.pause(campaign: "x", Self.first)
                    }
                    await #expect(throws: StoreError.unknownCampaign(name: "x", known: [Sample.name])) {
                        try await store.resume(campaign: "x", now: Sample.now)
                    }
                }
            }
        }
    }
}
