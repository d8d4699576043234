import Foundation
import Glibc
import TestJSON
import Testing

/// The API of a running service, as a program uses it: over a socket of its own for each request.
struct ServedAPI: Sendable {
    struct Answer: Sendable {
        var status: Int
        /// By lowercase names.
        var headers: [String: String]
        var text: String

        var json: JSONValue { get throws { try JSONValue(text) } }
    }

    let port: UInt16
    var token: String

    /// Sends a request, and reads the answer to its end.
    func callAsFunction(
        _ method: String, _ path: String, _ body: String = "", type: String = "application/json",
        headers: [String: String] = [:]
    ) async throws -> Answer {
        var lines = ["\(method) /api/v1\(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"]
        if !token.isEmpty { lines.append("Authorization: Bearer \(token)") }
        if !body.isEmpty { lines += ["Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] }
        lines += headers.map { "\($0.key): \($0.value)" }
        let text = try await exchange(Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
        let parts = try #require(text.firstRange(of: "\r\n\r\n"), "no answer")
        let head = text[..<parts.lowerBound].components(separatedBy: "\r\n")
        let status = try #require(Int(head[0].split(separator: " ")[1]))
        let fields = head.dropFirst().compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (line[..<colon].lowercased(), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
        }
        return Answer(
            status: status, headers: Dictionary(fields) { first, _ in first }, text: String(text[parts.upperBound...]))
    }

    func get(_ path: String) async throws -> Answer { try await self("GET", path) }

    private func exchange(_ bytes: [UInt8]) async throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafeBytes(of: &address) { raw in
            raw.withMemoryRebound(to: sockaddr.self) { rebound in
                rebound.baseAddress.map { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
            }
        }
        try #require(result == 0, "the service does not listen")
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                defer { close(descriptor) }
                var sent = 0
                while sent < bytes.count {
                    let count = bytes[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                    guard count > 0 else { break }
                    sent += count
                }
                var received: [UInt8] = []
                var piece = [UInt8](repeating: 0, count: 65_536)
                while true {
                    let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
                    guard count > 0 else { break }
                    received += piece.prefix(count)
                }
                continuation.resume(returning: String(decoding: received, as: UTF8.self))
            }
        }
    }
}

extension CLIFixture {
    /// Starts the service with its dashboard, and makes a token.
    func serveAPI(_ scopes: String..., name: String = "crm") async throws -> (service: Program, api: ServedAPI) {
        let service = try Program(
            ["serve", "--verbose", "--listen", "127.0.0.1:0"], in: folder, environment: Self.environment)
        let line = try #require(await service.nextLine(with: "The dashboard is at "), "no port")
        let port = try #require(line.split(separator: ":").last.flatMap { UInt16($0.prefix(while: \.isNumber)) })
        try await service.wait(for: " serves ", count: 1)
        return (service, ServedAPI(port: port, token: try await token(name, scopes)))
    }

    /// A new token of the API.
    func token(_ name: String, _ scopes: [String]) async throws -> String {
        let arguments = ["token", "add", name] + scopes.flatMap { ["--scope", $0] }
        let added = try await Program.run(arguments, in: folder, environment: Self.environment)
        #expect(added.exitCode == 0, "\(added.stderr)")
        return try #require(
            added.stdout.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("dsc_") }.map(String.init))
    }

    func stop(_ service: Program) async throws {
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
    }
}
