import Foundation
import Ongoing
import Testing

@testable import ZAPISimulator

@Suite struct LedgerTests {
    @Test func `every request has one line, in order, in memory as in the file`() async throws {
        try await withTemporaryFile { path in
            try await SimulatorClient.with(ledgerPath: path) { client in
                _ = try await client.call("5511999990000", duration: 7)
                _ = try await client.send("GET", "status")
                _ = await SimulatorClient.outcome { try await client.call("5511999990097") }
                _ = try await client.send("GET", "nothing")
                let entries = client.simulator.ledger()
                #expect(entries.map(\.sequence) == [1, 2, 3, 4])
                #expect(entries.map(\.endpoint) == ["send-call", "status", "send-call", "unknown"])
                #expect(entries.map(\.method) == ["POST", "GET", "POST", "GET"])
                #expect(entries.map(\.httpStatus) == [200, 200, nil, 404])
                #expect(entries.map(\.rang) == [true, false, true, false])
                #expect(entries.map(\.at) == [Int64](repeating: 1_794_000_000_500, count: 4))
                #expect(entries.map(\.behavior) == [.accept, nil, .cutAfter, nil])
                #expect(try LedgerEntry.read(fileAt: path) == entries)
            }
        }
    }

    @Test func `the line of a call is as the manual says`() {
        var entry = LedgerEntry(at: 1_794_000_000_500, instance: "A", method: "POST", endpoint: "send-call")
        entry.sequence = 3
        entry.phone = "5511999990000"
        entry.callDuration = 5
        entry.behavior = .accept
        entry.httpStatus = 200
        entry.rang = true
        entry.zaapId = "Z"
        entry.messageId = "M"
        let line = #"""
            {"sequence":3,"at":1794000000500,"instance":"A","method":"POST","endpoint":"send-call",\#
            "phone":"5511999990000","callDuration":5,"behavior":"accept","httpStatus":200,"rang":true,\#
            "queued":false,"zaapId":"Z","messageId":"M"}

            """#
        #expect(String(decoding: LedgerLine(entry).bytes, as: UTF8.self) == line)
    }

    @Test(arguments: ["\"", "\\", "\n\r\t\u{0}\u{1f}", "çã🤙", "\u{2028}</script>"])
    func `what a client sends cannot break a line`(text: String) throws {
        var entry = LedgerEntry(at: 1, instance: text, method: text, endpoint: "send-call")
        entry.phone = text
        let bytes = LedgerLine(entry).bytes
        #expect(bytes.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(try JSONDecoder().decode(LedgerEntry.self, from: Data(bytes)) == entry)
    }

    @Test func `the ring is in the file before the reply is sent`() async throws {
        try await withTemporaryFile { path in
            var scenario = Scenario.test
            scenario.latency = .seconds(3_600)...(.seconds(3_600))
            try await SimulatorClient.with(scenario, ledgerPath: path) { client in
                let reply = OngoingTask { try await client.call("5511999990000") }
                try await reply.wait(for: "a line in the file") { try !LedgerEntry.read(fileAt: path).isEmpty }
                #expect(try LedgerEntry.read(fileAt: path).map(\.rang) == [true])
                await client.simulator.shutdown()
                _ = try await reply.value
            }
        }
    }

    @Test func `no token and no URL is ever written`() async throws {
        try await withTemporaryFile { path in
            try await SimulatorClient.with(ledgerPath: path) { client in
                _ = try await client.call("5511999990000")
                _ = try await client.send("DELETE", "queue/SECRET-TOKEN")
                _ = try await client.send("POST", path: "/token/SECRET-TOKEN/instances/A/send-call")
                _ = try await client.send("POST", path: "/instances/SECRET-TOKEN/token/A/send-call")
                _ = try await client.send("GET", "status/SECRET-TOKEN")
                let text = try String(contentsOfFile: path, encoding: .utf8)
                #expect(!text.contains("SECRET-TOKEN"))
                #expect(!text.contains("CLIENT"))
                #expect(!text.contains("http:"))
                #expect(client.simulator.ledger().count == 5)
            }
        }
    }

    @Test func `an existing ledger is continued and its ids are not repeated`() async throws {
        try await withTemporaryFile { path in
            for _ in 0..<2 {
                try await SimulatorClient.with(ledgerPath: path) { client in
                    _ = try await client.call("5511999990000")
                    _ = try await client.call("5511999990001")
                }
            }
            let entries = try LedgerEntry.read(fileAt: path)
            #expect(entries.map(\.sequence) == [1, 2, 3, 4])
            #expect(Set(entries.map(\.zaapId)).count == 4)
        }
    }

    @Test func `an unfinished last line does not spoil the next one`() async throws {
        try await withTemporaryFile { path in
            var ledger = try Ledger(path: path, keepsInMemory: false)
            try ledger.append([LedgerEntry(at: 1, method: "GET", endpoint: "status")])
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.seekToEnd()
            try file.write(contentsOf: Data("{\"sequence\":2,\"a".utf8))
            #expect(try LedgerEntry.read(fileAt: path).count == 1)
            ledger = try Ledger(path: path, keepsInMemory: false)
            try ledger.append([LedgerEntry(at: 1, method: "GET", endpoint: "me")])
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 3)
            #expect(lines.last?.hasPrefix("{\"sequence\":3,") == true)
        }
    }

    @Test func `a ledger that cannot be opened is an error that names it`() {
        #expect(throws: SimulatorError.self) {
            try ZAPISimulator(SimulatorConfiguration(ledgerPath: "/nowhere/at/all.jsonl"), logger: .silent)
        }
    }

    @Test func `only the owner can read a ledger`() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("zapi-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = try Ledger(path: path, keepsInMemory: false)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `rings are counted by phone`() async throws {
        try await SimulatorClient.with { client in
            for phone in ["5511999990000", "5511999990000", "5511999990001", "5511999990093"] {
                _ = try await client.call(phone)
            }
            let rings = LedgerEntry.ringsByPhone(in: client.simulator.ledger())
            #expect(rings == ["5511999990000": 2, "5511999990001": 1])
        }
    }
}
