import CampaignCore
import Foundation
import Testing

@testable import ZAPI

@Suite struct `A signature` {
    /// The vector of the reference libraries of Standard Webhooks.
    @Test func `is the one of Standard Webhooks`() throws {
        let key = try #require(SigningKey(Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
        let signature = key.signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8))
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `differs with each of id, time, body and key`() throws {
        func signature(_ key: String, _ id: String, _ seconds: Int64, _ body: String) throws -> String {
            let secret = "whsec_" + Data(key.utf8).base64EncodedString()
            return try #require(SigningKey(Secret(secret))).signature(id: id, seconds: seconds, body: Array(body.utf8))
        }
        let key = String(repeating: "k", count: 32)
        let all = try [
            signature(key, "m1", 1, "{}"), signature(key, "m2", 1, "{}"), signature(key, "m1", 2, "{}"),
            signature(key, "m1", 1, "{ }"), signature("x" + key.dropFirst(), "m1", 1, "{}"),
        ]
        #expect(Set(all).count == all.count)
    }

    @Test(arguments: [
        ("", 0, false), ("whsec_", 23, false), ("whsec_", 24, true), ("whsec_", 64, true), ("whsec_", 65, false),
        ("", 32, false), ("WHSEC_", 32, false), ("whsk_", 32, false),
    ])
    func `needs a key of 24 to 64 bytes, written as Standard Webhooks does`(prefix: String, size: Int, isKey: Bool) {
        let secret = prefix + Data(repeating: 0xFB, count: size).base64EncodedString()
        #expect((SigningKey(Secret(secret)) != nil) == isKey)
    }

    @Test func `needs a key in base64, which is never shown`() throws {
        #expect(SigningKey(Secret("whsec_not base64 at all, but long enough")) == nil)
        let key = try #require(SigningKey(Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!"\(key)\(dumped)\(String(reflecting: key))".contains("MfKQ9r8"))
    }

    @Test(arguments: [("msg_2KWPBgLl-x", "msg_2KWPBgLl-x"), ("a.b", "a_b"), ("a\r\nx-y: z", "a__x-y__z"), ("é", "_")])
    func `covers an id that nothing can be hidden in`(id: String, plain: String) {
        #expect(OutgoingMessage(id: id, body: []).id == plain)
    }
}

@Suite struct `An address to post to` {
    @Test(arguments: [
        ("https://example.com/hook?key=s3cret", "example.com"), ("HTTPS://Example.com:8443/", "example.com:8443"),
        ("http://127.0.0.1:7071/hook", "127.0.0.1:7071"), ("http://localhost/", "localhost"),
        ("http://[::1]:80/", "[::1]:80"), ("https://10.0.0.1/", "10.0.0.1"),
    ])
    func `is https anywhere, or http on this machine, and only its host is shown`(text: String, host: String) throws {
        let address = try #require(PostAddress(Secret(text)))
        #expect(address.host == host && address.url == Secret(text))
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!"\(address)\(dumped)".contains("s3cret"))
    }

    @Test(arguments: [
        "", "example.com", "//example.com", "http://example.com/", "http://127.0.0.1.example.com/", "http://127.1/",
        "http://128.0.0.1/", "http://0.0.0.0/", "http://[::2]/", "http://localhost.example.com/", "ftp://127.0.0.1/",
        "https://", "https:///path", "https://user@example.com/", "https://user:s3cret@example.com/",
        "https://:s3cret@example.com/", "https://exa mple.com/", "https://example.com/a b", "https://example.com:0/",
        "https://example.com:65536/", "https://ex%61mple.com/", "https://exämple.com/", "file:///etc/passwd",
        #"https://example.com\@evil.example/"#, "https://example.com/\r\nx: y",
    ])
    func `is nothing else`(text: String) {
        #expect(PostAddress(Secret(text)) == nil)
    }
}
