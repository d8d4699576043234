import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct ListColumnsTests {
        @Test func `lists with different headers stand side by side, each cell under its own name`() async throws {
            try await TemporaryDatabase.with { database in
                try await take(
                    [
                        (["nome", "telefone", "cidade"], ["Ana", "1", "SP"]),
                        (["telefone", "valor", "nome"], ["2", "R$ 3", "Bia"]),
                    ], into: database)
                let reader = try database.reader()
                #expect(try reader.ownColumns(campaign: Sample.name) == ["nome", "telefone", "cidade", "valor"])
                #expect(try own(reader) == [["Ana", "1", "SP", ""], ["Bia", "2", "", "R$ 3"]])
            }
        }

        @Test func `columns of one name keep a place each`() async throws {
            try await TemporaryDatabase.with { database in
                try await take(
                    [
                        (["obs", "telefone", "obs"], ["a", "1", "b"]), (["obs"], ["c"]),
                        (["obs", "obs", "obs"], ["d", "e", "f"]),
                    ], into: database)
                let reader = try database.reader()
                #expect(try reader.ownColumns(campaign: Sample.name) == ["obs", "telefone", "obs", "obs"])
                #expect(
                    try own(reader) == [["a", "1", "b", ""], ["c", "", "", ""], ["d", "", "e", "f"]])
            }
        }

        @Test func `a short row is filled up with empty cells and one too long is cut`() async throws {
            try await TemporaryDatabase.with { database in
                try await take(
                    [(["nome", "telefone"], ["só"]), (["nome", "telefone"], ["a", "b", "c"])], into: database)
                #expect(try own(database.reader()) == [["só", ""], ["a", "b"]])
            }
        }

        @Test func `texts come back as they were written`() async throws {
            try await TemporaryDatabase.with { database in
                let cells = ["\"", "\\", "/", "\u{0}", "\r\n", "ção", "🇧🇷", "\u{2028}", "=1+1", " "]
                try await take([(cells, cells)], into: database)
                let reader = try database.reader()
                #expect(try reader.ownColumns(campaign: Sample.name) == cells)
                #expect(try own(reader) == [cells])
            }
        }

        private func own(_ reader: StoreReader) throws -> [[String]] {
            var rows: [[String]] = []
            try reader.forEachContact(campaign: Sample.name) { rows.append($0.own) }
            return rows
        }

        /// Imports lists, each with a header and one row.
        private func take(_ lists: [([String], [String])], into database: TemporaryDatabase) async throws {
            try await database.opened { store in
                _ = try await store.importLists(campaign: Sample.name, file: "c.yml", now: Sample.now) { writer in
                    for (index, list) in lists.enumerated() {
                        try writer.beginList(file: "\(index).csv", columns: list.0)
                        let phone = try Sample.phone(index)
                        try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: list.1)))
                    }
                }
            }
        }
    }
}
