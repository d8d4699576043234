import CampaignCore
import Foundation
import Glibc
import Testing
import ZAPISimulator

@testable import ZAPI

/// What is said where there can be no TLS connection.
struct HandshakeTests {
    @Test func `a server that speaks no TLS is told apart, and the call was not sent`() async throws {
        try await withSimulator { simulator, _ in
            var instance = Instance(name: "a", id: "A", token: Secret("t0ken-of-A"))
            instance.baseURL = simulator.baseURL.replacingOccurrences(of: "http:", with: "https:")
            let client = ZAPIClient(
                instances: [instance], timeout: .seconds(10), connections: 1, now: { Timestamp(milliseconds: 0) })
            let phone = try #require(PhoneNumber(value: 5_511_999_999_900))
            let reply = await client.call(phone, seconds: 5, through: 0)
            #expect(reply.verdict == .notSent)
            #expect(reply.error?.contains("does not speak TLS") == true, "\(reply.error ?? "")")
            try await client.shutdown()
        }
    }

    @Test func `a call to a server that breaks off before there is a connection was not sent`() async throws {
        let server = try BreakingServer()
        var instance = Instance(name: "a", id: "A", token: Secret("t0ken-of-A"))
        instance.baseURL = "https://127.0.0.1:\(server.port)"
        let client = ZAPIClient(
            instances: [instance], timeout: .seconds(10), connections: 1, now: { Timestamp(milliseconds: 0) })
        let phone = try #require(PhoneNumber(value: 5_511_999_999_900))
        let reply = await client.call(phone, seconds: 5, through: 0)
        #expect(reply.verdict == .notSent, "\(reply)")
        try await client.shutdown()
    }

    @Test func `a file or folder without certificates is refused when it is named`() throws {
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
}

/// Accepts one connection, and closes it when the first byte has come.
private final class BreakingServer {
    let port: UInt16
    private let listener: Int32

    struct NoPort: Error {}

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) == 0 ? getsockname(listener, pointer, &length) : -1
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard result == 0, listen(listener, 1) == 0 else { throw NoPort() }
        Thread.detachNewThread {
            let connection = accept(listener, nil, nil)
            var byte: UInt8 = 0
            _ = read(connection, &byte, 1)
            close(connection)
        }
    }

    deinit {
        close(listener)
    }
}
