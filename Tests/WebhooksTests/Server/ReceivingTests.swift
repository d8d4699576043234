import CampaignCore
import NIOConcurrencyHelpers
import Ongoing
import Testing
import Webhooks

@Suite struct `Events at the right address` {
    @Test func `are in the inbox, byte for byte, when they are acknowledged`() async throws {
        try await Listener.with { listener in
            let body = #" {"instanceId":"\#(Listener.instance)", "type":"ConnectedCallback" } "#
            let response = try await listener.response(to: listener.request(body))
            #expect(response?.text == "HTTP/1.1 200 OK\nContent-Length: 0\n\n")
            #expect(listener.inbox.events.map(\.body) == [Array(body.utf8)])
            #expect(listener.inbox.events.map(\.event.kind) == [.connected])
            #expect(listener.inbox.events.map(\.receivedAt) == [Reading.now])
        }
    }

    @Test func `are kept without the secret of the address, which they may repeat`() async throws {
        try await Listener.with { listener in
            let body = #"{"instanceId":"\#(Listener.instance)","type":"Other","x":"at \#(listener.path)"}"#
            try await listener.expect(200, listener.request(body))
            let kept = body.replacing(listener.token.text.reveal(), with: "***")
            #expect(listener.inbox.events.map(\.body) == [Array(kept.utf8)])
        }
    }

    @Test func `are acknowledged only when whoever dials has been told`() async throws {
        let order = NIOLockedValueBox<[String]>([])
        let gate = AsyncStream<Void>.makeStream()
        try await Listener.with(onReceived: { _ in
            order.withLockedValue { $0.append("telling") }
            for await _ in gate.stream { break }
            order.withLockedValue { $0.append("told") }
        }) { listener in
            let request = OngoingTask {
                let response = try await listener.response(to: listener.request(Listener.event(1)))
                order.withLockedValue { $0.append("answered \(response?.status ?? 0)") }
            }
            try await request.wait(for: "an event that is told") { order.withLockedValue { !$0.isEmpty } }
            #expect(listener.inbox.events.count == 1)
            gate.continuation.finish()
            try await request.value
            #expect(order.withLockedValue { $0 } == ["telling", "told", "answered 200"])
        }
    }

    @Test func `repeats are acknowledged too, and told as repeats`() async throws {
        try await Listener.with { listener in
            for _ in 0..<3 {
                try await listener.expect(200, listener.request(Listener.event(1)))
            }
            #expect(listener.inbox.events.count == 1)
            #expect(listener.told.withLockedValue { $0.map(\.receipt.isNew) } == [true, false, false])
            #expect(listener.server.counts.events == 1)
            #expect(listener.server.counts.repeats == 2)
        }
    }

    @Test(arguments: [
        "", "{", "[]", "\u{0}", #"{"type":"DeliveryCallback","type":"x"}"#, String(repeating: "[", count: 200_000),
    ])
    func `that cannot be read are kept as they are, and acknowledged`(body: String) async throws {
        try await Listener.with { listener in
            try await listener.expect(200, listener.request(body))
            #expect(listener.inbox.events.map(\.body) == [Array(body.utf8)])
            #expect(listener.inbox.events.map(\.event) == [CallEvent(.other)])
        }
    }

    @Test(arguments: ["application/json", "text/plain", "application/x-www-form-urlencoded", "x", ""])
    func `may have any content type`(type: String) async throws {
        try await Listener.with { listener in
            let request = listener.request(Listener.event(1), headers: ["Content-Type: \(type)"])
            try await listener.expect(200, request)
            #expect(listener.inbox.events.count == 1)
        }
    }

    @Test func `come one after the other on one connection, also before they are answered`() async throws {
        try await Listener.with { listener in
            try await RawConnection.with(port: listener.port) { connection in
                for number in 0..<3 {
                    try await connection.send(listener.request(Listener.event(number)))
                    #expect(await connection.response()?.status == 200)
                }
                try await connection.send((3..<40).map { listener.request(Listener.event($0)) }.joined())
                for _ in 3..<40 { #expect(await connection.response()?.status == 200) }
                try await connection.send(listener.request(Listener.event(40), headers: ["Connection: close"]))
                #expect(await connection.response()?.status == 200)
                #expect(await connection.end() == "")
            }
            #expect(listener.inbox.events.map(\.event.ids) == (0...40).map { ["Z\($0)"] })
        }
    }

    @Test func `may come in chunks, and byte by byte`() async throws {
        try await Listener.with { listener in
            let body = Listener.event(1)
            let head = "POST \(listener.path) HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            let chunks = body.map { "1\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"
            try await listener.expect(200, head + chunks)
            try await RawConnection.with(port: listener.port) { connection in
                for byte in listener.request(Listener.event(2)) { try await connection.send(String(byte)) }
                #expect(await connection.response()?.status == 200)
            }
            #expect(
                listener.inbox.events.map { String(decoding: $0.body, as: UTF8.self) } == [body, Listener.event(2)])
        }
    }

    @Test func `are asked for when they wait to be asked`() async throws {
        try await Listener.with { listener in
            let request = listener.request(Listener.event(1), headers: ["Expect: 100-continue"])
            let head = try #require(request.firstRange(of: "\r\n\r\n")).upperBound
            try await RawConnection.with(port: listener.port) { connection in
                try await connection.send(String(request[..<head]))
                #expect(await connection.response()?.status == 100)
                try await connection.send(String(request[head...]))
                #expect(await connection.response()?.status == 200)
                // The connection goes on.
                try await connection.send(listener.request(Listener.event(2)))
                #expect(await connection.response()?.status == 200)
            }
            #expect(listener.inbox.events.count == 2)
        }
    }

    @Test func `are not taken when they break off`() async throws {
        try await Listener.with { listener in
            let request = listener.request(Listener.event(1))
            let chunked = "POST \(listener.path) HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            for part in [String(request.dropLast()), String(request.dropLast(40)), chunked + "5\r\n{\"a\":"] {
                try await RawConnection.with(port: listener.port) { connection in
                    try await connection.send(part)
                    connection.finish()
                    #expect(!(await connection.end()).hasPrefix("HTTP/1.1 200"))
                }
            }
            for part in [String(request.dropLast()), String(request.dropLast(40)), String(request.prefix(30)), ""] {
                try await RawConnection.with(port: listener.port) { connection in
                    try await connection.send(part)
                    try await connection.close()
                }
            }
            try await listener.expect(200, listener.request(Listener.event(2)))
            #expect(listener.inbox.events.map(\.event.ids) == [["Z2"]])
        }
    }

    @Test func `of several messages are told together`() async throws {
        try await Listener.with { listener in
            let body =
                #"{"instanceId":"\#(Listener.instance)","type":"MessageStatusCallback","status":"SENT","ids":["A","B"]}"#
            try await listener.expect(200, listener.request(body))
            #expect(listener.inbox.arrived == 1)
            #expect(listener.told.withLockedValue { $0.map(\.event.event.ids) } == [["A"], ["B"]])
        }
    }
}
