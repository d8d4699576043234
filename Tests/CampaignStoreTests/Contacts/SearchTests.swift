import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct SearchTests {
        @Test func `a text finds contacts of one campaign in the order of the lists, up to a limit`() async throws {
            try await TemporaryDatabase.with { database in
                let names = ["José", "Ana \"Zé\" Souza", "JOSE II", "Maria", "josé\u{9}III"]
                for campaign in [Sample.name, "outra"] {
                    try await database.opened { store in
                        _ = try await store.importLists(campaign: campaign, file: "c.yml", now: Sample.now) { writer in
                            try writer.beginList(file: "lista.csv", columns: ["nome"])
                            for (index, name) in names.enumerated() {
                                let phone = try Sample.phone(index)
                                try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [name])))
                            }
                        }
                    }
                }
                let reader = try database.reader()
                func found(_ text: String, atMost limit: Int = 10) throws -> [String] {
                    let search = try #require(TextSearch(text))
                    return try reader.contacts(campaign: Sample.name, finding: search, atMost: limit).map { $0.own[0] }
                }
                #expect(try found("jose") == ["José", "JOSE II", "josé\u{9}III"])
                #expect(try found("jose", atMost: 2) == ["José", "JOSE II"])
                #expect(try found("ze souza") == ["Ana \"Zé\" Souza"])
                #expect(try found(Sample.phone(3).text) == ["Maria"])
                #expect(try found("ninguém") == [])
            }
        }
    }
}
