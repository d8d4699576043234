import CampaignCore
import Foundation
import Reports
import Testing

struct JSONExporterTests {
    @Test func `a row of JSON Lines is one object with the keys in order and null for what is absent`() throws {
        var untouched = ContactRow(own: ["Rui", ""], phone: try Sample.phone(5_521_987_654_321), state: .excluded)
        untouched.reason = "do_not_call"
        let rows = [try Sample.acceptedCall(), untouched]
        #expect(
            Sample.report(ReportFormat.jsonl.calls(try Sample.context()), rows) == """
                {"contact":{"nome":"Ana","cidade":"São Paulo"},"phone":"5511987654321","state":"accepted",\
                "reason":null,"attempts":2,"zaapId":"3999984263738042930CD6ECDE9VDWSA",\
                "messageId":"D241XXXX732339502B68","httpStatus":200,"error":null,"instance":"vendas",\
                "firstAttemptAt":"2026-11-23T09:00:00.000-03:00","lastAttemptAt":"2026-11-23T09:00:00.250-03:00",\
                "delivery":"delivered","deliveryError":null,"answer":"answered",\
                "answeredAt":"2026-11-23T09:00:05.000-03:00","calledBackAt":null,"repliedAt":"2026-11-23T09:01:00.000-03:00"}
                {"contact":{"nome":"Rui","cidade":""},"phone":"5521987654321","state":"excluded",\
                "reason":"do_not_call","attempts":0,"zaapId":null,"messageId":null,"httpStatus":null,"error":null,\
                "instance":null,"firstAttemptAt":null,"lastAttemptAt":null,"delivery":null,"deliveryError":null,\
                "answer":null,"answeredAt":null,"calledBackAt":null,"repliedAt":null}

                """
        )
    }

    @Test func `a report of attempts in JSON has no contact in it`() throws {
        #expect(
            Sample.report(ReportFormat.jsonl.attempts(try Sample.context()), [try Sample.openAttempt()]) == """
                {"phone":"5511987654321","attempt":1,"instance":"vendas","startedAt":"2026-11-23T09:00:00.000-03:00",\
                "endedAt":null,"outcome":null,"httpStatus":null,"error":null,"zaapId":null,"messageId":null,\
                "latencyMs":null,"delivery":null,"answer":null}

                """
        )
    }

    @Test func `a document has the campaign, the summary and a list named after its rows`() throws {
        var summary = CampaignSummary(campaign: "cobranca \"nov\"", counts: StateCounts())
        summary.counts.accepted = 1
        summary.counts.failed = 2
        summary.reasons = [
            ReasonCount(state: .failed, reason: "refused", contacts: 2),
            ReasonCount(state: .accepted, reason: "", contacts: 1),
        ]
        summary.outcomes = [.accepted: 1, .refused: 2]
        summary.errors = [ErrorCount(error: "Phone number does not exist", attempts: 2)]
        summary.rejectedRows = 3
        summary.duplicateRows = 4
        summary.happened.delivered = 5
        summary.happened.answered = 3
        summary.happened.notAnswered = 2
        summary.happened.calledBack = 1
        summary.firstAttemptAt = Sample.nine
        let context = try Sample.context(own: ["nome", "telefone"], summary: summary)
        #expect(
            Sample.report(ReportFormat.json.rejects(context), [Sample.reject(), Sample.reject()]) == """
                {"version":1,"campaign":"cobranca \\"nov\\"",
                "summary":{"contacts":3,"counts":{"ready":0,"dialing":0,"accepted":1,"failed":2,"inDoubt":0,\
                "excluded":0,"total":3},"reasons":[{"state":"failed","reason":"refused","contacts":2},\
                {"state":"accepted","reason":null,"contacts":1}],"outcomes":{"accepted":1,"in_doubt":0,"not_sent":0,\
                "throttled":0,"refused":2,"misconfigured":0,"server_error":0},\
                "errors":[{"error":"Phone number does not exist","attempts":2}],"rejectedRows":3,"duplicateRows":4,\
                "firstAttemptAt":"2026-11-23T09:00:00.000-03:00","lastAttemptAt":null,\
                "happened":{"delivered":5,"answered":3,"notAnswered":2,"calledBack":1,"replied":0,"optedOut":0}},
                "rejects":[
                {"contact":{"nome":"Rui","telefone":"+55 11 9"},"rejectedFile":"contatos.csv","rejectedLine":7,\
                "rejectedReason":"phone_too_short","rejectedSuggestion":"Add the missing digits.",\
                "raw":"Rui,+55 11 9","rawBase64":null},
                {"contact":{"nome":"Rui","telefone":"+55 11 9"},"rejectedFile":"contatos.csv","rejectedLine":7,\
                "rejectedReason":"phone_too_short","rejectedSuggestion":"Add the missing digits.",\
                "raw":"Rui,+55 11 9","rawBase64":null}
                ]}

                """
        )
    }

    @Test func `the summary alone is the object of the document`() throws {
        let context = try Sample.context()
        let document = Sample.report(ReportFormat.json.calls(context))
        #expect(document.contains("\"summary\":\(String(decoding: context.summaryJSON(), as: UTF8.self)),\n"))
    }

    @Test(arguments: ReportRowsKind.allCases)
    func `a document without rows is a document with an empty list`(kind: ReportRowsKind) throws {
        let context = try Sample.context(own: [])
        let bytes =
            switch kind {
            case .calls: Sample.bytes(ReportFormat.json.calls(context))
            case .attempts: Sample.bytes(ReportFormat.json.attempts(context))
            case .rejects: Sample.bytes(ReportFormat.json.rejects(context))
            case .duplicates: Sample.bytes(ReportFormat.json.duplicates(context))
            }
        let document = try JSONDecoder().decode(Document.self, from: Data(bytes))
        let lists = [
            ReportRowsKind.calls: document.calls, .attempts: document.attempts, .rejects: document.rejects,
            .duplicates: document.duplicates,
        ]
        #expect(document.campaign == "cobranca")
        #expect(document.summary.contacts == 0)
        for (listed, rows) in lists { #expect(rows == (listed == kind ? [] : nil)) }
    }

    @Test func `any text is read back from JSON as it was`() throws {
        let controls = String(String.UnicodeScalarView((0..<0xA0).compactMap { Unicode.Scalar(UInt32($0)) }))
        let texts = [
            controls, "\"quoted\" \\ back/slash", "\u{2028}\u{2029}\u{2027}\u{202A}", "ação 📞 名前 e\u{301}",
            "\u{FEFF}bom", "\u{10FFFF}", "\r\n", "",
        ]
        for text in texts {
            var row = try Sample.acceptedCall(own: [text, "x"])
            row.last?.error = text
            let context = try Sample.context(own: ["k" + text, "nome"])
            let bytes = Sample.bytes(ReportFormat.jsonl.calls(context), [row])
            #expect(bytes.count { $0 == 0x0A } == 1)
            let back = try JSONDecoder().decode(Row.self, from: Data(bytes.dropLast()))
            #expect(back.contact.first { $0.key.hasPrefix("k") }.map { Array($0.value.utf8) } == Array(text.utf8))
            #expect(back.contact.keys.contains("k" + text))
            #expect(back.error.map { Array($0.utf8) } == Array(text.utf8))
        }
    }

    @Test(arguments: [
        (["a", "a", "a"], ["a", "a (2)", "a (3)"]),
        (["a", "a", "a (2)"], ["a", "a (3)", "a (2)"]),
        (["a (2)", "a", "a"], ["a (2)", "a", "a (3)"]),
        (["", ""], ["", " (2)"]),
        (["a", "A"], ["a", "A"]),
    ])
    func `no two keys of a contact are the same`(columns: [String], keys: [String]) throws {
        let cells = columns.indices.map { "cell \($0)" }
        let row = try Sample.acceptedCall(own: cells)
        let report = Sample.report(ReportFormat.jsonl.calls(try Sample.context(own: columns)), [row])
        let expected = zip(keys, cells).map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",")
        #expect(report.hasPrefix("{\"contact\":{\(expected)},"))
    }

    @Test func `a rejected row that is not UTF-8 can be read and is also there byte for byte`() throws {
        let raw = Array("Jo".utf8) + [0xE3] + Array("o;1".utf8)
        let context = try Sample.context(own: [])
        let report = Sample.report(ReportFormat.jsonl.rejects(context), [Sample.reject(own: [], raw: raw)])
        #expect(report.hasSuffix("\"raw\":\"João;1\",\"rawBase64\":\"Sm/jbzsx\"}\n"))
        // "a" in UTF-16, which is also valid UTF-8, but not meant as such.
        let wide = Sample.report(ReportFormat.jsonl.rejects(context), [Sample.reject(own: [], raw: [0x61, 0])])
        #expect(wide.hasSuffix("\"raw\":\"a\",\"rawBase64\":\"YQA=\"}\n"))
        #expect(report.hasPrefix("{\"contact\":{},"))
    }

    /// A document without rows.
    private struct Document: Decodable {
        struct Summary: Decodable {
            let contacts: Int
            let counts: StateCounts
        }

        let campaign: String
        let summary: Summary
        let calls: [String]?
        let attempts: [String]?
        let rejects: [String]?
        let duplicates: [String]?
    }

    /// A part of a row.
    private struct Row: Decodable {
        let contact: [String: String]
        let error: String?
    }
}
