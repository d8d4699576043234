import Foundation
import Ongoing
import Testing

/// Whoever takes up connections does not keep others from the dashboard.
@Suite(.fewAtATime) struct `A slow or silent connection` {
    @Test func `does not keep others out, however many there are`() async throws {
        try await DashboardFixture.during { fixture in
            let ana = try await fixture.signIn("ana", "operate")
            let stream = try ana.connection(sending: ana.head("GET", "/live?page=/log"))
            #expect(await stream.text(until: "event: regions").contains("event: regions"))
            let silent = try (0..<1_000).map { number in
                // Some say something, and never the rest.
                try ana.connection(sending: number.isMultiple(of: 2) ? "" : "GET / HTTP/1.1\r\nHost: \(ana.host)\r\n")
            }
            #expect(try await ana.get("/").status == 200)
            #expect(try await fixture.stranger.get("/login").status == 200)
            withExtendedLifetime(silent) {}
            // What was there before has gone on.
            let fields: KeyValuePairs = ["numbers": "+55 11 95555-4321", "reason": "asked for it"]
            let blocked = try await ana.post("/blocks", token: ana.formToken(), fields)
            #expect(blocked.status == 303, "\(blocked.text)")
            #expect(await stream.text(until: "event: regions").contains("event: regions"))
        }
    }

    @Test func `ends by itself, when a request never does`() async throws {
        try await DashboardFixture.during { fixture in
            let client = fixture.stranger
            let heads = [
                "GET / HTTP/1.1\r\nX: ", client.head("POST", "/login", length: 60_000),
                "POST /login HTTP/1.1\r\nHost: \(client.host)\r\nOrigin: http://\(client.host)\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n",
            ]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for head in heads {
                    group.addTask {
                        let connection = try client.connection(sending: head)
                        let end = OngoingTask { await connection.rest() }
                        // A byte now and then, for as long as somebody listens.
                        while !end.isOver, connection.send("a") { try await Task.sleep(for: .milliseconds(100)) }
                        _ = try await end.value
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await client.get("/login").status == 200)
        }
    }
}
