import CampaignCore
import ScriptedServer
import Testing

@testable import ZAPI

@Suite struct `What Z-API says about an instance` {
    /// The documentation's example, with what a real reply has besides.
    static let documented = #"""
        {"id":"A","token":"t0ken-of-instance-A","name":"My instance","due":1700000000,"connected":true,
        "paymentStatus":"ACTIVE","created":"2024-01-01T00:00:00.000Z",
        "connectedCallbackUrl":"https://mysite.com/webhook/connected",
        "deliveryCallbackUrl":"https://hooks.mysite.com:8443/z/A/addr3ss-s3cret",
        "disconnectedCallbackUrl":"","messageStatusCallbackUrl":null,
        "presenceChatCallbackUrl":"  ","receivedCallbackUrl":"https://mysite.com/received?key=addr3ss-s3cret",
        "receivedAndDeliveryCallbackUrl":"https://other.example/received",
        "receivedStatusCallbackUrl":"https://third.example/status",
        "receiveCallbackSentByMe":false,"callRejectAuto":true,"callRejectMessage":"","autoReadMessage":false,
        "initialDataCallbackUrl":"","proxy":{"host":"10.0.0.1","user":"u","password":"pr0xy-passw0rd"}}
        """#

    @Test func `is what matters, and nothing secret`() async throws {
        try await withScriptedZAPI({ _ in .reply(200, Self.documented) }) { server, client in
            let account = try await client.account(of: 0)
            #expect(server.requests == ["GET /instances/A/token/t0ken-of-instance-A/me HTTP/1.1"])
            #expect(server.wholeRequests.first?.header("Client-Token") == "cl1ent-token-of-A")
            #expect(account.isConnected)
            #expect(account.due == Timestamp(milliseconds: 1_700_000_000_000))
            #expect(account.paymentStatus == "ACTIVE")
            #expect(account.rejectsCalls == true)
            #expect(account.receivesSentByMe == false)
            #expect(Set(account.callbacks.keys) == [.connected, .delivery, .received, .receivedAndDelivery])
            #expect(account.callbacks[.delivery]?.host == "hooks.mysite.com:8443")
            #expect(account.callbacks[.delivery]?.url == Secret("https://hooks.mysite.com:8443/z/A/addr3ss-s3cret"))
            #expect(account.callbacks[.received]?.url != account.callbacks[.receivedAndDelivery]?.url)
            #expect(account.otherCallbacks.map(\.host) == ["third.example"])
            var dumped = ""
            dump(account, to: &dumped)
            for text in ["\(account)", String(reflecting: account), dumped] {
                for secret in ["addr3ss-s3cret", "t0ken", "pr0xy", "10.0.0.1"] {
                    #expect(!text.contains(secret), "\(text)")
                }
            }
        }
    }

    @Test(arguments: [
        (#"1700000000"#, 1_700_000_000_000), (#"1648565999675"#, 1_648_565_999_675),
        (#""1700000000""#, 1_700_000_000_000), ("1.7e9", 1_700_000_000_000), ("null", nil), ("0", nil), ("-5", nil),
        (#""soon""#, nil), ("{}", nil), ("1e300", nil), (#""nan""#, nil), ("true", nil),
    ])
    func `names the end of what is paid for in seconds or milliseconds`(due: String, milliseconds: Int64?) throws {
        let body = #"{"connected":false,"due":\#(due)}"#
        let account = try #require(InstanceAccount(Array(body.utf8)) { $0 })
        #expect(account.due?.milliseconds == milliseconds)
        #expect(!account.isConnected && account.rejectsCalls == nil && account.callbacks.isEmpty)
    }

    @Test(arguments: [
        "", "null", "[]", "7", "{}", #"{"connected":null}"#, #"{"connected":"yes"}"#, "<html>pr0xy-passw0rd</html>",
        #"{"token":"pr0xy-passw0rd"}"#, #"{"connected":true,"deliveryCallbackUrl":7,"x":"pr0xy-passw0rd"}"#,
        #"{"connected":true,"deliveryCallbackUrl":["pr0xy-passw0rd"]}"#,
        #"{"connected":true,"somethingNewCallbackUrl":{"pr0xy-passw0rd":1}}"#,
        #"{"connected":true,"token":"pr0xy-passw0rd""#, #"[{"connected":true,"token":"pr0xy-passw0rd"}]"#,
    ])
    func `is an error without a word of it where it is not as documented`(body: String) async throws {
        try await withScriptedZAPI({ _ in .reply(200, body) }) { _, client in
            await #expect(throws: ProviderError.unreachable("the reply to /me does not describe an instance")) {
                try await client.account(of: 0)
            }
        }
    }

    @Test(arguments: [400, 403, 404, 405, 429, 500, 503])
    func `is not quoted when it is refused with something else in the body`(status: Int) async throws {
        let bodies = [
            #"{"connected":true,"proxy":{"password":"pr0xy-passw0rd"}}"#, "proxy: pr0xy-passw0rd",
            #"{"error":"proxy http://user:pr0xy-passw0rd@10.0.0.1:3128 is unreachable"}"#,
            #"{"error":"t0ken-of-instance-A is wrong","message":"cl1ent-token-of-A"}"#,
            #"{"error":"no","token":"pr0xy-passw0rd"}"#,
        ]
        for body in bodies {
            try await withScriptedZAPI({ _ in .reply(status, body) }) { _, client in
                let error = await #expect(throws: ProviderError.self) { try await client.account(of: 0) }
                let text = error.map { "\($0)" } ?? ""
                for secret in ["pr0xy", "t0ken", "cl1ent"] { #expect(!text.contains(secret), "\(text)") }
            }
        }
    }

    @Test func `is refused in Z-API's own words`() async throws {
        for status in [200, 400, 403] {
            let reply = ScriptedServer.Reply.reply(status, #"{"error":"null not allowed"}"#)
            try await withScriptedZAPI({ _ in reply }) { _, client in
                let error = await #expect(throws: ProviderError.self) { try await client.account(of: 0) }
                #expect(error.map { "\($0)" }?.contains("null not allowed") == true)
                guard case .refused? = error else {
                    Issue.record("\(status): \(String(describing: error))")
                    return
                }
            }
        }
    }

    @Test(arguments: [
        ("https://hooks.example.com/z/A/t", "hooks.example.com"), ("https://Hooks.Example.com", "hooks.example.com"),
        ("http://127.0.0.1:7071/z", "127.0.0.1:7071"), ("https://[::1]:8443/z", "[::1]:8443"),
        ("https://user:s3cret@hooks.example.com/z", "hooks.example.com"),
        ("hooks.example.com/s3cret", nil), ("s3cret", nil), ("https://", nil), ("https:///s3cret", nil),
        ("https://ex%61mple.com/s3cret", nil), ("https://s3 cret/", nil), ("//s3cret", nil),
    ])
    func `shows of an address its host at most`(text: String, host: String?) throws {
        let address = try #require(CallbackAddress("  \(text)\n") { $0 })
        #expect(address.url == Secret(text))
        #expect(address.host == host ?? "an address that cannot be read")
    }

    @Test func `shows no token that is a part of a host`() throws {
        let sanitizer = TextSanitizer(secrets: ["t0ken-of-instance-a"])
        let address = try #require(
            CallbackAddress("https://t0ken-of-instance-A.example.com/", sanitized: sanitizer.line))
        #expect(address.host == "‹secret›.example.com")
    }
}
