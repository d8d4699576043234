import Foundation
import Testing

/// A browser of the dashboard, or something that only looks like one: it sends what it is told, over a connection of its
/// own for each request.
struct DashboardClient: Sendable {
    struct Answer: Sendable {
        var status: Int
        var headers: [(name: String, value: String)]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        /// The token of its forms.
        var formToken: String? {
            text.firstMatch(of: /name="token" value="([0-9a-f]+)"/).map { String($0.output.1) }
        }

        /// The values of a header.
        func all(_ name: String) -> [String] {
            headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        }

        subscript(name: String) -> String? { all(name).first }

        /// Reads an answer that ended with its connection.
        init(_ bytes: [UInt8]) throws {
            let end = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8)), "it is no answer")
            let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
            status = try #require(lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
            headers = lines.dropFirst().compactMap { line in
                guard let colon = line.firstIndex(of: ":") else { return nil }
                return (String(line[..<colon]), line[colon...].dropFirst().trimmingCharacters(in: .whitespaces))
            }
            body = Array(bytes[end.upperBound...])
            if self["Transfer-Encoding"] == "chunked" { body = try Self.unchunked(body) }
        }

        private static func unchunked(_ bytes: [UInt8]) throws -> [UInt8] {
            var (rest, whole) = (bytes[...], [UInt8]())
            while let line = rest.firstRange(of: Array("\r\n".utf8)) {
                let digits = String(decoding: rest[..<line.lowerBound], as: UTF8.self)
                let length = try #require(Int(digits, radix: 16))
                whole += rest[line.upperBound...].prefix(length)
                rest = rest[line.upperBound...].dropFirst(length + 2)
            }
            return whole
        }
    }

    let port: Int
    /// As in the header; nil: none.
    var cookie: String?

    init(port: Int, cookie: String? = nil) { (self.port, self.cookie) = (port, cookie) }

    var host: String { "127.0.0.1:\(port)" }
    /// What a browser says of a request that a page of the dashboard sent.
    var sameOrigin: [String] { ["Origin: http://\(host)", "Sec-Fetch-Site: same-origin"] }

    /// Sends a request as it stands, with the cookie.
    ///
    /// - Parameters:
    ///   - hosts: the values of `Host`; nil: the dashboard's.
    ///   - headers: further lines.
    func send(
        _ method: String, _ target: String, hosts: [String]? = nil, _ headers: [String] = [], body: [UInt8] = []
    ) async throws -> Answer {
        let head = head(method, target, hosts: hosts, headers, length: body.count)
        return try Answer(await connection(sending: head, body).rest())
    }

    func get(_ target: String, _ headers: [String] = []) async throws -> Answer {
        try await send("GET", target, headers)
    }

    /// Posts a form as a page of the dashboard does.
    ///
    /// - Parameter token: nil: without one.
    func post(_ target: String, token: String?, _ fields: KeyValuePairs<String, String> = [:]) async throws -> Answer {
        try await post(target, (token.map { [("token", $0)] } ?? []) + fields.map { ($0.key, $0.value) }, sameOrigin)
    }

    func post(_ target: String, _ fields: [(String, String)], _ headers: [String]) async throws -> Answer {
        let body = Array(fields.map { "\($0)=\(Self.encoded($1))" }.joined(separator: "&").utf8)
        return try await send("POST", target, ["Content-Type: application/x-www-form-urlencoded"] + headers, body: body)
    }

    /// The token of this session's forms.
    func formToken() async throws -> String {
        try #require(try await get("/").formToken, "nobody is signed in")
    }

    /// A connection on which a request was sent.
    func connection(sending head: String, _ body: [UInt8] = []) throws -> TCPConnection {
        let connection = try TCPConnection(port: port)
        connection.send(Array(head.utf8) + body)
        return connection
    }

    /// - Parameter length: of the body; 0: there is none.
    func head(
        _ method: String, _ target: String, hosts: [String]? = nil, _ headers: [String] = [], length: Int = 0
    ) -> String {
        var lines = ["\(method) \(target) HTTP/1.1"] + (hosts ?? [host]).map { "Host: \($0)" } + ["Connection: close"]
        if let cookie { lines.append("Cookie: \(cookie)") }
        if length > 0 || method == "POST" { lines.append("Content-Length: \(length)") }
        return (lines + headers).joined(separator: "\r\n") + "\r\n\r\n"
    }

    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
        }.joined()
    }
}
