import CampaignCore
import Foundation
import Testing

@testable import ZAPI

@Suite struct `Untrusted text` {
    private static let secret = "s3cr/t T+ken~47"
    private let sanitizer = TextSanitizer(secrets: [secret, "other-Secret-12", "t", "abc12"])

    private static func encoded(_ text: String, _ digits: String) -> String {
        text.utf8.map { "%" + (digits == "upper" ? String($0, radix: 16).uppercased() : String($0, radix: 16)) }
            .joined()
    }

    static let forms: [String] = [
        secret, secret.uppercased(),
        secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "",
        (secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "").lowercased(),
        (secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "").replacing("%", with: "%25"),
        encoded(secret, "upper"), encoded(secret, "lower"),
        secret.replacing("/", with: #"\/"#), secret.replacing("/", with: #"\u002F"#),
        secret.replacing("+", with: "&#43;"), secret.replacing("/", with: "&#x2f;"),
        Data(secret.utf8).base64EncodedString(), Data("user:\(secret)".utf8).base64EncodedString(),
        Data("\(secret):x".utf8).base64EncodedString(), "s3cr\u{0}/t T\u{200B}+ken\u{1B}~47",
    ]

    /// The spellings of a secret of letters and digits, which appears unchanged in addresses.
    private static let plain = "tokSECRETinst4nce"

    static let plainForms: [String] = [
        plain.replacing("t", with: "&#000116;"), plain.replacing("t", with: "&#x00000000000000000074;"),
        plain.replacing("S", with: "&#83"), plain.replacing("t", with: "%u0074"), plain.replacing("t", with: "%U0074"),
        plain.replacing("t", with: #"\u{74}"#), plain.replacing("t", with: #"\x74"#),
        plain.replacing("t", with: #"\164"#), plain.replacing("t", with: "&amp;#116;"),
        plain.utf8.map { String($0, radix: 16) }.joined(),
        plain.utf8.map { String($0, radix: 16).uppercased() }.joined(),
        plain.utf8.map { String($0, radix: 16) }.joined(separator: ":"),
        plain.utf8.map { String($0, radix: 16) }.joined(separator: " "),
        plain.utf8.map { "0x" + String($0, radix: 16) }.joined(separator: ", "),
        "tokSECR\nETinst4nce", "tokSECR\r\n  ETinst4nce", "t o k S E C R E T i n s t 4 n c e", #"tokSECR\nETinst4nce"#,
        "tokSECR%0AETinst4nce", "tokSECR&#10;ETinst4nce", "tokSECR\u{A0}ETinst4nce", "tokSECR%E2%80%8BETinst4nce",
        plain.utf8.map { String($0) }.joined(separator: ", "), "dG9rU0VDUkVU\naW5zdDRuY2U=",
        "dG9rU0VDUkVU%0AaW5zdDRuY2U%3D", plain.replacing("t", with: "=74"), "tokSECR=\r\nETinst4nce",
        "tok&ZeroWidthSpace;SECR&shy;ETinst4nce", "tokSECR\\\nETinst4nce", plain.replacing("t", with: #"\U00000074"#),
        // Any number of layers, of any kinds.
        plain.replacing("t", with: "%2525252574"), plain.replacing("t", with: "&amp;amp;amp;amp;#116;"),
        plain.replacing("t", with: #"\\\\u0074"#), plain.replacing("t", with: #"%255Cu0074"#),
        plain.replacing("t", with: "&#37;&#x32;5&#55;4"), plain.replacing("t", with: #"\u0026#0116;"#),
        plain.replacing("t", with: "&#%31%31%36;"), plain.replacing("t", with: "%26%23x74%3B"),
        plain.replacing("t", with: #"\x25\x37\x34"#), plain.replacing("t", with: "&percnt;74"),
    ]

    @Test(arguments: plainForms)
    func `shows no secret of letters and digits, however it is written or split`(form: String) {
        let sanitizer = TextSanitizer(secrets: [Self.plain])
        for text in [form, "before \(form) behind", "“\(form)”"] {
            let line = sanitizer.line(text)
            #expect(line.contains("‹secret›"), "\(line)")
            for part in ["SECR", "inst4", "Inst", "53454", "53:45", "ETinst", "U0VD", "dDRu"] {
                #expect(!line.contains(part), "\(line)")
            }
            #expect(sanitizer.isSecret(text))
        }
    }

    @Test func `shows no part of a secret that is cut off, wherever the cut falls`() {
        let sanitizer = TextSanitizer(secrets: [Self.plain])
        for form in [Self.plain, "t o k S E C R E T i n s t 4 n c e", Self.plain.replacing("t", with: "&#000116;")] {
            for filler in ["x ", "é"] {
                for length in [2_040, 4_080, 4_095, 8_170, 8_185, 8_192] {
                    let line = sanitizer.line(String(repeating: filler, count: length) + form + " tail")
                    #expect(!line.contains("tok") && !line.contains("t o k"), "\(line.suffix(40))")
                }
            }
            // Runs of spaces become one space: text far behind them comes close in the line.
            for blanks in [1_000, 4_090, 8_186, 60_000] {
                let line = sanitizer.line("oops" + String(repeating: " ", count: blanks) + form + " tail")
                #expect(line == "oops ‹secret› tail")
                let end = sanitizer.line("a" + String(repeating: "\u{0}", count: blanks) + " " + form)
                #expect(end == "a ‹secret›")
            }
        }
        // Someone else has cut it.
        for count in 9..<Self.plain.count {
            #expect(sanitizer.line("oops " + Self.plain.prefix(count)) == "oops ‹secret›")
        }
        #expect(sanitizer.line("oops tokSE") == "oops tokSE")
        // Much of the cut text is redacted: still nothing of the rest is shown.
        let many = sanitizer.line(String(repeating: Self.plain + " ", count: 1_000))
        #expect(!many.contains("tok"))
    }

    @Test(arguments: [200, 400, 403, 500], [1_004, 4_079, 9_000])
    func `is searched before it is cut, also as a body`(status: Int, blanks: Int) {
        let table = VerdictTable(
            now: { .init(milliseconds: 0) }, sanitizer: TextSanitizer(secrets: [Self.plain]))
        let text = "oops" + String(repeating: " ", count: blanks) + Self.plain + " tail"
        for body in [text, #"{"error":"\#(text)"}"#, #"{"zaapId":"\#(text)"}"#] {
            let reply = table.reply(to: .reply(status: status, headers: ReplyHeaders(), body: Array(body.utf8)))
            #expect(reply.error?.contains("tokS") != true, "\(reply)")
            if case .accepted = reply.verdict { Issue.record("\(reply)") }
        }
        let id = String(repeating: "A", count: 250) + Self.plain
        let body = Array(#"{"zaapId":"\#(id)","messageId":"M"}"#.utf8)
        let reply = table.reply(to: .reply(status: 200, headers: ReplyHeaders(), body: body))
        #expect(reply.verdict == .inDoubt(.unreadableReply))
    }

    @Test(arguments: forms)
    func `shows no secret, however it is written`(form: String) {
        for text in [form, "before \(form) behind", "at https://h/instances/3C/token/\(form)/send-call", "“\(form)”"] {
            let line = sanitizer.line(text)
            #expect(line.contains("‹secret›"), "\(line)")
            for part in ["s3cr", "S3CR", "ken~", "czNjc", "%6b", "%6B", "ken%7"] {
                #expect(!line.contains(part), "\(line)")
            }
        }
    }

    @Test(
        arguments: [
            ("GET https://api.z-api.io/instances/3C/token/F00B4R/send-call failed", "F00B4R"),
            ("https%3A%2F%2Fh%2Finstances%2F3C%2Ftoken%2FF00B4R%2Fstatus", "F00B4R"),
            (#"https:\/\/h\/instances\/3C\/token\/F00B4R\/status"#, "F00B4R"),
            ("/INSTANCES/3C/TOKEN/F00B4R?x=1", "F00B4R"),
        ]) func `shows no token of an address, not even one that is not ours`(text: String, token: String)
    {
        let line = sanitizer.line(text)
        #expect(line.contains("‹secret›") && !line.contains(token), "\(line)")
    }

    @Test(
        arguments: [
            ("proxy http://user:p4ss/w@rd@10.0.0.1:3128 failed", "proxy http://‹secret›@10.0.0.1:3128 failed"),
            (#"{"url":"https:\/\/user:p4ssw0rd@host"}"#, #"{"url":"https:\/\/‹secret›@host"}"#),
            ("https%3A%2F%2Fuser%3Ap4ssw0rd%40host", "https%3A%2F%2F‹secret›%40host"),
            ("https://host/path and a@b", "https://host/path and a@b"), ("https://@host", "https://@host"),
            ("https://a.example/@ana", "https://a.example/@ana"),
            ("http://a.example:80/x@y", "http://a.example:80/x@y"),
            ("http://us/er:p@h", "http://‹secret›@h"), ("http://u.x:1a/b@h", "http://‹secret›@h"),
        ]) func `shows no login in an address, not even one that is not ours`(text: String, line: String)
    {
        #expect(sanitizer.line(text) == line)
    }

    @Test(
        arguments: [
            ("proxy user:p4ssw0rd@10.0.0.1:3128 refused", "proxy ‹secret›@10.0.0.1:3128 refused"),
            ("proxy 10.0.0.1:3128:user:p4ssw0rd refused", "proxy 10.0.0.1:3128:‹secret› refused"),
            ("Client-Token: p4ssw0rd", "Client-Token: ‹secret›"), ("<pw>p4ssw0rd</pw>", "<pw>‹secret›</pw>"),
            ("Authorization: Bearer p4ssw0rd", "Authorization: ‹secret›"), ("Bearer p4ssw0rd", "Bearer ‹secret›"),
            (#"{"token":"p4ssw0rd"}"#, #"{"token":"‹secret›"}"#), ("token%3Dp4ssw0rd", "token%3D‹secret›"),
            ("password=p4ssw0rd", "password=‹secret›"), ("Cookie: session=p4ssw0rd", "Cookie: ‹secret›"),
            ("client-token is not allowed", "client-token is not allowed"),
            ("Phone 5511987654321 does not exist", "Phone 5511987654321 does not exist"),
        ]) func `shows no secret behind the name of one, not even one that is not ours`(text: String, line: String)
    {
        #expect(sanitizer.line(text) == line)
    }

    @Test(
        arguments: [
            ("too many requests", "too many requests"), ("don't test the token", "don't test the token"),
            ("abc123 and xabc12", "abc123 and xabc12"), ("abc12 failed", "‹secret› failed"),
            ("at /t/send", "at /‹secret›/send"), ("token=t&x", "token=‹secret›&x"), ("a-t t_b", "a-t t_b"),
        ]) func `loses a short secret only where it is a whole word`(text: String, line: String)
    {
        #expect(sanitizer.line(text) == line)
    }

    @Test(
        arguments: [
            ("a\u{1B}[2J\u{1B}]0;x\u{7}b", "a[2J]0;xb"), ("a\u{9B}31mb", "a31mb"), ("a\u{202E}b\u{2066}c", "abc"),
            ("a\r\n\tb\u{2028}c\u{85}d", "a b c d"), ("\u{FEFF}a\u{0}", "a"), ("  a  ", "a"), ("", ""),
            ("ligação não concluída 📞", "ligação não concluída 📞"),
        ]) func `is one line that cannot control a terminal`(text: String, line: String)
    {
        #expect(sanitizer.line(text) == line)
    }

    @Test func `is of bounded length, whatever it is made of`() {
        let texts = [
            String(repeating: "x", count: 60_000), "e" + String(repeating: "\u{301}", count: 60_000),
            String(repeating: " ", count: 60_000) + "x", String(repeating: Self.secret, count: 2_000),
            String(repeating: "%25", count: 20_000), String(repeating: "/token/", count: 9_000),
            String(repeating: "&#&#&#", count: 20_000), String(repeating: #"\u"#, count: 60_000),
        ]
        for text in texts {
            #expect(sanitizer.line(text).unicodeScalars.count <= TextSanitizer.longest)
        }
        #expect(sanitizer.line(String(repeating: "x", count: 301)).hasSuffix("x…"))
        #expect(sanitizer.line(String(repeating: "x", count: 300)).hasSuffix("xx"))
    }

    @Test(arguments: ["%25", "&#&#&#", #"\\\\\\u"#]) func `is not made of a whole megabyte, since so much is not shown`(
        part: String
    ) {
        let sanitizer = TextSanitizer(secrets: ["tokSECRETinst4nce"])
        let text = String(repeating: part, count: (1 << 20) / part.utf8.count)
        let line = sanitizer.line(text)
        #expect(line.unicodeScalars.count == TextSanitizer.longest && line.hasSuffix("…"))
        #expect(sanitizer.line("tokSECRETinst4nce " + text).hasPrefix("‹secret› "))
    }
}
