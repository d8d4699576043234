import CampaignCore
import Testing

@Suite struct WebAddressTests {
    @Test(arguments: [
        ("https://example.com", true, "example.com"), ("https://example.com/a.mp3", true, "example.com"),
        ("HTTPS://Example.COM/A.mp3", true, "example.com"), ("http://a", false, "a"),
        ("http://127.0.0.1:8080/a", false, "127.0.0.1"), ("https://[2001:DB8::1]:443/", true, "[2001:db8::1]"),
        ("https://[::1]", true, "[::1]"), ("https://a_b-c.example.com?x=1", true, "a_b-c.example.com"),
        ("https://example.com#a", true, "example.com"), ("https://example.com:65535", true, "example.com"),
        ("https://example.com/@user/a@b.mp3", true, "example.com"),
        ("https://example.com/a%20b%C3%A7?sig=a/b+c==&x=(1)*!$',;:[2]", true, "example.com"),
    ])
    func `an address is taken as it is, and says its host`(text: String, isEncrypted: Bool, host: String) throws {
        let address = try WebAddress(text)
        #expect(address.text == text)
        #expect(address.isEncrypted == isEncrypted)
        #expect(address.host == host)
    }

    @Test(arguments: [
        ("", WebAddress.Fault.otherScheme), ("example.com/a.mp3", .otherScheme), ("//example.com", .otherScheme),
        ("ftp://example.com", .otherScheme), ("https:/example.com", .otherScheme), ("file:///a.mp3", .otherScheme),
        ("data:audio/mp3;base64,AAAA", .otherScheme), ("httpss://a", .otherScheme),
        ("https://example.com/a b.mp3", .unencoded), (" https://example.com", .unencoded),
        ("https://example.com\n", .unencoded), ("https://example.com/ação.mp3", .unencoded),
        ("https://example.com/\"", .unencoded), ("https://example.com/\\a", .unencoded),
        ("https://example.com/<a>", .unencoded), ("https://example.com/%", .unencoded),
        ("https://example.com/%2", .unencoded), ("https://example.com/%g0", .unencoded),
        ("https://example.com/\u{0}", .unencoded), ("C:\\audio\\a.mp3", .unencoded), ("=HYPERLINK(\"x\")", .unencoded),
        ("https://me@example.com", .userInfo), ("https://me:pass@example.com/a", .userInfo), ("https://@a", .userInfo),
        ("https://", .host), ("https:///a.mp3", .host), ("https://?a", .host), ("https://.a", .host),
        ("https://a..b", .host), ("https://a.", .host), ("https://-a", .host), ("https://a%2e", .host),
        ("https://[::1", .host), ("https://[]", .host), ("https://[example.com]", .host), ("https://:80", .host),
        ("https://a!b", .host), ("https://\(String(repeating: "a", count: 254))", .host),
        ("https://a:", .port), ("https://a:0", .port), ("https://a:65536", .port), ("https://a:8x", .port),
        ("https://a:-1", .port), ("https://[::1]8", .port), ("https://a:99999999999999999999", .port),
    ])
    func `anything else is refused with the reason`(text: String, fault: WebAddress.Fault) {
        #expect(throws: fault) { try WebAddress(text) }
    }

    @Test func `an address has up to 2048 characters`() throws {
        let prefix = "https://example.com/"
        let longest = prefix + String(repeating: "x", count: WebAddress.longest - prefix.utf8.count)
        #expect(try WebAddress(longest).text == longest)
        #expect(throws: WebAddress.Fault.tooLong) { try WebAddress(longest + "x") }
    }

    @Test(arguments: WebAddress.Fault.allCases)
    func `every fault says what is wrong and what to do, in half a sentence each`(fault: WebAddress.Fault) {
        for language in Language.allCases {
            #expect(!fault.message[language].hasSuffix("."))
            #expect(!fault.remedy[language].hasSuffix("."))
        }
    }
}
