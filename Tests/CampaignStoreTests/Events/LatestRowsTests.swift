import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Pages of events, replies and the do-not-call list.
    @Suite struct LatestRowsTests {
        @Test func `the pages of events have each of them once, the latest first, with the call`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { store in
                    for index in 0..<7 {
                        try await store.receive(
                            CallEvent(.delivered, ids: index == 3 ? Sample.ids : ["unknown\(index)"]), key: "\(index)",
                            at: index)
                    }
                    let reader = try database.reader()
                    var (ids, before): ([Int64], Int64?) = ([], nil)
                    repeat {
                        let page = try reader.eventPage(in: nil, of: nil, before: before, limit: 3)
                        ids += page.entries.map(\.event.id)
                        before = page.before
                    } while before != nil
                    #expect(ids == Array((1...7).reversed()))
                    let applied = try reader.eventPage(in: .applied, of: "iA", before: nil, limit: 3).entries
                    #expect(applied.map(\.campaign) == [Sample.name] && applied.map(\.phone) == [try Sample.phone(0)])
                    #expect(try reader.eventPage(in: nil, of: "iB", before: nil, limit: 3).entries.isEmpty)
                    #expect(try reader.eventPage(in: nil, of: nil, before: .min, limit: 3).entries.isEmpty)
                }
            }
        }

        @Test func `the pages of replies have each of them once, the latest first`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { store in
                    for index in 0..<5 {
                        let reply = CallEvent(Sample.text("quem é você?"), phone: try Sample.phone(0))
                        try await store.receive(reply, key: "\(index)", at: index)
                    }
                    let reader = try database.reader()
                    var (ids, before): ([Int64], Int64?) = ([], nil)
                    repeat {
                        let page = try reader.replyPage(
                            ReplyChoice(campaign: Sample.name, isUndecided: true), before: before, limit: 2)
                        ids += page.entries.map(\.id)
                        before = page.before
                    } while before != nil
                    #expect(ids == (try reader.replies().map(\.id)))
                    #expect(ids.count == 5)
                }
            }
        }

        @Test func `the pages of the do-not-call list have each number once`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                let lids = try ["300000000000000@lid", "100000000000000@lid"].map {
                    try #require(PhoneNumber(text: $0))
                }
                try await database.opened { store in
                    _ = try await store.block(now: Sample.now) { writer in
                        for index in 0..<7 { try writer.add(Sample.phone(index), reason: "asked") }
                        for lid in lids { try writer.add(lid, reason: "asked") }
                    }
                }
                let reader = try database.reader()
                var (numbers, last): ([PhoneNumber], PhoneNumber?) = ([], nil)
                repeat {
                    let page = try reader.blocks(after: last, limit: 3)
                    numbers += page.map(\.phone)
                    last = page.count == 3 ? page.last?.phone : nil
                } while last != nil
                #expect(numbers == (try (0..<7).map(Sample.phone) + lids))
                let excluded = try reader.excludedContacts(blockedBy: [Sample.phone(1), Sample.phone(5)])
                #expect(excluded == [BlockedInCampaign(campaign: Sample.name, phones: [try Sample.phone(1)])])
            }
        }
    }
}
