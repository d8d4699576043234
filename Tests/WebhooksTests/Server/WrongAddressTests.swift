import CampaignCore
import Testing
import Webhooks

@Suite struct `Wrong addresses` {
    /// Requests that must not be distinguishable, from the right path on this listener.
    static func wrong(_ listener: Listener) -> [(String, String)] {
        let (instance, token) = (Listener.instance, listener.token.text.reveal())
        let cut = token.dropLast()
        let body = Listener.event(1)
        let paths = [
            "/", "/z", "/z/", "/z//", "/z/\(instance)", "/z/\(instance)/", "/z/\(instance)/\(cut)",
            "/z/\(instance)/\(token)x",
            "/z/\(instance)/\(token)/", "/z/\(instance)/\(token)?a=1", "/z/\(instance)/\(token)#a",
            "//z/\(instance)/\(token)",
            "/Z/\(instance)/\(token)", "/z/\(instance.lowercased())/\(token)", "/z/OTHER/\(token)",
            "/z/\(instance)/\(token.uppercased())", "/z/\(instance)/\(cut)%41", "/x/z/\(instance)/\(token)",
            "/z/\(instance)/\(String(repeating: "A", count: 43))", "/z/health", "/../z/\(instance)/\(token)", "*",
            "/z/\(instance)/\(String(repeating: "A", count: 4_000))", "http://localhost/z/\(instance)/\(token)x",
        ]
        let methods = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"]
        return paths.map { ("POST \($0.prefix(120))", listener.request(body, path: $0)) }
            + paths.prefix(8).map { ("GET \($0)", listener.request("", method: "GET", path: $0)) }
            + methods.map { ("\($0) with the right address", listener.request(body, method: $0)) }
            + [
                ("another instance's body", listener.request(#"{"instanceId":"OTHER","type":"ConnectedCallback"}"#)),
                (
                    "a wrong token, body to be asked for",
                    listener.request(body, path: "/z/\(instance)/x", headers: ["Expect: 100-continue"])
                ),
                // The body is announced and never sent.
                (
                    "a wrong token without its body",
                    "POST /z/\(instance)/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"
                ),
                (
                    "a wrong token with an endless body",
                    "POST /z/\(instance)/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
                ),
            ]
    }

    @Test func `all get the same answer, byte for byte, and the connection ends`() async throws {
        try await Listener.with { listener in
            for (name, request) in Self.wrong(listener) {
                let (response, rest) = try await RawConnection.with(port: listener.port) { connection in
                    try await connection.send(request)
                    return (await connection.response(), await connection.end())
                }
                #expect(
                    response?.text == "HTTP/1.1 404 Not Found\nConnection: close\nContent-Length: 0\n\n", "\(name)")
                #expect(rest == "", "\(name)")
            }
            #expect(listener.inbox.arrived == 0)
            #expect(listener.server.counts.refused == Self.wrong(listener).count)
            #expect(listener.server.counts.events == 0)
        }
    }

    @Test func `what follows on the same connection is not answered`() async throws {
        try await Listener.with { listener in
            try await RawConnection.with(port: listener.port) { connection in
                try await connection.send(listener.request("", path: "/") + listener.request(Listener.event(1)))
                #expect(await connection.response()?.status == 404)
                #expect(await connection.end() == "")
            }
        }
    }

    @Test func `a flood of them reaches neither the inbox nor the log, and does not stop the right ones`() async throws
    {
        try await Listener.with { listener in
            try await withThrowingDiscardingTaskGroup { group in
                for sender in 0..<20 {
                    group.addTask {
                        for number in 0..<50 {
                            let wrong = listener.request("x", path: "/z/\(Listener.instance)/\(sender)-\(number)")
                            try await listener.expect(404, wrong)
                        }
                    }
                }
                group.addTask {
                    for number in 0..<50 {
                        let right = listener.request(Listener.event(number))
                        try await listener.expect(200, right)
                    }
                }
            }
            #expect(listener.inbox.events.count == 50)
            #expect(listener.server.counts.events == 50)
            #expect(listener.server.counts.refused == 1_000)
            #expect(listener.log.lines.count == 1)
        }
    }

    @Test func `an address is accepted until it expires, and until it is replaced`() async throws {
        try await Listener.with { listener in
            let next = try #require(WebhookToken(randomBytes: [UInt8](repeating: 9, count: 32)))
            let later = Timestamp(milliseconds: Reading.now.milliseconds + 1)
            func status(_ token: WebhookToken) async throws -> Int? {
                try await listener.response(
                    to: listener.request(Listener.event(1), path: "/z/\(Listener.instance)/\(token.text.reveal())"))?
                    .status
            }
            func replace(oldUntil end: Timestamp?) {
                var old = WebhookAddress(instance: Listener.instance, tokenHash: listener.token.hash)
                old.expiresAt = end
                listener.addresses.replace(with: [
                    old, WebhookAddress(instance: Listener.instance, tokenHash: next.hash),
                ])
            }
            #expect(try await status(next) == 404)
            replace(oldUntil: later)
            #expect(try await status(next) == 200)
            #expect(try await status(listener.token) == 200)
            replace(oldUntil: Reading.now)
            #expect(try await status(next) == 200)
            #expect(try await status(listener.token) == 404)
            listener.addresses.replace(with: [])
            #expect(try await status(next) == 404)
        }
    }

    @Test func `a prefix is accepted behind a proxy only`() async throws {
        try await Listener.with(isBehindProxy: true) { listener in
            for prefix in ["", "/hooks", "/a/b/c"] {
                let request = listener.request(Listener.event(1), path: prefix + listener.path)
                try await listener.expect(200, request)
            }
            let foreign = listener.request(Listener.event(1), path: "/hooks/z/OTHER/\(listener.token.text.reveal())")
            try await listener.expect(404, foreign)
        }
    }
}
