import CampaignCore
import Testing

@Suite struct FilterErrorTests {
    @Test(arguments: [
        ("", 1, "the expression is empty"),
        ("   ", 1, "the expression is empty"),
        ("stat = failed", 1, "“stat” is not a field (did you mean state?)"),
        ("statee = failed", 1, "the fields are state, phone, reason"),
        ("telefon = 1", 1, "did you mean telefone?"),
        ("Data do Contrato = x", 1, "“Data” is not a field (did you mean [Data do Contrato]?)"),
        ("zzz = 1", 1, "the lists have \"nome\", \"telefone\""),
        ("[nom] = 1", 1, "no list has a column \"nom\" (did you mean nome?)"),
        ("[httpStatus] = 1", 1, "for the field write it without brackets"),
        ("'nome' = Ana", 1, "column names go in brackets"),
        ("= failed", 1, "“=” is where a field should be"),
        ("state = failed and", 19, "the expression ends where a field should be"),
        ("state", 6, "the expression ends where a comparison should be"),
        ("state failed", 7, "“failed” is where a comparison should be"),
        ("Nome do Cliente = Ana", 6, "brackets, as in [Nome do Cliente]"),
        ("state == failed", 7, "== is not a comparison; write =."),
        ("state <> failed", 7, "write !=."),
        ("attempts => 2", 10, "write >=."),
        ("attempts ~~~ 2", 10, "~~~ is not a comparison; use =, !="),
        ("state = failed && attempts = 2", 16, "“&&” does not join conditions; write and."),
        ("state = failed || attempts = 2", 16, "write or."),
        ("state = failed attempts = 2", 16, "“attempts” is where and, or or the end should be"),
        ("error = Phone number", 15, "put a value with spaces or commas in quotes"),
        ("answer = nao", 10, "answer is never “nao”; it is answered or not_answered, or \"\" where it is unknown."),
        ("delivery in (delivred)", 14, "delivery is never “delivred” (did you mean delivered?)"),
        ("state = faild", 9, "“faild” is not a state (did you mean failed?); the states are ready, dialing"),
        ("state > failed", 1, "state cannot be compared with < or >; use =, != or in (…)"),
        ("state ~ fail", 1, "state cannot be compared with ~"),
        ("error < a", 1, "error cannot be compared with < or >"),
        ("httpStatus ~ 4", 1, "httpStatus cannot be compared with ~"),
        ("httpStatus = many", 14, "“many” is not a number; httpStatus is compared with one such as 500"),
        ("httpStatus < ''", 14, "“” is not a number"), ("lastAttemptAt >= ''", 18, "“” is not a date or time"),
        ("attempts > 1.500", 12, "“1.500” can be read in two ways"),
        ("valor > 1.500", 9, "can be read in two ways"),
        ("lastAttemptAt > yesterday", 17, "“yesterday” is not a date or time"),
        ("lastAttemptAt > 2026-02-30", 17, "is not a date or time"),
        ("lastAttemptAt > 2026-11-25T25:00", 17, "is not a date or time"),
        ("phone = 98765-4301", 9, "is not a phone number. Write the area code"),
        ("phone ~ abc", 9, "has no digits"),
        ("error ~ ''", 9, "write error = \"\" for unknown values"),
        ("ddd in 11", 8, "“11” is where a list should start; write in (11, 21)."),
        ("ddd in (11 21)", 12, "“21” is where , or ) should be"),
        ("ddd in (11, 21", 8, "( is never closed"),
        ("ddd in ()", 9, "“)” is where a value should be"),
        ("ddd not 11", 5, "“not” is where a comparison should be"),
        ("nome = and", 8, "put a value in quotes unless it is one plain word"),
        ("nome = [Ana]", 8, "[Ana] is a column name where a value should be"),
        ("(state = failed", 1, "( is never closed; write )"),
        ("state = failed)", 15, ") closes nothing"),
        ("state = failed]", 15, "] closes nothing"),
        ("state = 'failed", 9, "' is never closed; write '"),
        ("state = “failed", 9, "“ is never closed; write ”"),
        ("[nome = 1", 1, "[ is never closed"),
        ("ção = 1 and", 1, "“ção” is not a field"),
    ])
    func `an error says where, what was found and what would be right`(_ text: String, _ column: Int, _ part: String) {
        let error = #expect(throws: FilterError.self) { try FilterFixture.filter(text) }
        #expect(error?.column == column, "\(error?.description ?? "")")
        #expect(error?.description.contains(part) ?? false, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("column \(column): ") ?? false)
    }

    @Test func `parentheses without end are refused before they fill the stack`() throws {
        let deep = 100_000
        for text in [String(repeating: "(", count: deep), String(repeating: "not ", count: deep)] {
            let error = #expect(throws: FilterError.self) { try FilterFixture.filter(text) }
            #expect(error?.description.contains("more than 100 nested parentheses and nots") ?? false)
        }
        let long = Array(repeating: "attempts = 2", count: 5000)
        #expect(try FilterFixture.filter(long.joined(separator: " and ")).matches(try FilterFixture.contact()))
    }

    @Test(arguments: 1...8)
    func `any text is a filter or an error with a place in it`(_ seed: UInt64) throws {
        var random = FixedRandom(seed: seed)
        let pieces = [
            "state", "error", "phone", "httpStatus", "[Nome do Cliente]", "valor", "lastAttemptAt", "=", "!=", "<",
            ">=",
            "~", "!~", "in", "not", "and", "or", "(", ")", ",", "failed", "11", "\"", "'", "“", "]", "[", " ", "\n",
            "é",
            "2026-11-25", "''", "\u{0}", "👩‍👩‍👧", "1.500",
        ]
        let contacts = [try FilterFixture.contact(), try FilterFixture.fresh()]
        var understood = 0
        for _ in 0..<1500 {
            let text = (0..<random.below(14)).map { _ in pieces[random.below(pieces.count)] }
                .joined(separator: random.below(3) == 0 ? "" : " ")
            do throws(FilterError) {
                let filter = try ContactFilter(parsing: text, FilterFixture.context)
                understood += 1
                for contact in contacts where filter.matches(contact) { #expect(filter.states.contains(contact.state)) }
            } catch {
                #expect(1...(text.count + 1) ~= error.column, "\(text)")
                #expect(!error.description.isEmpty)
            }
        }
        #expect(understood < 1500)
    }
}
