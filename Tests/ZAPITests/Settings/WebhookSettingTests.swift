import CampaignCore
import ScriptedServer
import Testing
import ZAPI

@Suite struct `Setting webhooks` {
    private static let url = "https://hooks.example.com/z/A/0123456789abcdef-addr3ss-s3cret"
    private static let unknown = ScriptedServer.Reply.reply(
        404, #"{"error":"NOT_FOUND","message":"Unable to find matching target resource method"}"#)
    private static let taken = ScriptedServer.Reply.reply(200, #"{"value":true}"#)

    private static func path(_ line: String) -> String {
        line.split(separator: " ").dropFirst().first?.split(separator: "/").last.map(String.init) ?? ""
    }

    @Test func `is one request for all of them`() async throws {
        try await withScriptedZAPI({ _ in Self.taken }) { server, client in
            try await client.setWebhooks(of: 0, to: Secret(Self.url))
            let request = try #require(server.wholeRequests.first)
            #expect(request.lines.first == "PUT /instances/A/token/t0ken-of-instance-A/update-every-webhooks HTTP/1.1")
            #expect(request.header("Content-Type") == "application/json")
            #expect(request.header("Client-Token") == "cl1ent-token-of-A")
            #expect(
                request.body == #"{"notifySentByMe":true,"value":"\#(Self.url)"}"#
                    || request.body == #"{"value":"\#(Self.url)","notifySentByMe":true}"#)
            #expect(server.requests.count == 1)
        }
    }

    @Test(arguments: [404, 405, 501, 400])
    func `is done kind by kind where a server does not know that`(status: Int) async throws {
        let unknown = ScriptedServer.Reply.reply(
            status, #"{"error":"NOT_FOUND","message":"Unable to find matching target resource method"}"#)
        try await withScriptedZAPI({ line in
            ["update-every-webhooks", "update-webhook-received-delivery", "update-notify-sent-by-me"]
                .contains(Self.path(line)) ? unknown : Self.taken
        }) { server, client in
            try await client.setWebhooks(of: 0, to: Secret(Self.url))
            #expect(
                server.requests.map(Self.path) == [
                    "update-every-webhooks", "update-webhook-delivery", "update-webhook-received",
                    "update-webhook-message-status", "update-webhook-disconnected", "update-webhook-connected",
                    "update-webhook-received-delivery", "update-notify-sent-by-me",
                ])
            #expect(server.wholeRequests[1...6].allSatisfy { $0.body == #"{"value":"\#(Self.url)"}"# })
            #expect(server.wholeRequests.last?.body == #"{"notifySentByMe":true}"#)
        }
    }

    @Test func `names the kind that was refused`() async throws {
        try await withScriptedZAPI({ line in
            switch Self.path(line) {
            case "update-every-webhooks": Self.unknown
            case "update-webhook-disconnected": .reply(400, #"{"error":"value must be an https url"}"#)
            default: Self.taken
            }
        }) { _, client in
            await #expect(
                throws: ProviderError.refused(
                    "update-webhook-disconnected: HTTP 400, value must be an https url")
            ) { try await client.setWebhooks(of: 0, to: Secret(Self.url)) }
        }
    }

    @Test(arguments: [
        (200, #"{"error":"only https"}"#, ProviderError.refused("only https")),
        (200, #"{"value":false}"#, .refused("the setting was not taken")),
        (200, "{}", .unreachable("the reply does not say whether the setting was taken")),
        (200, "", .unreachable("the reply does not say whether the setting was taken")),
        (200, "<html>", .unreachable("the reply does not say whether the setting was taken")),
        (200, #"{"value":"true"}"#, .unreachable("the reply does not say whether the setting was taken")),
        (400, #"{"error":"only https"}"#, .refused("HTTP 400, only https")),
        (
            404, #"{"error":"Instance not found"}"#,
            .refused("HTTP 404, Instance not found (check the instance's id and token, and baseURL)")
        ),
        (
            403, #"{"error":"null not allowed"}"#,
            .refused(
                "HTTP 403, null not allowed (check the instance's id, token and client token, and the IP addresses "
                    + "that Z-API allows)")
        ),
        (429, "", .throttled(retryAfter: nil)),
    ])
    func `fails in Z-API's own words`(status: Int, body: String, error: ProviderError) async throws {
        try await withScriptedZAPI({ _ in .reply(status, body) }) { server, client in
            await #expect(throws: error) { try await client.setWebhooks(of: 0, to: Secret(Self.url)) }
            #expect(server.requests.count == 1)
        }
    }

    @Test(arguments: [200, 400, 422, 500])
    func `never shows the address, nor the token in it`(status: Int) async throws {
        let texts = [Self.url, "/z/A/0123456789abcdef-addr3ss-s3cret", "0123456789abcdef-addr3ss-s3cret is too long"]
        for text in texts {
            let body = #"{"error":"cannot use \#(text)"}"#
            try await withScriptedZAPI({ _ in .reply(status, body) }) { _, client in
                let error = await #expect(throws: ProviderError.self) {
                    try await client.setWebhooks(of: 0, to: Secret(Self.url))
                }
                let said = error.map { "\($0)" } ?? ""
                #expect(said.contains("cannot use") && !said.contains("addr3ss"), "\(said)")
            }
        }
    }

    @Test func `ends when the server does not answer`() async throws {
        let port = try ClosedPort()
        var instance = Instance(name: "a", id: "A", token: Secret("t0ken-of-instance-A"))
        instance.baseURL = "http://127.0.0.1:\(port.number)"
        let client = ZAPIClient(patient: instance)
        await #expect(throws: ProviderError.unreachable("cannot connect: connection refused")) {
            try await client.setWebhooks(of: 0, to: Secret(Self.url))
        }
        try await client.pool.shutdown()
    }
}

@Suite struct `A setting that a server may not know` {
    @Test(arguments: [
        (200, #"{"success":true}"#, SettingOutcome.set), (200, #"{"value":true}"#, .set),
        (204, #"{"value":true}"#, nil),
        (404, #"{"error":"NOT_FOUND","message":"Unable to find matching target resource method"}"#, .notAvailable),
        (404, "", .notAvailable), (404, "<html>not found</html>", .notAvailable), (405, "", .notAvailable),
        (400, #"{"error":"unknown setting"}"#, .notAvailable), (400, "", .notAvailable), (501, "", .notAvailable),
        (400, #"{"error":"your client-token is not configured"}"#, nil), (404, #"{"error":"Instance not found"}"#, nil),
        (403, #"{"error":"null not allowed"}"#, nil), (200, #"{"success":false}"#, nil), (200, "{}", nil),
        (500, "", nil),
        (415, "", nil), (429, "", nil), (302, "", nil),
    ])
    func `is not available there, which is no failure`(
        status: Int, body: String, outcome: SettingOutcome?
    ) async throws {
        try await withScriptedZAPI({ _ in .reply(status, body) }) { server, client in
            if let outcome {
                let queue = try await client.keepNothingWhileDisconnected(of: 0)
                let filters = try await client.clearFilters(of: 0)
                #expect([queue, filters] == [outcome, outcome])
            } else {
                await #expect(throws: ProviderError.self) { try await client.keepNothingWhileDisconnected(of: 0) }
                await #expect(throws: ProviderError.self) { try await client.clearFilters(of: 0) }
            }
            let requests = server.wholeRequests
            #expect(requests.map { $0.lines.first?.split(separator: " ").first } == ["PUT", "PUT"])
            #expect(requests.first?.lines.first?.contains("/update-queue-settings ") == true)
            #expect(requests.first?.body == #"{"disableEnqueueWhenDisconnected":true}"#)
            #expect(requests.last?.lines.first?.contains("/update-filters ") == true)
            #expect(
                [
                    #"{"messageFilters":[],"callbackTypeFilters":[]}"#,
                    #"{"callbackTypeFilters":[],"messageFilters":[]}"#,
                ].contains(requests.last?.body))
        }
    }
}
