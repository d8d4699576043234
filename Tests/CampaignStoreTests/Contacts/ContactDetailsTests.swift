import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct ContactDetailsTests {
        @Test func `a number is found with its list, its attempts and its place in the queue`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 5)
                try await database.fill(contacts: 2, campaign: "outra")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(2)
                    let results = [Sample.retry(calls[0], after: .seconds(60)), Sample.accepted(calls[1])]
                    _ = try await store.commit(Sample.batch(results: results))
                }
                let reader = try database.reader()
                let first = try reader.details(of: try Sample.phone(0), campaign: Sample.name)
                #expect(first.contact?.state == .ready && first.before == 3)
                #expect(first.dueAt == Sample.later(61))
                #expect(first.attempts.map(\.outcome) == [.inDoubt])
                #expect(first.elsewhere.map(\.campaign) == ["outra"] && first.elsewhere.map(\.state) == [.ready])
                #expect(first.origin?.file == "lista.csv" && first.origin?.line == 1)
                let second = try reader.details(of: try Sample.phone(1), campaign: Sample.name)
                #expect(second.contact?.state == .accepted && second.before == nil && second.dueAt == nil)
                #expect(second.attempts.first?.receipt?.zaapId == "Z2.1")
                let last = try reader.details(of: try Sample.phone(4), campaign: Sample.name)
                #expect(last.before == 2 && last.dueAt == .epoch && last.attempts.isEmpty && last.elsewhere.isEmpty)
                let nobody = try reader.details(of: try Sample.phone(9), campaign: Sample.name)
                #expect(nobody.contact == nil && nobody.elsewhere.isEmpty)
            }
        }

        @Test func `the limits of a campaign's instances are those that its next run would find`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 5)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.commit(Sample.batch(claims: 2))
                    _ = try await store.commit(Sample.batch(claims: 1, at: Sample.later(3600)))
                }
                let campaign = Campaign(name: Sample.name, instances: Sample.start().instances)
                let seen = try database.reader().limits(of: campaign, now: Sample.later(3700), boot: "boot")
                try await database.opened { store in
                    let opening = try await store.begin(Sample.start())
                    #expect(opening.instances.map(\.uses) == seen.instances.map(\.uses))
                    #expect(opening.instances.map(\.limits) == seen.instances.map(\.limits))
                    #expect(opening.believedOffset == seen.believedOffset)
                }
                #expect(seen.instances[0].uses.reduce(0) { $0 + $1.calls } == 3)
            }
        }

        @Test func `a copy is a complete database, as of the moment at which it was made`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 5)
                let path = database.folder + "/copy.db"
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try database.reader().copy(to: path)
                    _ = try await store.claim(2)
                }
                let reader = try StoreReader(path: path)
                #expect(try reader.counts(campaign: Sample.name).ready == 5)
                #expect(try database.reader().counts(campaign: Sample.name).ready == 3)
            }
        }
    }
}
