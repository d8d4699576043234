import Testing

@testable import CampaignStore

extension StoreTests {
    /// The cells of a row as the database stores them.
    @Suite struct CellsJSONTests {
        @Test(
            arguments: [
                [], [""], ["Ana"], ["Ana", "", "São Paulo"], ["a,b", "[x]", "]"],
                ["a \"quoted\" word", "\\", "\n", "\u{1}"],
                ["🙂", "e\u{301}", "\u{7F}"],
            ] as [[String]])
        func `cells are read as they were written`(cells: [String]) throws {
            #expect(try ListColumns.cells(CellsJSON.text(cells)) == cells)
        }

        @Test(
            arguments: [
                ("[ \"a\" , \"b\" ]", ["a", "b"]), ("[\"\\u00e9\"]", ["é"]), ("[]", []), (" [\"a\"]", ["a"]),
            ] as [(String, [String])])
        func `other spellings of the same array are read too`(json: String, cells: [String]) throws {
            #expect(try ListColumns.cells(json) == cells)
        }

        @Test(arguments: ["", "[", "]", "[\"]", "[\"a]", "[,]", "[a]", "[\"a\"\"b\"]", "[1]", "{}", "[\"a\"]]"])
        func `anything but an array of texts is an error`(json: String) {
            #expect(throws: (any Error).self) { try ListColumns.cells(json) }
        }
    }
}
