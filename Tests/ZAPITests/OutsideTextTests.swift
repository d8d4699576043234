import Foundation
import Testing

@testable import ZAPI

@Suite struct `Text from outside` {
    private static let secret = "s3cr/t T+ken~47"
    private let outside = OutsideText(secrets: [secret, "other-Secret-12", "t", "abc12"])

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

    @Test(arguments: [1_000, 1_004, 1_020, 4_079, 4_090, 60_000])
    func `a secret behind any number of blanks is not cut in two`(blanks: Int) {
        let secret = "tokSECRETinst4nce"
        let text = "oops" + String(repeating: " ", count: blanks) + secret + " tail"
        let line = OutsideText(secrets: [secret]).line(text)
        #expect(!line.contains("tokSEC"), "\(line)")
        let body = ZAPIBody(Array(text.utf8))
        #expect(body.text.map { !OutsideText(secrets: [secret]).line($0).contains("tokSEC") } == true)
    }

    @Test(arguments: forms)
    func `shows no secret, however it is written`(form: String) {
        for text in [form, "before \(form) behind", "at https://h/instances/3C/token/\(form)/send-call", "“\(form)”"] {
            let line = outside.line(text)
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
        ]) func `shows no token of an address, also not a stranger's`(text: String, token: String)
    {
        let line = outside.line(text)
        #expect(line.contains("‹secret›") && !line.contains(token), "\(line)")
    }

    @Test(
        arguments: [
            ("too many requests", "too many requests"), ("don't test the token", "don't test the token"),
            ("abc123 and xabc12", "abc123 and xabc12"), ("abc12 failed", "‹secret› failed"),
            ("at /t/send", "at /‹secret›/send"), ("token=t&x", "token=‹secret›&x"), ("a-t t_b", "a-t t_b"),
        ]) func `loses a short secret only where it is a whole word`(text: String, line: String)
    {
        #expect(outside.line(text) == line)
    }

    @Test(
        arguments: [
            ("a\u{1B}[2J\u{1B}]0;x\u{7}b", "a[2J]0;xb"), ("a\u{9B}31mb", "a31mb"), ("a\u{202E}b\u{2066}c", "abc"),
            ("a\r\n\tb\u{2028}c\u{85}d", "a b c d"), ("\u{FEFF}a\u{0}", "a"), ("  a  ", "a"), ("", ""),
            ("ligação não concluída 📞", "ligação não concluída 📞"),
        ]) func `is one line that steers no terminal`(text: String, line: String)
    {
        #expect(outside.line(text) == line)
    }

    @Test func `is bounded, whatever it is made of`() {
        let texts = [
            String(repeating: "x", count: 60_000), "e" + String(repeating: "\u{301}", count: 60_000),
            String(repeating: " ", count: 60_000) + "x", String(repeating: Self.secret, count: 2_000),
            String(repeating: "%25", count: 20_000), String(repeating: "/token/", count: 9_000),
        ]
        for text in texts {
            #expect(outside.line(text).unicodeScalars.count <= OutsideText.longest)
        }
        #expect(outside.line(String(repeating: "x", count: 301)).hasSuffix("x…"))
        #expect(outside.line(String(repeating: "x", count: 300)).hasSuffix("xx"))
    }
}
