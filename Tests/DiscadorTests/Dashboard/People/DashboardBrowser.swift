import Foundation
import Glibc
import Testing

/// Somebody who is signed in and looks at pages, over a socket of its own for each request.
struct DashboardBrowser: Sendable {
    struct Answer: Sendable {
        var status: Int
        /// By lowercase names; of several with one name, the last.
        var headers: [String: String]
        var text: String

        /// The token of its forms.
        var formToken: String? {
            text.firstMatch(of: /name="token" value="([0-9a-f]+)"/).map { String($0.output.1) }
        }
    }

    let port: UInt16
    var cookie: String?

    /// Follows a link for one use, and stays signed in.
    init(port: UInt16, link: String) async throws {
        self.port = port
        let answer = try await post(link, [:])
        #expect(answer.status == 303, "\(answer.text)")
        cookie = try #require(answer.headers["set-cookie"]?.prefix { $0 != ";" }.description)
    }

    func get(_ path: String) async throws -> Answer { try await send("GET", path, "") }

    /// Posts the form of a page: its token is read there first.
    func post(_ path: String, from page: String, _ fields: KeyValuePairs<String, String>) async throws -> Answer {
        let token = try #require(try await get(page).formToken, "no form")
        return try await send("POST", path, Self.encoded([("token", token)] + fields.map { ($0.key, $0.value) }))
    }

    func post(_ path: String, _ fields: KeyValuePairs<String, String>) async throws -> Answer {
        try await send("POST", path, Self.encoded(fields.map { ($0.key, $0.value) }))
    }

    private static func encoded(_ fields: [(String, String)]) -> String {
        fields.map { name, value in
            let bytes = value.utf8.map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
            return "\(name)=\(bytes.joined())"
        }.joined(separator: "&")
    }

    private func send(_ method: String, _ path: String, _ body: String) async throws -> Answer {
        var lines = [
            "\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close",
            "Origin: http://127.0.0.1:\(port)", "Sec-Fetch-Site: same-origin",
        ]
        if let cookie { lines.append("Cookie: \(cookie)") }
        if method == "POST" {
            lines += ["Content-Type: application/x-www-form-urlencoded", "Content-Length: \(body.utf8.count)"]
        }
        let text = try await exchange(Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
        let end = try #require(text.firstRange(of: "\r\n\r\n"), "no answer to \(method) \(path)")
        let head = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let fields = head.dropFirst().compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (line[..<colon].lowercased(), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
        }
        let status = try #require(head[0].split(separator: " ").dropFirst().first.flatMap { Int($0) })
        return Answer(
            status: status, headers: Dictionary(fields) { $1 }, text: String(text[end.upperBound...]))
    }

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
                _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
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

/// A service with its dashboard, and one user of each level.
struct ServedDashboard: Sendable {
    let service: Program
    let operating: DashboardBrowser
    let reading: DashboardBrowser

    init(_ cli: CLIFixture) async throws {
        service = try Program(
            ["serve", "--verbose", "--listen", "127.0.0.1:0"], in: cli.folder, environment: CLIFixture.environment)
        let line = try #require(await service.nextLine(with: "The dashboard is at "), "no port")
        let port = try #require(line.split(separator: ":").last.flatMap { UInt16($0.prefix(while: \.isNumber)) })
        try await service.wait(for: " serves ", count: 1)
        operating = try await Self.browser(cli, port, "ana", "operate")
        reading = try await Self.browser(cli, port, "rui", "read")
    }

    private static func browser(
        _ cli: CLIFixture, _ port: UInt16, _ name: String, _ level: String
    ) async throws -> DashboardBrowser {
        let added = try await cli.discador("user", "add", name, "--level", level)
        #expect(added.exitCode == 0, "\(added.stderr)")
        let link = try await cli.discador("user", "link", name).stdout
        let path = try #require(link.firstRange(of: "/login/"), "\(link)")
        return try await DashboardBrowser(
            port: port, link: String(link[path.lowerBound...].prefix { !$0.isWhitespace }))
    }

    func stop() async throws {
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
    }
}
