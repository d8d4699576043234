import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct ActionLogTests {
        private static let ana = Actor(.dashboard, "ana")

        @Test func `an action is logged when it begins and when it ends`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    let phones = try [Sample.phone(1), Sample.phone(2)]
                    let detail = ActionDetail(campaign: "camp", phones: phones, words: ["as": "called"])
                    let id = try await store.beginAction("resolve", by: Self.ana, detail: detail, now: Sample.now)
                    let begun = try #require(try store.reader().actions(limit: 9).first)
                    #expect(begun.state == .begun && begun.endedAt == nil && begun.actor == Self.ana)
                    #expect(begun.operation == "resolve" && begun.detail == detail && begun.at == Sample.now)
                    #expect(begun.detail.counts == ["phones": 2])
                    try await store.endAction(
                        id, .done, detail: detail.adding(["resolved": 2]), now: Sample.later(3))
                    let done = try #require(try store.reader().actions(limit: 9).first)
                    #expect(done.state == .done && done.endedAt == Sample.later(3) && done.error == nil)
                    #expect(done.detail.counts == ["phones": 2, "resolved": 2])
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test func `phones are masked, and so are they and secrets in errors, of which the first line is kept`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    let detail = ActionDetail(phones: [try Sample.phone(1)])
                    let id = try await store.beginAction("block add", by: Self.ana, detail: detail, now: Sample.now)
                    let error = "+55 (11) 98765-4321 of 2026-11-28 10:30, token=abcdefgh12345678\nMaria da Silva"
                    try await store.endAction(id, .failed(error), detail: detail, now: Sample.now)
                    let entry = try #require(try store.reader().actions(limit: 9).first)
                    let kept = try #require(entry.error)
                    #expect(kept.hasPrefix("+5511•••••4321 of 2026-11-28 10:30, token="), "\(kept)")
                    #expect(!kept.contains("abcdefgh"), "\(kept)")
                    #expect(entry.detail.phones == [try Sample.phone(1).masked])
                    #expect(entry.state == .failed)
                    let text = try #require(try database.text("SELECT detail || error FROM action_log"))
                    #expect(!text.contains(try Sample.phone(1).text) && !text.contains("Maria"))
                }
            }
        }

        @Test func `the latest come first, a page after the other, of all or of one campaign`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.opened { store in
                    for number in 0..<10 {
                        let detail = ActionDetail(campaign: number % 3 == 0 ? "a" : nil, counts: ["n": number])
                        _ = try await store.beginAction("import", by: Self.ana, detail: detail, now: Sample.now)
                    }
                    let reader = try store.reader()
                    func numbers(_ campaign: String?, _ before: Int64?, _ limit: Int) throws -> [Int?] {
                        let entries = try reader.actions(campaign: campaign, before: before, limit: limit)
                        return entries.map { $0.detail.counts["n"] }
                    }
                    #expect(try numbers(nil, nil, 3) == [9, 8, 7])
                    let last = try #require(try reader.actions(limit: 3).last).id
                    #expect(try numbers(nil, last, 2) == [6, 5])
                    #expect(try numbers("a", nil, 9) == [9, 6, 3, 0])
                    #expect(try numbers("a", last, 9) == [6, 3, 0])
                    #expect(try numbers("b", nil, 9) == [])
                }
            }
        }

        @Test func `of a campaign that is deleted only counts are left, also of what ends afterwards`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.fill(contacts: 1, campaign: "outra")
                try await database.opened { store in
                    let phones = [try Sample.phone(1)]
                    let detail = ActionDetail(
                        campaign: Sample.name, counts: ["contacts": 2], phones: phones, words: ["as": "called"])
                    let failed = try await store.beginAction("import", by: Self.ana, detail: detail, now: Sample.now)
                    try await store.endAction(
                        failed, .failed("\(Sample.name) is not there"), detail: detail, now: Sample.now)
                    let other = ActionDetail(campaign: "outra")
                    _ = try await store.beginAction("pause", by: Self.ana, detail: other, now: Sample.now)
                    let run = try await store.beginAction("run", by: Self.ana, detail: detail, now: Sample.now)
                    let id = try await store.beginAction("delete", by: Self.ana, detail: detail, now: Sample.now)
                    _ = try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.now)
                    try await store.endAction(run, .failed("\(Sample.name)"), detail: detail, now: Sample.now)
                    try await store.endAction(id, .done, detail: detail.adding(["calls": 0]), now: Sample.now)
                    try await store.endErasing(try store.reader().markedFiles(), of: Sample.name)
                    let entries = try store.reader().actions(limit: 9).reversed()
                    #expect(entries.map(\.operation) == ["import", "pause", "run", "delete"])
                    #expect(entries.map(\.state) == [.failed, .begun, .failed, .done])
                    #expect(entries.map(\.detail.campaign) == [nil, "outra", nil, nil])
                    #expect(entries.map(\.error) == [nil, nil, nil, nil])
                    #expect(entries.first?.detail == ActionDetail(counts: ["contacts": 2]))
                    #expect(entries.last?.detail == ActionDetail(counts: ["contacts": 2, "calls": 0]))
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test func `a deletion that was cut off leaves no name, either, once it has been ended`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.now)
                    // The same command again, which is logged before it is known that the campaign is gone.
                    let detail = ActionDetail(campaign: Sample.name)
                    let id = try await store.beginAction("delete", by: Self.ana, detail: detail, now: Sample.now)
                    _ = try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.now)
                    try await store.endAction(id, .done, detail: detail, now: Sample.now)
                    try await store.endErasing(try store.reader().markedFiles(), of: Sample.name)
                    #expect(try store.reader().actions(limit: 9).map(\.detail) == [ActionDetail()])
                }
            }
        }

        @Test func `forgetting somebody leaves nothing of them in the log but what is masked`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    let phone = try Sample.phone(1)
                    let detail = ActionDetail(campaign: Sample.name, phones: [phone])
                    let id = try await store.beginAction("resolve", by: Self.ana, detail: detail, now: Sample.now)
                    try await store.endAction(id, .failed("\(phone.text)?"), detail: detail, now: Sample.now)
                    _ = try await store.forget(phone, blocks: false, now: Sample.now)
                    let text = try #require(try database.text("SELECT detail || error || actor FROM action_log"))
                    #expect(!text.contains(phone.text.suffix(8)), "\(text)")
                }
            }
        }
    }
}
