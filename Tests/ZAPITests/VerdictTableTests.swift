import CampaignCore
import Testing

@testable import ZAPI

/// Every row of the table in the design, "What a reply means", and the corners between the rows.
@Suite struct `What a reply means` {
    struct Row: Sendable, CustomTestStringConvertible {
        var outcome: WireOutcome
        var verdict: Verdict
        var error: String?

        init(_ outcome: WireOutcome, _ verdict: Verdict, _ error: String? = nil) {
            self.outcome = outcome
            self.verdict = verdict
            self.error = error
        }

        init(_ status: Int, _ body: String, _ verdict: Verdict, _ error: String? = nil, retryAfter: String? = nil) {
            self.init(.reply(status: status, retryAfter: retryAfter, body: Array(body.utf8)), verdict, error)
        }

        var testDescription: String { "\(outcome)" }
    }

    static let ids =
        #"{"zaapId":"3999984263738042930CD6ECDE9VDWSA","messageId":"D241XXXX732339502B68","id":"D241XXXX732339502B68"}"#
    static let receipt = CallReceipt(zaapId: "3999984263738042930CD6ECDE9VDWSA", messageId: "D241XXXX732339502B68")
    // Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110, is 784111777 s after the epoch.
    static let now = Timestamp(milliseconds: 784_111_777_000)

    static let rows: [Row] = [
        // Accepted.
        Row(200, ids, .accepted(receipt)),
        Row(200, #"{"zaapId":"Z"}"#, .accepted(CallReceipt(zaapId: "Z", messageId: nil))),
        Row(200, #"{"zaapId":"Z","messageId":7}"#, .accepted(CallReceipt(zaapId: "Z", messageId: nil))),
        Row(201, ids, .accepted(receipt)),
        // 200 without readable ids.
        Row(200, "", .inDoubt(.unreadableReply), "the reply has no zaapId"),
        Row(200, #"{"zaapId":""}"#, .inDoubt(.unreadableReply)),
        Row(200, #"{"zaapId":"3999"#, .inDoubt(.unreadableReply)),
        Row(200, "<html>", .inDoubt(.unreadableReply)),
        Row(200, #"{"error":"strange"}"#, .inDoubt(.unreadableReply), "strange"),
        Row(204, "", .inDoubt(.unreadableReply)),
        Row(.tooLarge(status: 200, retryAfter: nil), .inDoubt(.unreadableReply), "the reply is larger than 64 KiB"),
        // Not sent, and lost.
        Row(.neverLeft("cannot connect: connection refused"), .notSent, "cannot connect: connection refused"),
        Row(.lost("no reply"), .inDoubt(.noReply), "no reply"),
        // Throttled.
        Row(429, #"{"error":"Too many requests"}"#, .throttled(retryAfter: nil), "Too many requests"),
        Row(429, "", .throttled(retryAfter: .seconds(7)), retryAfter: "7"),
        Row(429, "", .throttled(retryAfter: .seconds(23)), retryAfter: "Sun, 06 Nov 1994 08:50:00 GMT"),
        Row(429, "", .throttled(retryAfter: .zero), retryAfter: "Sun, 06 Nov 1994 08:00:00 GMT"),
        Row(429, "", .throttled(retryAfter: .seconds(86_400)), retryAfter: "99999999999999999999"),
        Row(429, "", .throttled(retryAfter: nil), retryAfter: "soon"),
        Row(429, "", .throttled(retryAfter: nil), retryAfter: "-5"),
        Row(503, "<html>", .throttled(retryAfter: .seconds(1)), retryAfter: "1"),
        Row(408, "", .throttled(retryAfter: nil)),
        Row(425, "", .throttled(retryAfter: nil)),
        // Refused.
        Row(400, #"{"error":"Phone number does not exist"}"#, .refused, "Phone number does not exist"),
        Row(400, "", .refused, "refused without a reason"),
        Row(
            422, #"{"error":"callDuration","message":"must be at most 15"}"#, .refused,
            "callDuration: must be at most 15"),
        Row(404, #"{"error":"Phone not found"}"#, .refused, "Phone not found"),
        Row(409, #"{"error":"conflict"}"#, .refused, "conflict"),
        Row(.tooLarge(status: 400, retryAfter: nil), .refused),
        // Misconfigured.
        Row(401, "", .misconfigured),
        Row(403, #"{"error":"null not allowed"}"#, .misconfigured, "null not allowed"),
        Row(400, #"{"error":"null not allowed"}"#, .misconfigured, "null not allowed"),
        Row(400, #"{"error":"203.0.113.7 not allowed."}"#, .misconfigured),
        Row(400, #"{"error":"[203.0.113.7] NOT ALLOWED"}"#, .misconfigured),
        Row(404, #"{"error":"Instance not found"}"#, .misconfigured, "Instance not found"),
        Row(404, "<html>", .misconfigured),
        Row(405, "", .misconfigured),
        Row(415, "", .misconfigured),
        Row(302, "", .misconfigured, "a redirect; check baseURL"),
        // Refused for now.
        Row(500, #"{"error":"Internal error"}"#, .refusedForNow, "Internal error"),
        Row(507, #"{"error":"queue full"}"#, .refusedForNow),
        // A gateway answered.
        Row(500, "<html>oops</html>", .inDoubt(.gatewayError)),
        Row(500, "", .inDoubt(.gatewayError)),
        Row(502, "<html>", .inDoubt(.gatewayError)),
        Row(502, #"{"error":"bad gateway"}"#, .inDoubt(.gatewayError)),
        Row(504, "", .inDoubt(.gatewayError)),
        Row(.tooLarge(status: 502, retryAfter: nil), .inDoubt(.gatewayError)),
        // Not HTTP as we know it.
        Row(101, "", .inDoubt(.unreadableReply)),
        Row(999, "", .inDoubt(.unreadableReply)),
    ]

    private let table = VerdictTable(now: { now }, redact: { $0.replacing("T0KEN", with: "‹secret›") })

    @Test(arguments: rows)
    func `is what the table says`(row: Row) {
        let reply = table.reply(to: row.outcome)
        #expect(reply.verdict == row.verdict)
        if let error = row.error { #expect(reply.error == error) }
        if case .reply(let status, _, _) = row.outcome { #expect(reply.httpStatus == status) }
    }

    @Test func `never carries a secret, a line break or a very long text`() throws {
        let long = String(repeating: "x", count: 5000)
        let reply = table.reply(
            to: .reply(status: 400, retryAfter: nil, body: Array(#"{"error":"at /T0KEN/\n\n \#(long)"}"#.utf8)))
        let error = try #require(reply.error)
        #expect(error.hasPrefix("at /‹secret›/ x"))
        #expect(error.count == VerdictTable.longestError + 1)
        #expect(!error.contains { $0.isNewline })
    }
}
