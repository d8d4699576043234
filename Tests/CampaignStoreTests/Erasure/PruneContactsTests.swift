import CampaignCore
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct PruneContactsTests {
        private static let day = 86_400

        @Test func `only contacts with whom nothing has happened since are forgotten`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls(3, contacts: 5) { store in
                    // The third wrote later, and may have asked not to be called.
                    try await store.receive(
                        CallEvent(Sample.text("oi"), phone: Sample.phone(1)), key: "1", at: 20 * Self.day)
                    try await store.receive(
                        CallEvent(Sample.text("quem é você?"), phone: Sample.phone(2)), key: "2", at: 60)
                    try await store.leave(RunDeparture(campaign: 0, staysActive: false))
                    let end = Sample.later(10 * Self.day)
                    #expect(try database.reader().prunableContacts(before: end, now: end).contacts == 1)
                    #expect(try await store.pruneContacts(before: Sample.now, now: end) == PrunedContacts())
                    let pruned = try await store.pruneContacts(before: end, now: end)
                    #expect(pruned.contacts == 1 && !pruned.hasTraces)
                    #expect(
                        try database.lines(
                            "SELECT phone >= \(PhoneNumber.forgotten.lowerBound) FROM contact ORDER BY id")
                            == ["1", "0", "0", "0", "0"])
                    #expect(try database.reader().counts(campaign: Sample.name).ready == 2)
                    #expect(try database.reader().examine() == [])
                    // Again, nothing is left to do.
                    #expect(try await store.pruneContacts(before: end, now: end).contacts == 0)
                    // The same list calls nobody again.
                    #expect(try await store.add(rows: [[0]])[0].alreadyInCampaign == 1)
                }
            }
        }

        @Test func `what people wrote goes with them, and their lids on the do-not-call list`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls(2, contacts: 2) { store in
                    let lid = try #require(PhoneNumber(text: "287555798263192@lid"))
                    try await store.receive(
                        CallEvent(Sample.text("SAIR"), phone: Sample.phone(0), lid: lid), key: "1", at: 60)
                    try await store.receive(
                        CallEvent(Sample.text("Obrigado"), phone: Sample.phone(1)), key: "2", at: 60)
                    try await store.leave(RunDeparture(campaign: 0, staysActive: false))
                    let lowest = PhoneNumber.forgotten.lowerBound
                    #expect(try database.reader().block(of: lid) != nil)
                    let end = Sample.later(10 * Self.day)
                    #expect(try await store.pruneContacts(before: end, now: end).contacts == 2)
                    #expect(try database.text("SELECT count(*) FROM reply") == "0")
                    #expect(try database.text("SELECT count(*) FROM event") == "0")
                    #expect(try database.text("SELECT count(*) FROM block WHERE identity < \(lowest)") == "0")
                    for number in [try Sample.phone(0), lid] {
                        #expect(try database.reader().block(of: number)?.phone.isForgotten == true)
                    }
                }
            }
        }

        @Test func `a campaign that is dialed, or to be dialed, is left alone`() async throws {
            try await TemporaryDatabase.with { database in
                let end = Sample.later(10 * Self.day)
                try await database.withCalls { store in
                    let pruned = try await store.pruneContacts(before: end, now: end)
                    #expect(pruned.contacts == 0)
                }
                try await database.opened { store in
                    #expect(try await store.pruneContacts(before: end, now: end).contacts == 0)
                    _ = try await store.cancel(campaign: Sample.name)
                    #expect(try await store.pruneContacts(before: end, now: end).contacts == 1)
                }
            }
        }

        @Test func `what a campaign's file says counts for that campaign alone`() async throws {
            try await TemporaryDatabase.with { database in
                let kept: [(String, Int?)] = [("a", 30), ("b", 10), ("c", nil)]
                for (campaign, retention) in kept {
                    try await database.fill(contacts: 1, campaign: campaign)
                    try await database.opened { store in
                        _ = try await store.begin(
                            Sample.start(campaign) { $0.retention = retention.map { .seconds($0 * Self.day) } })
                        try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                        try await store.leave(RunDeparture(campaign: 0, staysActive: false))
                    }
                }
                try await database.opened { store in
                    let now = Sample.later(20 * Self.day)
                    #expect(try await store.pruneContacts(before: nil, now: now).contacts == 1)
                    var phones: [String] = []
                    for campaign in ["a", "b", "c"] {
                        try database.reader().forEachContact(campaign: campaign) { phones.append($0.phone.text) }
                    }
                    #expect(try phones == [Sample.phone(0).text, "forgotten", Sample.phone(0).text])
                    // The number is a contact's still, so what is known of it stays.
                    #expect(try database.reader().personalData(of: Sample.phone(0)).contacts == 2)
                }
            }
        }

        @Test func `old rejected rows and old blocks lose the numbers, in slices`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 7)
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                _ = try await store.importLists(campaign: Sample.name, file: "c.yml", now: Sample.now) { writer in
                    try writer.beginList(file: "lista.csv", columns: ["telefone"])
                    try writer.add(
                        .reject(
                            ListReject(
                                line: 1, raw: Array("98765-43".utf8), own: ["98765-43"], reason: "phone_too_short",
                                suggestion: "Corrija.")))
                }
                _ = try await store.block(now: Sample.now, [Sample.phone(0), Sample.phone(90)])
                _ = try await store.cancel(campaign: Sample.name)
                let end = Sample.later(10 * Self.day)
                hooks.does(at: hooks.count + 3) { throw Killed() }
                await #expect(throws: (any Error).self) { try await store.pruneContacts(before: end, now: end) }
                let pruned = try await store.pruneContacts(before: end, now: end)
                #expect(pruned.contacts == 5 && pruned.rejected == 1)
                #expect(try database.lines("SELECT length(raw), own, reason FROM reject") == ["0 [] phone_too_short"])
                // One was a contact; of the other nothing else is known.
                let blocks = try database.lines("SELECT identity FROM block ORDER BY identity")
                let other = try Sample.phone(90).text
                #expect(blocks.count == 2 && blocks[0] == other)
                #expect(try database.reader().block(of: Sample.phone(0)) != nil)
                try store.close()
                #expect(try database.reader().examine() == [])
            }
        }
    }
}
