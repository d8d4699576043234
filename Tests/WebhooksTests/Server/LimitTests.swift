import CampaignCore
import NIOConcurrencyHelpers
import Ongoing
import Testing
import Webhooks

@Suite struct `The listener's limits` {
    static func limits(_ change: (inout WebhookLimits) -> Void) -> WebhookLimits {
        var limits = WebhookLimits.patient
        change(&limits)
        return limits
    }

    /// Members that make a payload exactly as long as wanted.
    static func event(bytes: Int) -> String {
        let start = #"{"type":"Big","text":""#
        return start + String(repeating: "x", count: bytes - start.utf8.count - 2) + #""}"#
    }

    @Test func `a body of 256 KiB is taken, and one byte more is not`() async throws {
        try await Listener.with { listener in
            try await listener.expect(200, listener.request(Self.event(bytes: 262_144)))
            let larger = Self.event(bytes: 262_145)
            let chunked = "POST \(listener.path) HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            let requests = [
                listener.request(larger), listener.request(larger, headers: ["Expect: 100-continue"]),
                chunked + "40001\r\n\(larger)\r\n0\r\n\r\n", chunked + "40001\r\n\(larger)\r\n",
                "POST \(listener.path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n",
            ]
            let wrong = try #require(await listener.response(to: listener.request("{}", path: "/z/x")))
            #expect(wrong.status == 404)
            for request in requests {
                try await RawConnection.with(port: listener.port) { connection in
                    try await connection.send(request)
                    // As for a wrong address: nobody learns from it that this one is right.
                    #expect(await connection.response() == wrong)
                    #expect(await connection.end() == "")
                }
            }
            #expect(listener.inbox.events.count == 1)
            #expect(listener.server.counts.tooLarge == requests.count)
            #expect(listener.lost.withLockedValue { $0 } == requests.map { _ in Listener.instance })
        }
    }

    @Test(arguments: ["", "POST /z", "HEAD", "BODY"])
    func `a sender that is too slow is cut off, wherever it stops`(stop: String) async throws {
        try await Listener.with(limits: Self.limits { $0.request = .milliseconds(100) }) { listener in
            let request = listener.request(Listener.event(1))
            let part =
                switch stop {
                case "HEAD": String(request.prefix(40))
                case "BODY": String(request.dropLast(10))
                default: stop
                }
            try await RawConnection.with(port: listener.port) { connection in
                try? await connection.send(part)
                #expect(!(await connection.end()).contains(" 200 "))
            }
            #expect(listener.inbox.arrived == 0)
        }
    }

    @Test func `a sender that becomes too slow is cut off`() async throws {
        try await Listener.with(limits: Self.limits { $0.request = .milliseconds(200) }) { listener in
            try await RawConnection.accepted(by: listener) { connection in
                try? await connection.send(String(listener.request(Listener.event(1)).dropLast(10)))
                #expect(await connection.end() == "")
            }
            #expect(listener.inbox.events.map(\.event.ids) == [["Z0"]])
        }
    }

    @Test func `a sender that never stops sending slowly is cut off`() async throws {
        try await Listener.with(limits: Self.limits { $0.request = .milliseconds(100) }) { listener in
            let head = "POST \(listener.path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n"
            try await RawConnection.with(port: listener.port) { connection in
                try await connection.send(head)
                // Ends with an error when the listener has closed the connection.
                await #expect(throws: (any Error).self) {
                    while true { try await connection.send("x") }
                }
            }
            #expect(listener.inbox.arrived == 0)
        }
    }

    @Test func `an accepted sender may rest for longer than a request may take`() async throws {
        try await Listener.with(limits: Self.limits { $0.request = .milliseconds(200) }) { listener in
            try await RawConnection.accepted(by: listener) { resting in
                // Others are cut off meanwhile: at least the time for two requests has passed.
                for _ in 0..<2 { try await RawConnection.with(port: listener.port) { #expect(await $0.end() == "") } }
                try await resting.send(listener.request(Listener.event(1)))
                #expect(await resting.response()?.status == 200)
            }
        }
    }

    @Test func `an accepted sender that rests for too long is cut off`() async throws {
        try await Listener.with(limits: Self.limits { $0.idle = .milliseconds(200) }) { listener in
            try await RawConnection.accepted(by: listener) { #expect(await $0.end() == "") }
        }
    }

    @Test func `a slow inbox does not make a sender slow`() async throws {
        try await Listener.with(limits: Self.limits { $0.request = .milliseconds(200) }) { listener in
            let request = OngoingTask {
                try await RawConnection.accepted(by: listener) { connection in
                    listener.inbox.hold()
                    // The second one is complete, and still waits for longer than it may take.
                    try await connection.send(listener.request(Listener.event(1)) + listener.request(Listener.event(2)))
                    let first = await connection.response()?.status
                    return [first, await connection.response()?.status]
                }
            }
            try await request.wait(for: "an event in the inbox") { listener.inbox.held == 1 }
            for _ in 0..<3 { try await RawConnection.with(port: listener.port) { #expect(await $0.end() == "") } }
            listener.inbox.release()
            #expect(try await request.value == [200, 200])
        }
    }

    @Test func `connections over the limit wait for a free one`() async throws {
        try await Listener.with(limits: Self.limits { $0.connections = 3 }) { listener in
            let waiting = try await Self.holding(3, port: listener.port) {
                let waiting = OngoingTask { try await listener.response(to: listener.request(Listener.event(1))) }
                // The three are still served.
                return waiting
            }
            #expect(try await waiting.value?.status == 200)
        }
    }

    @Test(.timeLimit(.minutes(2))) func `senders that stay silent give way to those that send`() async throws {
        let limits = Self.limits {
            $0.connections = 3
            $0.patience = .milliseconds(20)
        }
        try await Listener.with(limits: limits) { listener in
            try await RawConnection.accepted(by: listener) { known in
                let request = listener.request(Listener.event(1))
                // Its head has come, and then nothing for a long time: it is known, and keeps its place.
                try await known.send(String(request.dropLast(10)))
                try await Self.holding(20, port: listener.port) {
                    for _ in 0..<5 { try await RawConnection.accepted(by: listener) { _ in } }
                }
                try await known.send(String(request.suffix(10)))
                #expect(await known.response()?.status == 200)
            }
            #expect(Set(listener.inbox.events.map(\.event.ids)) == [["Z0"], ["Z1"]])
        }
    }

    @Test func `bodies that wait for the inbox are bounded together`() async throws {
        try await Listener.with(limits: Self.limits { $0.waitingBytes = 1_500 }) { listener in
            listener.inbox.hold()
            let waiting = OngoingTask {
                try await listener.response(to: listener.request(Self.event(bytes: 1_000)))?.status
            }
            try await waiting.wait(for: "one that waits") { listener.inbox.arrived == 1 }
            try await listener.expect(503, listener.request(Self.event(bytes: 501)))
            listener.inbox.release()
            #expect(try await waiting.value == 200)
            try await listener.expect(200, listener.request(Self.event(bytes: 501)))
        }
    }

    @Test(arguments: ["close", "keep-alive, close", "Close ,x"])
    func `a connection that ends after a request answers all before it`(connection: String) async throws {
        try await Listener.with { listener in
            try await RawConnection.with(port: listener.port) { sender in
                let last = listener.request(Listener.event(2), headers: ["Connection: \(connection)"])
                try await sender.send(listener.request(Listener.event(1)) + last)
                let statuses = [await sender.response()?.status, await sender.response()?.status]
                #expect(statuses == [200, 200])
                #expect(await sender.end() == "")
            }
            #expect(listener.inbox.events.count == 2)
        }
    }

    @Test func `a great many connections at once are all served`() async throws {
        try await Listener.with(limits: Self.limits { $0.connections = 100 }) { listener in
            let statuses = try await withThrowingTaskGroup(of: Int?.self) { group in
                for number in 0..<300 {
                    group.addTask {
                        let request = listener.request(Listener.event(number), headers: ["Connection: close"])
                        return try await listener.response(to: request)?.status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 300))
            #expect(listener.inbox.events.count == 300)
        }
    }

    @Test func `what cannot be kept is answered with 503, and logged once`() async throws {
        try await Listener.with { listener in
            listener.inbox.fail(.diskFull(path: "/x.db"))
            for _ in 0..<3 {
                let response = try await listener.response(to: listener.request(Listener.event(1)))
                #expect(response?.text == "HTTP/1.1 503 Service Unavailable\nRetry-After: 5\nContent-Length: 0\n\n")
            }
            #expect(listener.told.withLockedValue { $0.isEmpty })
            listener.inbox.fail(nil)
            try await listener.expect(200, listener.request(Listener.event(1)))
            #expect(listener.server.counts.unavailable == 3)
            #expect(listener.log.lines.count { $0.contains("cannot be kept") } == 1)
            #expect(listener.log.lines.count { $0.contains("are kept again") } == 1)
        }
    }

    @Test func `more events than may wait are answered with 503`() async throws {
        try await Listener.with(limits: Self.limits { $0.waiting = 2 }) { listener in
            listener.inbox.hold()
            let waiting = (1...2).map { number in
                OngoingTask { try await listener.response(to: listener.request(Listener.event(number)))?.status }
            }
            for task in waiting { try await task.wait(for: "two that wait") { listener.inbox.arrived == 2 } }
            try await listener.expect(503, listener.request(Listener.event(3)))
            listener.inbox.release()
            for task in waiting { #expect(try await task.value == 200) }
            try await listener.expect(200, listener.request(Listener.event(3)))
        }
    }

    @Test(arguments: [
        "\u{0}\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "POST / HTTP/9.9\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "\u{16}\u{3}\u{1}\u{0}\u{a5}\r\n\r\n",
    ])
    func `what is not HTTP ends the connection, and nothing else`(bytes: String) async throws {
        try await Listener.with(limits: Self.limits { $0.request = .milliseconds(500) }) { listener in
            try await RawConnection.with(port: listener.port) { connection in
                try await connection.send(bytes)
                #expect(!(await connection.end()).contains(" 200 "))
            }
            try await RawConnection.accepted(by: listener) { _ in }
        }
    }

    /// Opens connections that have been accepted, and closes them when `body` returns.
    private static func holding<Result: Sendable>(
        _ count: Int, port: Int, _ body: () async throws -> Result
    ) async throws -> Result {
        guard count > 0 else { return try await body() }
        return try await RawConnection.with(port: port) { _ in try await holding(count - 1, port: port, body) }
    }
}
