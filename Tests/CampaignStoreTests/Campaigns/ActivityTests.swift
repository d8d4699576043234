import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct ActivityTests {
        @Test func `a campaign is active from its start until it leaves, also when the process just dies`() async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                #expect(try database.activity == Self.idle)
                var start = Sample.start()
                start.follows = true
                try await database.opened { _ = try await $0.begin(start) }
                #expect(try database.activity?.isActive == true && database.activity?.follows == true)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    #expect(try database.activity?.follows == false)
                    var batch = Sample.batch()
                    batch.activity = RunActivity(word: .contacts)
                    _ = try await store.commit(batch)
                    #expect(try database.reader().lastRun(campaign: Sample.name)?.activity?.word == .contacts)
                    try await store.leave()
                }
                #expect(try database.activity == Self.idle)
                #expect(try database.reader().lastRun(campaign: Sample.name)?.activity == nil)
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `a campaign that leaves says why, until it begins again`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    var start = Sample.start()
                    start.follows = true
                    _ = try await store.begin(start)
                    try await store.leave(
                        RunDeparture(
                            campaign: 0, staysActive: true, reason: Phrase("the service stopped", "o serviço parou")))
                    var expected = Self.idle
                    expected.isActive = true
                    expected.follows = true
                    expected.stoppedBecause = Phrase("the service stopped", "o serviço parou")
                    #expect(try database.activity == expected)
                    _ = try await store.begin(start)
                    #expect(try database.activity?.stoppedBecause == nil)
                    try await store.leave(
                        RunDeparture(campaign: 0, staysActive: false, reason: Phrase("the brake", "o freio")))
                    expected = Self.idle
                    expected.stoppedBecause = Phrase("the brake", "o freio")
                    #expect(try database.activity == expected)
                }
            }
        }

        enum End: CaseIterable, Sendable { case cancel, deactivate }

        @Test(arguments: End.allCases)
        func `a campaign that was ended while it was dialed does not stay active`(_ end: End) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    var start = Sample.start()
                    start.follows = true
                    _ = try await store.begin(start)
                    switch end {
                    case .cancel: _ = try await store.cancel(campaign: Sample.name, isBeingDialed: true)
                    case .deactivate: try await store.deactivate(campaign: Sample.name)
                    }
                    try await store.leave(RunDeparture(campaign: 0, staysActive: true))
                    #expect(try database.activity?.isActive == false && database.activity?.follows == false)
                    #expect(try database.reader().activeCampaigns() == [])
                }
            }
        }

        @Test func `a campaign that is asked for after a cancel was killed is active`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 10)
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                hooks.does(at: 2) { throw Killed() }
                await #expect(throws: StoreError.self) { try await store.cancel(campaign: Sample.name) }
                try store.close()
                try await database.opened { store in
                    try await store.activate(campaign: Sample.name, follows: true)
                    #expect(try database.activity?.isBeingCancelled == true)
                    try await store.finishCancels()
                    #expect(try database.activity?.isBeingCancelled == false)
                    #expect(try database.activity?.isActive == true && database.activity?.follows == true)
                }
            }
        }

        @Test func `the active campaigns come by name, with all that a service must know`() async throws {
            try await TemporaryDatabase.with { database in
                for (index, name) in ["outra", Sample.name, "idle"].enumerated() {
                    try await database.fill(contacts: 1, campaign: name, from: index)
                }
                let pause = CampaignPause(since: Sample.now, user: "ana (uid 1)", command: "pause outra")
                try await database.opened { store in
                    try await store.activate(campaign: "outra", follows: true)
                    try await store.activate(campaign: Sample.name, follows: false)
                    try await store.activate(campaign: "idle", follows: true)
                    try await store.deactivate(campaign: "idle")
                    _ = try await store.pause(campaign: "outra", pause)
                    try await store.noteObstacle(
                        campaign: "outra", reason: Phrase("its file has gone", "o arquivo sumiu"))
                }
                #expect(
                    try database.reader().activeCampaigns() == [
                        ActiveCampaign(name: Sample.name, file: "c.yml", follows: false, pause: nil),
                        ActiveCampaign(name: "outra", file: "c.yml", follows: true, pause: pause),
                    ])
                #expect(
                    try database.reader().activity(campaign: "outra")
                        == CampaignActivity(
                            isActive: true, follows: true,
                            stoppedBecause: Phrase("its file has gone", "o arquivo sumiu"), pause: pause,
                            isBeingCancelled: false))
                try await database.opened { store in
                    try await store.noteObstacle(campaign: "outra", reason: nil)
                    _ = try await store.resume(campaign: "outra", now: Sample.now)
                }
                #expect(try database.reader().activity(campaign: "outra")?.stoppedBecause == nil)
                #expect(try database.reader().activeCampaigns().count == 2)
            }
        }

        @Test func `an unknown campaign is an error`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    let unknown = StoreError.unknownCampaign(name: "x", known: [Sample.name])
                    await #expect(throws: unknown) { try await store.activate(campaign: "x", follows: false) }
                    await #expect(throws: unknown) { try await store.deactivate(campaign: "x") }
                    await #expect(throws: unknown) {
                        try await store.noteObstacle(campaign: "x", reason: Phrase(verbatim: "y"))
                    }
                }
                #expect(try database.reader().activity(campaign: "x") == nil)
            }
        }

        private static let idle = CampaignActivity(
            isActive: false, follows: false, stoppedBecause: nil, pause: nil, isBeingCancelled: false)
    }
}

extension TemporaryDatabase {
    /// What a separate reader sees of the sample's activity.
    fileprivate var activity: CampaignActivity? {
        get throws { try reader().activity(campaign: Sample.name) }
    }
}
