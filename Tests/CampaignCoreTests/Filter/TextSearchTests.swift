import CampaignCore
import Testing

@Suite struct `A search for a text` {
    @Test(arguments: [
        ("jose", "José da Silva", true), ("JOSÉ DA", "josé  da-silva", true), ("silva", "José da Silva", true),
        ("da silva jose", "José da Silva", false), ("acao", "Ação Ltda.", true), ("ação", "ACAO", true),
        ("jose\u{301}", "José", true), ("Ana", "Mariana", true), ("ana", "A na", false), ("москва", "Москва", true),
        ("12/03", "12-03-2026", true), ("“ana”", "Ana \"Bia\" Silva", true), ("ana bia", "Ana \"Bia\" Silva", true),
        ("...x", "X", true),
    ])
    func `looks neither at case nor at accents or punctuation`(text: String, cell: String, isFound: Bool) throws {
        let search = try #require(TextSearch(text))
        #expect(search.matches(try contact([cell])) == isFound)
        var buffer: [UInt8] = []
        if !cell.contains("\"") {
            #expect(search.matches(json: "[\"x y\",\"\(cell)\"]".utf8, buffer: &buffer) == isFound)
        }
    }

    @Test func `is of one cell, not of two that stand beside each other`() throws {
        let search = try #require(TextSearch("ana silva"))
        #expect(try !search.matches(contact(["Ana", "Silva"])))
        var buffer: [UInt8] = []
        #expect(!search.matches(json: #"["Ana","Silva"]"#.utf8, buffer: &buffer))
        #expect(search.matches(json: #"["x","Ana Silva"]"#.utf8, buffer: &buffer))
    }

    @Test func `finds a number by its digits, but not by too few`() throws {
        let person = try contact(["Ana"])
        for text in ["98765-4321", "5511987654321", "(11) 9876", "4321"] {
            #expect(try #require(TextSearch(text)).matches(person), "\(text)")
        }
        for text in ["321", "99999", "ana 4321"] {
            #expect(try !#require(TextSearch(text)).matches(person), "\(text)")
        }
    }

    @Test(arguments: ["", " ", "–", "…", "()"]) func `needs a letter or a digit`(text: String) {
        #expect(TextSearch(text) == nil)
    }

    private func contact(_ cells: [String]) throws -> ContactRow {
        ContactRow(own: cells, phone: try #require(PhoneNumber(text: "5511987654321")), state: .ready)
    }
}
