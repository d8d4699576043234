import CampaignCore
import Foundation
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct ForgetTests {
        @Test func `no byte of a person is left in any file, wherever it stood`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withPerson { store in
                    // Everything is there before, so that the search finds what it looks for.
                    let before = try database.files()
                    for needle in Person.needles {
                        #expect(before.contains { $0.range(of: needle) != nil }, "\(Person.text(needle))")
                    }
                    let forgotten = try await store.forget(Person.phone(), blocks: false, now: Sample.later(100))
                    #expect(!forgotten.hasTraces && forgotten.isBlocked)
                    #expect(forgotten.counts.contacts == 2 && forgotten.counts.calls == 1)
                    #expect(forgotten.counts.rejected == 1 && forgotten.counts.mentions == 1)
                    #expect(forgotten.counts.replies == 1 && forgotten.counts.events >= 3)
                    #expect(forgotten.counts.campaigns == [Sample.name, "outra"])
                    #expect(try Self.left(in: database) == [])
                    #expect(try database.reader().personalData(of: Person.phone()).contacts == 0)
                }
                // Nor once the files are closed and opened again.
                try await database.opened { _ in }
                #expect(try Self.left(in: database) == [])
            }
        }

        /// What is still found of the person, in which file.
        private static func left(in database: TemporaryDatabase) throws -> [String] {
            let names = try FileManager.default.contentsOfDirectory(atPath: database.folder).sorted()
            return try names.flatMap { name in
                let file = try Data(contentsOf: URL(fileURLWithPath: database.folder + "/" + name))
                return Person.needles.filter { file.range(of: $0) != nil }.map { "\(name): \(Person.text($0))" }
            }
        }

        @Test func `the totals still add up, and the database is sound`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withPerson { store in
                    let campaigns = [Sample.name, "outra"]
                    let before = try campaigns.map { try database.reader().counts(campaign: $0) }
                    let outcomes = try database.reader().outcomes(campaign: Sample.name)
                    _ = try await store.forget(Person.phone(), blocks: false, now: Sample.later(100))
                    let after = try campaigns.map { try database.reader().counts(campaign: $0) }
                    #expect(after == before)
                    #expect(try database.reader().outcomes(campaign: Sample.name) == outcomes)
                    #expect(try database.reader().examine() == [])
                    var shown: [String] = []
                    try database.reader().forEachContact(campaign: Sample.name) { shown.append($0.phone.text) }
                    #expect(shown.count { $0 == "forgotten" } == 1 && shown.count == before[0].total)
                }
            }
        }

        @Test(arguments: ImportManner.allCases)
        func `nobody is called again by the same list, or by another one after asking not to be`(
            manner: ImportManner
        ) async throws {
            try await TemporaryDatabase.with(manner) { database in
                try await database.withPerson { store in
                    _ = try await store.forget(Person.phone(), blocks: false, now: Sample.later(100))
                    let rules = database.importRules(at: Sample.later(200))
                    let again = try await store.add(
                        rows: [[Person.index, Person.further], [50]], to: Sample.name, rules)
                    #expect(again[0].alreadyInCampaign == 1 && again[0].accepted == 1)
                    // Nothing of it comes back with the row.
                    let number = try Person.phone().value
                    #expect(try database.text("SELECT count(*) FROM duplicate WHERE phone = \(number)") == "0")
                    #expect(try database.text("SELECT count(*) FROM contact_row WHERE own LIKE '%\(number)%'") == "0")
                    let further = try Sample.phone(Person.further).value
                    #expect(try database.text("SELECT count(*) FROM contact_phone WHERE phone = \(further)") == "0")
                    for (row, campaign) in [([Person.index], "terceira"), ([60, Person.further], "quarta")] {
                        let other = try await store.add(rows: [row], to: campaign, rules)
                        #expect(other[0].accepted == 1 && other[0].blocked == 1, "\(campaign)")
                        let counts = try database.reader().counts(campaign: campaign)
                        #expect(counts.excluded == 1 && counts.ready == 0, "\(campaign)")
                    }
                    _ = try await store.begin(Sample.start(at: Sample.later(200)))
                    #expect(try await store.claim(9, at: Sample.later(9000)).map(\.phone) == [Sample.phone(50)])
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test func `the do-not-call list still has the person, and loses them by the number`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withPerson { store in
                    _ = try await store.forget(Person.phone(), blocks: false, now: Sample.later(100))
                    let phone = try Person.phone()
                    let entry = try #require(try database.reader().block(of: phone))
                    #expect(entry.phone.isForgotten && entry.reason == "forgotten")
                    #expect(try database.reader().blocks(ofPersonWith: phone).count == 1)
                    let removed = try await store.unblock([phone], requeues: true)
                    #expect(removed.removed == [phone] && removed.missing == [] && removed.requeued == 0)
                    #expect(try database.reader().block(of: phone) == nil)
                    // A contact that was forgotten cannot be called, whatever anybody decides.
                    #expect(try database.reader().counts(campaign: "outra").ready == 0)
                }
            }
        }

        @Test func `who was called counts for a later campaign, although nobody is blocked`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { store in
                    let phone = try Sample.phone(0)
                    let forgotten = try await store.forget(phone, blocks: false, now: Sample.later(10))
                    #expect(!forgotten.isBlocked)
                    var rules = database.importRules(at: Sample.later(20))
                    rules.skipsCalledSince = Sample.now
                    #expect(try await store.add(rows: [[0]], to: "outra", rules)[0].calledRecently == 1)
                    rules.skipsCalledSince = nil
                    #expect(try await store.add(rows: [[0]], to: "outra", rules)[0].accepted == 1)
                    let limit = PersonLimit(
                        quota: PersonLimit.Quota(calls: 1, per: .seconds(86_400)), unansweredInARow: nil)
                    let ruling = try database.reader().ruling(
                        of: phone, campaign: "outra", limit, at: Sample.later(30))
                    guard case .waits = ruling else {
                        Issue.record("\(ruling)")
                        return
                    }
                }
            }
        }

        @Test func `who is being called is not forgotten meanwhile`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(1)
                    await #expect(throws: ErasureError.beingCalled) {
                        try await store.forget(Sample.phone(0), blocks: false, now: Sample.now)
                    }
                    #expect(try database.contacts() == ["dialing"])
                    try await store.record(calls.map { Sample.accepted($0) })
                    // While a campaign is dialed, the file is not written anew.
                    let forgotten = try await store.forget(Sample.phone(0), blocks: false, now: Sample.now)
                    #expect(forgotten.hasTraces && forgotten.counts.contacts == 1)
                    #expect(try database.text("SELECT has_traces FROM erasure") == "1")
                }
                #expect(try database.text("SELECT has_traces FROM erasure") == "0")
            }
        }

        @Test func `no contact that was forgotten becomes ready, whatever brings contacts back`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(2)
                    try await store.record([CallEnd.refused(.number).result(of: calls[0])])
                }
                try await database.opened { store in
                    // The second is a doubt now.
                    _ = try await store.begin(Sample.start())
                    try await store.leave(RunDeparture(campaign: 0, staysActive: false))
                    for index in 0..<3 {
                        _ = try await store.forget(Sample.phone(index), blocks: false, now: Sample.now)
                    }
                    let filter = try ContactFilter(
                        parsing: "attempts >= 0 or country = 55 or ddd = 11",
                        FilterContext(columns: [], phones: PhoneReader(), utcOffset: { _ in 0 }))
                    #expect(try await store.retry(campaign: Sample.name, where: filter).requeued == 0)
                    _ = try await store.resolve(campaign: Sample.name, .all, as: .notCalled)
                    for index in 0..<3 { _ = try await store.unblock([Sample.phone(index)], requeues: true) }
                    #expect(try database.reader().counts(campaign: Sample.name).ready == 0)
                }
                #expect(throws: DatabaseError.self) { try database.change("UPDATE contact_row SET state = 'ready'") }
                #expect(try database.reader().examine() == [])
            }
        }

        @Test(arguments: 1...4)
        func `if it is interrupted, the same call does the rest`(slice: Int) async throws {
            try await TemporaryDatabase.with { database in
                try await database.withPerson { _ in }
                let hooks = SliceHooks()
                hooks.does(at: slice) { throw Killed() }
                let store = try database.open(hooks)
                await #expect(throws: (any Error).self) {
                    try await store.forget(Person.phone(), blocks: false, now: Sample.later(100))
                }
                #expect(try database.reader().counts(campaign: "outra").ready == 0)
                _ = try await store.forget(Person.phone(), blocks: false, now: Sample.later(100))
                try store.close()
                #expect(try Self.left(in: database) == [])
                #expect(try database.reader().examine() == [])
            }
        }
    }
}

/// Somebody whose every trace can be searched for.
enum Person {
    static let index = 11_223
    static let further = 44_556
    static let name = "Xantipa Quelônio"
    private static let lid: Int64 = 118_277_366_455_119

    static func phone() throws -> PhoneNumber { try Sample.phone(index) }

    /// Texts and stored integers (sqlite.org/fileformat2.html, section 2.1) that are nobody else's.
    static var needles: [Data] {
        let numbers: [Int64] = [5_511_990_000_000 + Int64(index), 5_511_990_000_000 + Int64(further), -lid]
        let texts = [
            "\(numbers[0])", "\(lid)", name, "(11) 99001-1223", "ZAAP-QUELONIO", "WAMID-QUELONIO", "quelonio.example",
            "por carta da Xantipa",
        ]
        // Six bytes, the lowest last.
        let integers = numbers.map { number in
            Data((0..<6).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
        }
        return texts.map { Data($0.utf8) } + integers
    }

    /// A needle for people: text, or the bytes of a number.
    static func text(_ needle: Data) -> String {
        needle.count == 6
            ? needle.map { String($0, radix: 16) }.joined(separator: " ") : String(decoding: needle, as: UTF8.self)
    }

    static func lidNumber() throws -> PhoneNumber { try #require(PhoneNumber(value: -lid)) }
}

extension TemporaryDatabase {
    /// The bytes of all files of the folder.
    fileprivate func files() throws -> [Data] {
        try FileManager.default.contentsOfDirectory(atPath: folder).map {
            try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0))
        }
    }

    /// A database in which a person stands wherever somebody can stand: called in one campaign, waiting in another.
    fileprivate func withPerson<T>(_ body: (CampaignStore) async throws -> T) async throws -> T {
        let person = try Person.phone()
        try await fill(contacts: 2)
        return try await opened { store in
            let totals = try await store.importLists(
                campaign: Sample.name, file: "c.yml", ImportRules(now: Sample.now)
            ) { writer in
                try writer.beginList(file: "lista.csv", columns: ["nome", "telefone"])
                var contact = ListContact(
                    line: 7, phone: person, callDuration: nil, own: [Person.name, "(11) 99001-1223"])
                contact.further = [try Sample.phone(Person.further)]
                contact.wishes = ContactWishes(callAudioURL: "https://quelonio.example/a.mp3", notBefore: nil)
                try writer.add(.contact(contact))
                try writer.add(
                    .contact(ListContact(line: 8, phone: person, callDuration: nil, own: [Person.name, ""])))
                let other = ["Vizinho", "recado com (11) 99001-1223"]
                try writer.add(
                    .contact(ListContact(line: 9, phone: try Sample.phone(77), callDuration: nil, own: other)))
                try writer.add(
                    .reject(
                        ListReject(
                            line: 10, raw: Array("\(Person.name);55 (11) 99001-1223 / 4".utf8),
                            own: [Person.name, "55 (11) 99001-1223 / 4"], reason: "phone_too_long",
                            suggestion: "Corrija.")))
            }
            #expect(totals[0].accepted == 2 && totals[0].rejected == 1)
            _ = try await store.add(rows: [[Person.index]], to: "outra")
            _ = try await store.begin(Sample.start())
            let calls = try await store.claim(4)
            let call = try #require(calls.first { $0.phone == person })
            let ids = CallReceipt(zaapId: "ZAAP-QUELONIO", messageId: "WAMID-QUELONIO")
            let reply = CallReply(
                verdict: .accepted(ids), httpStatus: 200, error: "para \(Person.name): quelonio.example")
            try await store.record(
                calls.map { $0.attempt == call.attempt ? Sample.result($0, reply, .accepted) : Sample.accepted($0) })
            try await store.leave(RunDeparture(campaign: 0, staysActive: false))
            try await receive(store, person)
            _ = try await store.block(now: Sample.now) { try $0.add(person, reason: "por carta da Xantipa") }
            return try await body(store)
        }
    }

    private func receive(_ store: CampaignStore, _ person: PhoneNumber) async throws {
        var events = [
            Sample.incoming(CallEvent(.delivered, ids: ["WAMID-QUELONIO"]), key: "WAMID-QUELONIO 1"),
            Sample.incoming(
                CallEvent(Sample.text("Aqui é \(Person.name)"), phone: person, lid: try Person.lidNumber()), key: "2"),
            Sample.incoming(CallEvent(.other), key: "3"),
            Sample.incoming(CallEvent(.delivered, phone: person, ids: ["unknown"]), key: "4"),
        ]
        let lid = try Person.lidNumber().text
        for index in events.indices {
            events[index].body = Array(
                #"{"phone":"\#(person.text)","senderName":"\#(Person.name)","id":"WAMID-QUELONIO","chatLid":"\#(lid)"}"#
                    .utf8)
        }
        _ = try await store.receive(events)
    }
}
