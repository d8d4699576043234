import CampaignCore
import Testing

@testable import ZAPI

/// Every row of the verdict table, and the corners between the rows.
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

        init(
            _ status: Int, _ body: String, _ verdict: Verdict, _ error: String? = nil, retryAfter: String? = nil,
            type: String? = nil
        ) {
            let headers = ReplyHeaders(retryAfter: retryAfter, contentType: type)
            self.init(.reply(status: status, headers: headers, body: Array(body.utf8)), verdict, error)
        }

        var testDescription: String { "\(outcome)" }
    }

    // Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110, is 784111777 s after the epoch.
    static let now = Timestamp(milliseconds: 784_111_777_000)
    static let none = ReplyHeaders()

    static let lost: [Row] = [
        Row(.neverLeft("cannot connect: connection refused"), .notSent, "cannot connect: connection refused"),
        Row(.lost("no reply"), .inDoubt(.noReply), "no reply"),
        Row(204, "", .inDoubt(.unreadableReply), "the reply is empty"),
        Row(.tooLarge(status: 200, headers: none), .inDoubt(.unreadableReply), "the reply is larger than 64 KiB"),
        // Not HTTP as we know it.
        Row(101, "", .inDoubt(.unreadableReply)),
        Row(999, "", .inDoubt(.unreadableReply)),
    ]

    /// The head came and the body did not: what needs no body is known nevertheless.
    static let cutShort: [Row] =
        [200, 201, 400, 404, 408, 409, 422, 425, 500, 502, 503, 504].map {
            Row(.cutShort(status: $0, headers: none, "timed out"), .inDoubt(.noReply))
        }
        + [302, 401, 402, 403, 405, 415].map {
            Row(.cutShort(status: $0, headers: none, "timed out"), .misconfigured)
        } + [
            Row(
                .cutShort(status: 429, headers: ReplyHeaders(retryAfter: "7"), "timed out"),
                .throttled(retryAfter: .seconds(7)))
        ]

    static let throttled: [Row] = [
        Row(429, #"{"error":"Too many requests"}"#, .throttled(retryAfter: nil), "Too many requests"),
        Row(429, "", .throttled(retryAfter: .seconds(7)), "asked to try again later", retryAfter: "7"),
        Row(429, "<html>", .throttled(retryAfter: nil), type: "text/html"),
        Row(.tooLarge(status: 429, headers: none), .throttled(retryAfter: nil)),
        Row(503, #"{"error":"busy"}"#, .throttled(retryAfter: .seconds(1)), "busy", retryAfter: "1"),
        Row(503, " \r\n{\"error\" : \"busy\", \"message\":\"later\"}\n", .throttled(retryAfter: nil), "busy: later"),
        Row(408, #"{"error":"slow"}"#, .throttled(retryAfter: nil), type: "application/json; charset=utf-8"),
        Row(425, #"{"message":"m","error":"early"}"#, .throttled(retryAfter: nil)),
    ]

    /// Replies that Z-API itself never sends: they may come after the phone has rung.
    static let notOwn: [(body: String, type: String?)] = [
        ("", nil), ("<html>Application error</html>", "text/html"), ("upstream connect error", "text/plain"),
        ("<html>", "application/json"), (#"{"error":"busy"}"#, "text/html"), (#"{"error":"busy""#, nil),
        ("\u{FEFF}{\"error\":\"busy\"}", nil), (#"{"error":""}"#, nil), (#"{"error":" "}"#, nil),
        (#"{"error":503}"#, nil), (#"{"error":null}"#, nil), (#"{"error":{"message":"busy"}}"#, nil),
        (#"{"error":"busy","error":"busy"}"#, nil), (#"{"error":"busy","message":null}"#, nil),
        (#"{"error":"busy","message":"a","message":"b"}"#, nil), (#"{"Error":"busy"}"#, nil),
        (#"{"message":"busy"}"#, nil), (#"[{"error":"busy"}]"#, nil), (#"{"data":{"error":"busy"}}"#, nil),
        (#""busy""#, nil), ("null", nil), (#"{"error":"busy"}{}"#, nil), ("{\"error\":\"bu\nsy\"}", nil),
        (#"{"status":503,"error":"Service Unavailable","path":"/x"}"#, "application/json"),
        (#"{"statusCode":503,"error":"Service Unavailable","message":"busy"}"#, "application/json"),
        (#"{"timestamp":"2026-11-01T12:00:00Z","error":"Service Unavailable"}"#, "application/json"),
        (#"{"error":"busy","requestId":"1"}"#, "application/json"),
        (#"{"type":"about:blank","title":"busy","error":"busy"}"#, "application/problem+json"),
    ]

    static let gateways: [Row] =
        notOwn.flatMap { body, type in
            [503, 408, 425].map { Row($0, body, .inDoubt(.gatewayError), retryAfter: "1", type: type) }
        }
        + [500, 501, 502, 504, 507, 520, 522, 524, 529, 599].flatMap { status in
            ["", "<html>oops</html>", #"{"error":"Internal error"}"#].map { Row(status, $0, .inDoubt(.gatewayError)) }
        } + [
            Row(500, #"{"error":"Internal error"}"#, .inDoubt(.gatewayError), "Internal error"),
            Row(
                500, #"{"timestamp":1,"status":500,"error":"Internal Server Error","path":"/send-call"}"#,
                .inDoubt(.gatewayError), "Internal Server Error"),
            Row(500, #"{"error":"You are not connected."}"#, .inDoubt(.gatewayError)),
            Row(.tooLarge(status: 502, headers: none), .inDoubt(.gatewayError)),
            Row(.tooLarge(status: 503, headers: none), .inDoubt(.gatewayError)),
            Row(499, "", .inDoubt(.gatewayError)),
            Row(460, "", .inDoubt(.gatewayError)),
        ]

    static let refused: [Row] = [
        Row(400, #"{"error":"Phone number does not exist"}"#, .refused, "Phone number does not exist"),
        Row(400, "", .refused, "refused, no reason given"),
        Row(400, "<html>Bad Request</html>", .refused, "refused, no reason given"),
        Row(400, #"{"reason":"odd"}"#, .refused, #"{"reason":"odd"}"#),
        Row(
            422, #"{"error":"callDuration","message":"must be at most 15"}"#, .refused,
            "callDuration: must be at most 15"),
        Row(404, #"{"error":"Phone not found"}"#, .refused, "Phone not found"),
        Row(404, #"{"error":"Phone 5511999990001 not found on this instance"}"#, .refused),
        Row(404, #"{"error":"Phone not found","code":7}"#, .refused),
        Row(409, #"{"error":"conflict"}"#, .refused, "conflict"),
        Row(.tooLarge(status: 400, headers: none), .refused),
    ]

    static let misconfigured: [Row] = [
        Row(401, "", .misconfigured),
        Row(402, "", .misconfigured, "pay for, renew or unblock the instance at Z-API"),
        Row(402, "<html>", .misconfigured),
        Row(402, #"{"error":"Phone number does not exist"}"#, .misconfigured),
        Row(403, #"{"error":"Phone number does not exist"}"#, .misconfigured),
        Row(400, #"{"error":"null not allowed"}"#, .misconfigured),
        Row(400, #"{"error":"203.0.113.7 not allowed."}"#, .misconfigured),
        Row(400, #"{"error":"[203.0.113.7] NOT ALLOWED"}"#, .misconfigured),
        Row(404, #"{"error":"Instance not found"}"#, .misconfigured),
        Row(404, #"{"error":"NOT_FOUND","message":"Unable to find matching target resource method"}"#, .misconfigured),
        Row(404, #"{"timestamp":1,"status":404,"error":"Not Found","path":"/instances"}"#, .misconfigured),
        Row(404, #"{"error":"Not found"}"#, .misconfigured),
        Row(404, "<html>", .misconfigured),
        Row(405, "", .misconfigured, "check baseURL"),
        Row(407, "", .misconfigured),
        Row(415, "", .misconfigured, "check baseURL"),
        Row(302, "", .misconfigured, "a redirect; check baseURL"),
        Row(402, #"{"error":"You are not connected."}"#, .disconnected),
    ]

    private let table = VerdictTable(now: { now }, sanitizer: TextSanitizer(secrets: ["T0KEN-4711"]))

    @Test(arguments: lost + cutShort + throttled + gateways + refused + misconfigured)
    func `is what the table says`(row: Row) {
        let reply = table.reply(to: row.outcome)
        #expect(reply.verdict == row.verdict)
        if let error = row.error { #expect(reply.error == error) }
        #expect(reply.error?.isEmpty == false)
        if case .reply(let status, _, _) = row.outcome { #expect(reply.httpStatus == status) }
    }

    @Test func `never carries a secret, a line break or a very long text`() throws {
        let long = String(repeating: "x", count: 5000)
        for status in [200, 302, 400, 402, 429, 500] {
            let body = Array(#"{"error":"at /T0KEN-4711/\n\n \#(long)"}"#.utf8)
            let reply = table.reply(to: .reply(status: status, headers: Self.none, body: body))
            let error = try #require(reply.error)
            #expect(status == 302 || error.hasPrefix("at /‹secret›/ x"))
            #expect(error.count <= TextSanitizer.longest + 100)
            #expect(!error.contains { $0.isNewline })
        }
    }

    @Test(arguments: [
        ("password=instance not found", "password=‹secret› not found", Verdict.misconfigured),
        ("token: phone", "token: ‹secret›", .refused),
        (#"Phone not found, {\"token\":\"x1\"}"#, #"Phone not found, {"token":"‹secret›"}"#, .refused),
    ])
    func `is decided before secrets are taken out of the text`(said: String, shown: String, verdict: Verdict) {
        let body = Array(#"{"error":"\#(said)"}"#.utf8)
        let reply = table.reply(to: .reply(status: 404, headers: Self.none, body: body))
        #expect(reply.verdict == verdict)
        #expect(reply.error?.hasPrefix(shown) == true, "\(reply)")
    }

    @Test(
        arguments: [
            ("7", 7), ("0", 0), ("0.25", 0.25), ("1.5", 1.5), ("3600", 3600), ("3601", 3600), ("86400", 3600),
            ("99999999999999999999", 3600), ("Sun, 06 Nov 1994 08:50:00 GMT", 23),
            ("Sun, 06 Nov 1994 08:00:00 GMT", 0), ("Mon, 07 Nov 1994 08:50:00 GMT", 3600),
            ("soon", nil), ("-5", nil), ("", nil), ("1,5", nil), ("1.", nil), ("1e3", nil), ("0x10", nil),
            ("Sun, 06 Nov 1904 08:50:00 GMT", nil),
        ] as [(String, Double?)]
    ) func `waits as long as Retry-After says, an hour at most`(text: String, seconds: Double?) {
        #expect(RetryAfter(text, now: Self.now)?.wait == seconds.map { .seconds($0) })
    }

    @Test(
        arguments: [
            ("1790000030", 30), ("1790000030.5", 30.5), ("1790000030000", 30), ("1789999990", 0),
            ("1790009999", 3600), ("1780000000", nil), ("1690000000000", nil),
        ] as [(String, Double?)]
    ) func `knows a moment since 1970 in Retry-After`(text: String, seconds: Double?) {
        let now = Timestamp(milliseconds: 1_790_000_000_000)
        #expect(RetryAfter(text, now: now)?.wait == seconds.map { .seconds($0) })
    }
}
