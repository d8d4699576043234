import HTTPTypes
import Testing

@testable import Dashboard

@Suite struct JSONRowsTests {
    private func lines(_ text: String) throws -> JSONRows { try JSONRows(lines: Array(text.utf8)) }

    private func faults(_ body: () throws -> JSONRows) -> [RequestFault] {
        do {
            _ = try body()
            return []
        } catch {
            return (error as? RequestRefusal)?.faults ?? [RequestFault("thrown", "\(error)")]
        }
    }

    @Test func `an object a line becomes a row a line, with a column for each key`() throws {
        let rows = try lines(
            """
            {"phone": "11999990001", "name": "Ana \\"A\\""}

            {"pedido": 4711, "phone": 5511999990002, "vip": true, "name": null}

            """)
        #expect(rows.columns == ["phone", "name", "pedido", "vip"])
        #expect(rows.places == [1, 3])
        let csv = String(decoding: rows.csv, as: UTF8.self)
        #expect(
            csv == """
                "phone","name","pedido","vip"
                "11999990001","Ana ""A""\","",""
                "5511999990002","","4711","true"

                """)
        #expect(rows.placesByLine == [2: 1, 3: 3])
    }

    @Test func `a list of objects is numbered by its places`() throws {
        let rows = try JSONRows(list: Array(#"[{"phone":"1"},{"phone":"2"}]"#.utf8))
        #expect(rows.places == [1, 2])
    }

    @Test func `line ends in cells are counted, and NUL is left out`() throws {
        let rows = try lines(#"{"phone":"1","name":"a\r\nb\rc\u0000"}"# + "\n" + #"{"phone":"2"}"#)
        #expect(rows.placesByLine == [2: 1, 5: 2])
        #expect(String(decoding: rows.csv, as: UTF8.self).contains("\"a\nb\nc\""))
    }

    @Test func `every line that is no contact is told, and nothing is taken`() {
        let found = faults {
            try lines(
                """
                7
                {"name": "Ana"}
                {"phone": "1", "phone": "2"}
                {"phone": {"ddd": 11}}
                {"phone": "1", "": "x", "rejectedFile": "y"}
                """)
        }
        #expect(
            found.map(\.field) == [
                "line 1", "line 2: phone", "line 3: phone", "line 4: phone", "line 5: ", "line 5: rejectedFile",
            ])
    }

    @Test(arguments: ["{", "{}x", "{\"phone\":\"1\"}\n{\"phone\":", "\u{1}"])
    func `what is no JSON at all is malformed`(text: String) {
        #expect(throws: DashboardError.self) { try lines(text) }
    }

    @Test(arguments: ["", "\n \r\n", "[]"])
    func `nothing is no list`(text: String) {
        #expect(throws: RequestRefusal.self) { try text == "[]" ? JSONRows(list: Array(text.utf8)) : lines(text) }
    }

    @Test func `one more than the limit is too many`() throws {
        let row = "{\"phone\":\"11999990001\"}\n"
        #expect(try lines(String(repeating: row, count: 10_000)).count == 10_000)
        let error = #expect(throws: DashboardError.self) { try lines(String(repeating: row, count: 10_001)) }
        #expect(error?.status.code == 413)
    }
}
