import CampaignCore
import Testing
import Webhooks

@Suite struct `The addresses of webhooks` {
    static let token = WebhookToken(randomBytes: (0..<32).map { $0 })

    @Test func `a token is 43 characters made of 32 random bytes`() throws {
        #expect(Self.token?.text.reveal() == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
        #expect(
            WebhookToken(randomBytes: [UInt8](repeating: 0xFF, count: 32))?.text.reveal()
                == String(repeating: "_", count: 42) + "8")
        for count in [0, 31, 33] { #expect(WebhookToken(randomBytes: [UInt8](repeating: 1, count: count)) == nil) }
    }

    @Test func `what is stored is the SHA-256 of its text`() throws {
        let hash = try #require(Self.token).hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(hash == "ea866a757e4c38babfa8127cbe9a409d3e1f93a00ff1488ff735fcf917afffd0")
    }

    @Test func `a token and an address print as a placeholder`() throws {
        let token = try #require(Self.token)
        let url = try #require(WebhookURL(PublicURL("https://example.com"), instance: "3C", token: token))
        for text in ["\(token)", "\(url)", String(reflecting: token), String(reflecting: url)] {
            #expect(!text.contains("AAECAw"))
        }
    }

    @Test func `an address is the public one, the instance and the token`() throws {
        let token = try #require(Self.token)
        let url = try #require(WebhookURL(PublicURL("https://Example.com/calls/"), instance: "3C01A7B2", token: token))
        #expect(url.url.reveal() == "https://example.com/calls/z/3C01A7B2/\(token.text.reveal())")
        for instance in ["", "a/b", "a b", "a?b", "ä", "%41", "..", String(repeating: "A", count: 65)] {
            #expect(WebhookURL(try PublicURL("https://example.com"), instance: instance, token: token) == nil)
        }
    }

    @Test func `ours is known again, wherever it leads`() throws {
        let token = try #require(Self.token)
        let here = try PublicURL("https://example.com/calls")
        let url = try #require(WebhookURL(here, instance: "3C01A7B2", token: token))
        let read = try #require(WebhookURL(url.url))
        #expect(read == url)
        #expect(read.begins(with: here))
        #expect(!read.begins(with: try PublicURL("https://example.com")))
        #expect(!read.begins(with: try PublicURL("https://example.org/calls")))
        let ours = WebhookAddress(instance: "3C01A7B2", tokenHash: token.hash)
        #expect(read.isAmong([ours]))
        #expect(!read.isAmong([WebhookAddress(instance: "OTHER", tokenHash: token.hash)]))
        #expect(!read.isAmong([WebhookAddress(instance: "3C01A7B2", tokenHash: [])]))
        #expect(!read.isAmong([]))
    }

    @Test(arguments: [
        "", "https://example.com", "https://example.com/webhook", "https://example.com/z/3C01A7B2/short",
        "https://example.com/z/3C01A7B2/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8/",
        "https://example.com/z//AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        "/z/3C01A7B2/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        "https://example.com/z/3C01A7B2/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+",
    ])
    func `another's address is not ours`(text: String) {
        #expect(WebhookURL(Secret(text)) == nil)
    }

    @Test(arguments: [
        ("https://example.com", "https://example.com"), ("https://example.com/", "https://example.com"),
        ("HTTPS://EXAMPLE.com:8443/A-b/c_d.~/", "https://example.com:8443/A-b/c_d.~"),
        ("https://203.0.113.7", "https://203.0.113.7"), ("https://[2001:db8::1]:443/x", "https://[2001:db8::1]:443/x"),
        ("http://127.0.0.1:7071", "http://127.0.0.1:7071"), ("http://localhost", "http://localhost"),
        ("http://[::1]:80", "http://[::1]:80"), ("http://127.1.2.3", "http://127.1.2.3"),
    ])
    func `a public address is HTTPS, or this machine`(text: String, expected: String) throws {
        #expect(try PublicURL(text).text == expected)
    }

    @Test(arguments: [
        ("", PublicURLError.notHTTPS), ("example.com", .notHTTPS), ("ftp://example.com", .notHTTPS),
        ("http://example.com", .notHTTPS), ("http://127.0.0.1.example.com", .notHTTPS),
        ("http://127.0.0.256", .notHTTPS),
        ("http://localhost.example.com", .notHTTPS), ("http://10.0.0.1", .notHTTPS), ("http://0.0.0.0", .notHTTPS),
        ("https://user:pass@example.com", .credentials), ("https://example.com?x=1", .query),
        ("https://example.com/#x", .query), ("https://", .noHost), ("https:///path", .noHost),
        ("https://exa mple.com", .noHost),
        ("https://example.com:0", .noHost), ("https://example.com:99999", .noHost), ("https://example.com:", .noHost),
        ("https://[::1", .noHost), ("https://[example.com]", .noHost), ("https://-a.com", .noHost),
        ("https://a..b", .noHost),
        ("https://exämple.com", .noHost), ("https://example.com\\@evil.com", .credentials),
        ("https://example.com/a b", .path),
        ("https://example.com//x", .path), ("https://example.com/%41", .path), ("https://example.com/ä", .path),
        ("https://example.com/" + String(repeating: "a", count: 1_000), .tooLong),
    ])
    func `anything else is refused, with a reason that does not repeat it`(text: String, expected: PublicURLError) {
        #expect(throws: expected) { try PublicURL(text) }
        #expect(!expected.description.contains("pass@"))
    }

    @Test(
        arguments: [
            ("127.0.0.1:7071", ListenAddress(host: "127.0.0.1", port: 7071)),
            ("[::1]:0", ListenAddress(host: "::1", port: 0)),
            ("0.0.0.0:443", ListenAddress(host: "0.0.0.0", port: 443)),
            ("localhost:80", ListenAddress(host: "localhost", port: 80)),
            ("::1:80", nil), ("7071", nil), (":7071", nil), ("127.0.0.1:", nil), ("127.0.0.1:65536", nil),
            ("127.0.0.1:-1", nil),
            ("[::1]", nil), ("[x]:80", nil), ("a b:80", nil), ("http://127.0.0.1:80", nil), ("127.0.0.1:8a", nil),
            ("", nil),
        ] as [(String, ListenAddress?)])
    func `a listener's address is a host and a port`(text: String, expected: ListenAddress?) {
        #expect(ListenAddress(text) == expected)
        if let expected { #expect(expected.description == text) }
    }

    @Test(arguments: [
        ("127.0.0.1", false, false, true), ("::1", false, false, true), ("localhost", false, false, true),
        ("0.0.0.0", false, false, false), ("::", false, false, false), ("192.168.0.5", false, false, false),
        ("example.com", false, false, false), ("0.0.0.0", true, false, true), ("0.0.0.0", false, true, true),
        ("0.0.0.0", true, true, true), ("127.0.0.1", true, true, true),
    ])
    func `plain HTTP beyond this machine needs a proxy`(host: String, hasTLS: Bool, hasProxy: Bool, isAllowed: Bool) {
        let address = ListenAddress(host: host, port: 7071)
        let files = hasTLS ? CertificateFiles(certificate: "a", key: "b") : nil
        let result = Result { () throws(WebhookServerError) in
            try WebhookServerConfiguration(address, certificate: files, isBehindProxy: hasProxy)
        }
        switch result {
        case .success: #expect(isAllowed)
        case .failure(let error):
            #expect(!isAllowed)
            #expect(error == .unprotected(address))
            for option in ["--tls-cert", "--tls-key", "--behind-proxy", "127.0.0.1"] {
                #expect(error.description.contains(option))
            }
        }
    }
}
