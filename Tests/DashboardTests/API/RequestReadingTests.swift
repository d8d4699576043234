import CampaignCore
import HTTPTypes
import Testing

@testable import Dashboard

@Suite struct RequestReadingTests {
    private func fields(_ body: () throws -> Void) -> [String] {
        do {
            try body()
            return []
        } catch {
            return (error as? RequestRefusal)?.faults.map(\.field) ?? ["\(error)"]
        }
    }

    private func body(_ text: String) throws -> RequestBodyReader { try RequestBodyReader(Array(text.utf8)) }

    @Test func `keys of the right type are read, and null is none`() throws {
        var reader = try body(#"{"a":"x","b":7,"c":true,"d":["1","2"],"as":"dismiss","e":null}"#)
        #expect(reader.text("a") == "x")
        #expect(reader.integer("b", in: 1...10) == 7)
        #expect(reader.truth("c") == true)
        #expect(reader.texts("d", atMost: 2) == ["1", "2"])
        #expect(reader.word("as", APIDecision.self) == .dismiss)
        #expect(reader.text("e") == nil)
        try reader.finish()
    }

    @Test func `an empty body is an empty object`() throws {
        var reader = try body("")
        #expect(reader.integer("canary", in: 1...10) == nil)
        try reader.finish()
    }

    @Test func `all faults are told together`() {
        let found = fields {
            var reader = try body(#"{"a":1,"b":0,"c":"true","d":[],"as":"x","new":1,"a2":"y","a2":"z"}"#)
            _ = (reader.text("a"), reader.integer("b", in: 1...10), reader.truth("c"), reader.texts("d", atMost: 2))
            _ = (reader.word("as", APIDecision.self), reader.text("missing", isRequired: true))
            try reader.finish()
        }
        #expect(found == ["a2", "a", "b", "c", "d", "as", "missing", "a2", "new"])
    }

    @Test(arguments: ["{", "nul", "{\"a\":1}{", "\u{FF}\u{0}"])
    func `what is no JSON is malformed`(text: String) {
        let error = #expect(throws: DashboardError.self) { try body(text) }
        #expect(error?.status.code == 400)
    }

    @Test(arguments: ["[]", "7", "null", "\"a\""])
    func `what is no object is refused`(text: String) {
        #expect(fields { _ = try body(text) } == ["body"])
    }

    @Test func `parameters are read as strictly`() throws {
        var query = RequestQuery(
            FormFields(encoded: "limit=20&cursor=1.2&undecided=true&from=2026-11-28T09:00:00-03:00"))
        #expect(query.page() == APIPage(cursor: "1.2", limit: 20))
        #expect(query.truth("undecided") == true)
        #expect(query.moment("from")?.milliseconds == 1_795_867_200_000)
        try query.finish()
    }

    @Test func `wrong, repeated and unknown parameters are told together`() {
        let found = fields {
            var query = RequestQuery(FormFields(encoded: "limit=501&undecided=yes&from=today&x=1&cursor=a&cursor=b"))
            _ = (query.page(), query.truth("undecided"), query.moment("from"))
            try query.finish()
        }
        #expect(found == ["limit", "cursor", "undecided", "from", "x"])
    }
}
