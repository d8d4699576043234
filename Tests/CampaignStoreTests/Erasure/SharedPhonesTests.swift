import CampaignCore
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct SharedPhonesTests {
        @Test func `who shares a phone with somebody who is forgotten stays, with the phone`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 8], [1, 8]])
                try await database.fill(rows: [[1]], campaign: "outra")
                try await database.opened { store in
                    try await store.receive(CallEvent(Sample.text("quem é você?"), phone: Sample.phone(8)), key: "1")
                    let before = try database.reader().counts(campaign: "outra")
                    let forgotten = try await store.forget(Sample.phone(0), blocks: true, now: Sample.later(10))
                    #expect(forgotten.counts.contacts == 1 && forgotten.counts.shared == 1)
                    #expect(forgotten.counts.beside == 0)
                    // Whose phone waits for a decision about a reply is not called, before or after.
                    #expect(try database.text("SELECT count(*) FROM reply") == "1")
                    #expect(try database.reader().block(of: Sample.phone(0)) != nil)
                    for index in [1, 8] { #expect(try database.reader().block(of: Sample.phone(index)) == nil) }
                    #expect(try database.reader().counts(campaign: "outra") == before)
                    let known = try database.lines(
                        "SELECT contact_id, place FROM contact_phone WHERE phone < \(PhoneNumber.forgotten.lowerBound)")
                    #expect(known == ["1 1", "2 0", "2 1"])
                    // Nobody else has the phone any more, so that it goes with the other, by either number.
                    let other = try await store.forget(Sample.phone(8), blocks: false, now: Sample.later(20))
                    #expect(other.counts.contacts == 2 && other.counts.shared == 0 && other.counts.replies == 1)
                    #expect(try database.reader().counts(campaign: "outra").ready == 0)
                    let rest = try database.text(
                        "SELECT count(*) FROM contact_phone WHERE phone < \(PhoneNumber.forgotten.lowerBound)")
                    #expect(rest == "0")
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test func `a phone that only stands beside those of several people goes alone`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 8], [1, 8]])
                try await database.opened { store in
                    let forgotten = try await store.forget(Sample.phone(8), blocks: false, now: Sample.later(10))
                    #expect(forgotten.counts.contacts == 0 && forgotten.counts.beside == 2 && !forgotten.isBlocked)
                    #expect(try database.reader().counts(campaign: Sample.name).ready == 2)
                    #expect(
                        try database.text("SELECT count(*) FROM contact_phone WHERE phone = \(Sample.phone(8).value)")
                            == "0")
                    #expect(
                        try await store.forget(Sample.phone(8), blocks: false, now: Sample.later(20)).counts.isEmpty)
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test func `a number that is somebody's own goes from the rows of others, who keep theirs`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[1], [0, 1]])
                try await database.opened { store in
                    let forgotten = try await store.forget(Sample.phone(1), blocks: false, now: Sample.later(10))
                    #expect(forgotten.counts.contacts == 1 && forgotten.counts.beside == 1)
                    // Whoever has a phone on the do-not-call list is not called, as ever.
                    #expect(try database.dialed().contains("0 excluded do_not_call"))
                    #expect(try database.reader().block(of: Sample.phone(0)) == nil)
                }
            }
        }

        @Test func `no contact goes on to a phone that was forgotten`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 8], [1, 8]])
                try await database.opened { store in
                    _ = try await store.forget(Sample.phone(8), blocks: false, now: Sample.later(10))
                    _ = try await store.begin(Sample.start { $0.fallsBack = true })
                    let calls = try await store.claim(1)
                    try await store.record([CallEnd.refused(.number).result(of: calls[0])])
                    #expect(try database.dialed().first?.hasPrefix("0 failed") == true)
                }
            }
        }

        @Test(arguments: [[8, 0], [0, 8], [0], [8, 0, 0]])
        func `the row of somebody who was forgotten is known in any order`(row: [Int]) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 8]])
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                    try await store.leave(RunDeparture(campaign: 0, staysActive: false))
                    _ = try await store.forget(Sample.phone(0), blocks: false, now: Sample.later(10))
                    let totals = try await store.add(rows: [row], database.importRules(at: Sample.later(20)))
                    #expect(totals.map(\.accepted) == [0] && totals.map(\.alreadyInCampaign) == [1])
                    let lowest = PhoneNumber.forgotten.lowerBound
                    for table in ["duplicate", "contact_phone", "contact_row"] {
                        #expect(try database.text("SELECT count(*) FROM \(table) WHERE phone < \(lowest)") == "0")
                    }
                }
            }
        }

        @Test func `a list that brought a forgotten number back takes it along when it is deleted`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.forget(Sample.phone(0), blocks: true, now: Sample.later(10))
                    let again = try await store.add(
                        rows: [[0]], to: "outra", database.importRules(at: Sample.later(20)))
                    #expect(again[0].blocked == 1)
                    _ = try await store.deleteCampaign("outra", withDoubts: false, now: Sample.later(30))
                    let blocks = try database.lines("SELECT identity >= \(PhoneNumber.forgotten.lowerBound) FROM block")
                    #expect(blocks == ["1"])
                    #expect(try database.reader().block(of: Sample.phone(0))?.phone.isForgotten == true)
                }
            }
        }

        @Test func `the sound of somebody else stays, and is named`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    let address = "https://x.test/\(try Sample.phone(0).text).mp3"
                    _ = try await store.importLists(
                        campaign: Sample.name, file: "c.yml", ImportRules(now: Sample.now)
                    ) { writer in
                        try writer.beginList(file: "lista.csv", columns: ["nome"])
                        var contact = ListContact(line: 1, phone: try Sample.phone(5), callDuration: nil, own: ["Yara"])
                        contact.wishes = ContactWishes(callAudioURL: address, notBefore: nil)
                        try writer.add(.contact(contact))
                    }
                    let forgotten = try await store.forget(Sample.phone(0), blocks: false, now: Sample.later(10))
                    #expect(forgotten.counts.sounds == 1 && forgotten.counts.mentions == 0)
                    #expect(
                        try database.text("SELECT call_audio_url FROM contact_row WHERE call_audio_url <> ''")
                            == address)
                }
            }
        }
    }
}
