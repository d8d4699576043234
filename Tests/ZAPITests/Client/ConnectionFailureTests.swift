import CampaignCore
import Foundation
import Glibc
import NIOCore
import Testing
import ZAPISimulator

@testable import ZAPI

/// What is known and reported when there is no connection, or no TLS on it.
@Suite struct `A connection that fails` {
    @Test func `since the server does not speak TLS says so, and the call was not sent`() async throws {
        try await withSimulator { simulator, _ in
            var instance = Instance(name: "a", id: "A", token: Secret("t0ken-of-A"))
            instance.baseURL = simulator.baseURL.replacingOccurrences(of: "http:", with: "https:")
            let client = ZAPIClient(patient: instance)
            let phone = try #require(PhoneNumber(value: 5_511_999_999_900))
            let reply = await client.call(phone, seconds: 5, through: 0)
            #expect(reply.verdict == .notSent)
            #expect(reply.error?.contains("does not speak TLS") == true, "\(reply.error ?? "")")
            try await client.pool.shutdown()
        }
    }

    @Test func `since the server breaks off during the handshake means that the call was not sent`() async throws {
        let server = try BreakingServer()
        var instance = Instance(name: "a", id: "A", token: Secret("t0ken-of-A"))
        instance.baseURL = "https://127.0.0.1:\(server.port)"
        let client = ZAPIClient(patient: instance)
        let phone = try #require(PhoneNumber(value: 5_511_999_999_900))
        let reply = await client.call(phone, seconds: 5, through: 0)
        #expect(reply.verdict == .notSent, "\(reply)")
        try await client.pool.shutdown()
    }

    @Test func `cannot be due to a file or folder without certificates, which is refused beforehand`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "ca.pem").path
        try Data("no certificate\n".utf8).write(to: URL(fileURLWithPath: file))
        for (file, folder) in [(file, nil), ("/nowhere/ca.pem", nil), (nil, "/nowhere"), (nil, file)]
            as [(String?, String?)]
        {
            let error = #expect(throws: TrustedIssuers.Unusable.self) {
                try TrustedIssuers(file: file, folder: folder)
            }
            #expect(error?.path == file ?? folder)
        }
        _ = try TrustedIssuers(file: nil, folder: folder.path)
    }

    @Test(arguments: [EMFILE, ENFILE, EADDRNOTAVAIL])
    func `for want of a socket means that the call was not sent`(code: CInt) {
        guard case .neverLeft(let text) = WireOutcome(failure: IOError(errnoCode: code, reason: "socket")) else {
            Issue.record("it may have left")
            return
        }
        #expect(text.contains("ulimit -n"))
    }

    @Test(arguments: [ECONNRESET, EPIPE, ENOBUFS, ETIMEDOUT])
    func `after it was established may have carried the call`(code: CInt) {
        guard case .lost = WireOutcome(failure: IOError(errnoCode: code, reason: "write")) else {
            Issue.record("it is taken for not sent")
            return
        }
    }
}
