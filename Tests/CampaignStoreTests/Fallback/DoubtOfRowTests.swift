import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// What somebody knows of one number of a row says nothing of another.
    @Suite struct DoubtOfRowTests {
        @Test(arguments: CampaignStore.Resolution.allCases)
        func `a statement about a number that was left behind leaves the doubt about the next one`(
            _ resolution: CampaignStore.Resolution
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1]])
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.fallsBack = true })
                    try await store.callNext(.refused(.number))
                    try await store.callNext(.inDoubt)
                    let (first, second) = try (Sample.phone(0), Sample.phone(1))
                    let about = try store.reader().doubts(campaign: Sample.name, .numbers([first]))
                    #expect(about.doubts.isEmpty && about.missed == [first])
                    let done = try await store.resolve(campaign: Sample.name, .numbers([first]), as: resolution)
                    #expect(done.resolved.isEmpty && done.notInDoubt == [first])
                    #expect(done.aboutOthers.map(\.phone) == [first] && done.aboutOthers.map(\.dialed) == [[second]])
                    #expect(try database.dialed() == ["1 in_doubt no_reply"])
                    let right = try await store.resolve(campaign: Sample.name, .numbers([second]), as: resolution)
                    #expect(right.resolved == [second] && right.notInDoubt.isEmpty)
                    #expect(try database.dialed() == [resolution == .called ? "1 accepted confirmed" : "1 ready"])
                }
            }
        }

        @Test func `a doubt about an earlier number is named by that one, and two doubts by both`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 1], [2, 3]])
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.fallsBack = true })
                    try await store.record(try await store.claim(2).map { Sample.accepted($0) })
                    for contact in 1...2 {
                        try await store.receive(
                            CallEvent(.deliveryFailed(.noWhatsApp), ids: ["Z\(contact).1"], error: "e"),
                            key: "none \(contact)")
                    }
                    #expect(try await store.callNext(.refused(.number))?.phone == Sample.phone(1))
                    #expect(try await store.callNext(.inDoubt)?.phone == Sample.phone(3))
                    for contact in 1...2 {
                        try await store.receive(
                            CallEvent(.deliveryFailed(.unknown), ids: ["Z\(contact).1"], error: "e"),
                            key: "unknown \(contact)")
                    }
                    let phones = try (0..<4).map(Sample.phone)
                    let all = try store.reader().doubts(campaign: Sample.name, .all).doubts
                    #expect(all.map(\.phone) == [phones[0], phones[3]])
                    #expect(all.map(\.dialed) == [[phones[0]], [phones[2], phones[3]]])
                    for wrong in [1, 2, 3] {
                        let chosen = try store.reader().doubts(campaign: Sample.name, .numbers([phones[wrong]]))
                        #expect(chosen.doubts.isEmpty && chosen.missed == [phones[wrong]])
                    }
                    let right = try store.reader().doubts(
                        campaign: Sample.name, .numbers([phones[0], phones[2], phones[3]]))
                    #expect(right.doubts == all && right.missed.isEmpty && right.aboutOthers.isEmpty)
                }
            }
        }
    }
}
