import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct SharedInstanceTests {
        @Test func `two campaigns that name one instance share its pace, whatever each calls it`() async throws {
            try await twoCampaigns { database in
                var batch = Sample.batch(paces: [0: Sample.mark(90)])
                batch.pace = Sample.mark(30)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.commit(batch)
                }
                try await database.opened { store in
                    let opening = try await store.begin(Sample.start("outra", instances: ["B", "A"]))
                    #expect(opening.instances.map(\.pace.nextAt) == [.epoch, Sample.later(90)])
                    #expect(opening.campaignPace.nextAt == .epoch)
                    batch.common.paces = [1: Sample.mark(120)]
                    _ = try await store.commit(batch)
                }
                try await database.opened { store in
                    let opening = try await store.begin(Sample.start())
                    #expect(opening.instances.map(\.pace.nextAt) == [Sample.later(120), .epoch])
                }
            }
        }

        @Test func `a call that one campaign left open makes the shared pace uncertain for the other`() async throws {
            try await twoCampaigns { database in
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(1)
                }
                try await database.opened { store in
                    let opening = try await store.begin(Sample.start("outra", instances: ["B", "A"]))
                    #expect(opening.instances.map(\.pace.isUncertain) == [false, true])
                    #expect(opening.interrupted == 0 && !opening.campaignPace.isUncertain)
                }
                #expect(try database.reader().counts(campaign: Sample.name).dialing == 1)
            }
        }

        @Test func `results in the spool reach the campaign they belong to`() async throws {
            try await twoCampaigns { database in
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await store.spool(try await store.claim(1).map { Sample.accepted($0) })
                }
                try await database.opened { store in
                    let opening = try await store.begin(Sample.start("outra"))
                    #expect(opening.unspooled == 1 && opening.counts.ready == 2 && opening.counts.total == 2)
                    #expect(!opening.campaignPace.isUncertain)
                }
                #expect(try database.reader().counts(campaign: Sample.name).accepted == 1)
            }
        }

        @Test func `an instance's new name is taken over and its pace kept`() async throws {
            try await twoCampaigns { database in
                try await database.opened { _ = try await $0.begin(Sample.start(instances: ["A"])) }
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.instances[0].name = "cobrança" })
                }
                #expect(try database.text("SELECT name FROM instance WHERE zapi_id = 'A'") == "cobrança")
                #expect(try database.text("SELECT count(*) FROM instance") == "2")
            }
        }

        private func twoCampaigns(_ body: (TemporaryDatabase) async throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.fill(contacts: 2, campaign: "outra")
                try await body(database)
            }
        }
    }
}
