import Foundation
import Glibc
import Ongoing
import Testing

/// A browser that is signed in, without a library in between: what it sends can be cut off anywhere.
struct UploadBrowser: Sendable {
    struct Answer: Sendable {
        var status: Int
        /// By their names in lower case.
        var headers: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var location: String { headers["location"] ?? "" }
    }

    static let boundary = "----discador-test"

    let port: Int
    let cookie: String
    let formToken: String

    /// Starts a service with the pages.
    static func serve(_ cli: CLIFixture) async throws -> (service: Program, port: Int) {
        let service = try Program(
            ["serve", "--verbose", "--listen", "127.0.0.1:0"], in: cli.folder, environment: CLIFixture.environment)
        let line = try #require(await service.nextLine(with: "The dashboard is at "), "no dashboard")
        let port = line.split(separator: ":").last.flatMap { Int($0.filter(\.isNumber)) }
        try await service.wait(for: " serves ", count: 1)
        return (service, try #require(port, "\(line)"))
    }

    /// Signs in by a link.
    static func signIn(_ cli: CLIFixture, _ port: Int, level: String = "operate") async throws -> UploadBrowser {
        let added = try await cli.discador("user", "add", "u-\(level)", "--level", level)
        #expect(added.exitCode == 0 || added.stderr.contains("already"), "\(added.stderr)")
        let link = try await cli.discador("user", "link", "u-\(level)")
        let path = try #require(link.stdout.firstRange(of: "/login/").map { link.stdout[$0.lowerBound...] })
        let stranger = UploadBrowser(port: port, cookie: "", formToken: "")
        let entered = try await stranger.post(path.filter { !$0.isWhitespace }, [:])
        let cookie = try #require(entered.headers["set-cookie"]?.prefix { $0 != ";" }, "\(entered)")
        let known = UploadBrowser(port: port, cookie: String(cookie), formToken: "")
        let page = try await known.get("/")
        let field = try #require(page.text.firstRange(of: "name=\"token\" value=\""), "\(page.text)")
        let token = page.text[field.upperBound...].prefix { $0 != "\"" }
        return UploadBrowser(port: port, cookie: String(cookie), formToken: String(token))
    }

    func get(_ path: String) async throws -> Answer {
        try await send([head("GET", path, [:])])
    }

    /// Posts a form with this session's token.
    func post(_ path: String, _ fields: [String: String]) async throws -> Answer {
        var fields = fields
        fields["token"] = fields["token"] ?? formToken
        let body = fields.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
        let type = "application/x-www-form-urlencoded"
        return try await send([
            head("POST", path, ["Content-Type": type, "Content-Length": "\(body.utf8.count)"]), Array(body.utf8),
        ])
    }

    /// Sends a list as the page's form does.
    func upload(_ bytes: [UInt8], named name: String, to campaign: String = "camp", token: String? = nil) async throws
        -> Answer
    {
        let body = form(bytes, named: name, token: token)
        return try await send([uploadHead(campaign, length: body.count), body])
    }

    func form(_ bytes: [UInt8], named name: String, token: String? = nil) -> [UInt8] {
        Array(
            """
            --\(Self.boundary)\r
            Content-Disposition: form-data; name="token"\r
            \r
            \(token ?? formToken)\r
            --\(Self.boundary)\r
            Content-Disposition: form-data; name="list"; filename="\(name)"\r
            Content-Type: text/csv\r
            \r

            """.utf8) + bytes + Array("\r\n--\(Self.boundary)--\r\n".utf8)
    }

    /// - Parameter length: nil: the body comes in chunks.
    func uploadHead(_ campaign: String, length: Int?) -> [UInt8] {
        let extent = length.map { ["Content-Length": "\($0)"] } ?? ["Transfer-Encoding": "chunked"]
        let type = "multipart/form-data; boundary=\(Self.boundary)"
        return head("POST", "/campaigns/\(campaign)/import", extent.merging(["Content-Type": type]) { $1 })
    }

    /// The page when nothing on it is under way any more.
    func settled(_ path: String, _ service: Program) async throws -> String {
        var poller = Poller()
        while true {
            let isOver = service.isOver
            let page = try await get(path)
            #expect(page.status == 200, "\(page.text)")
            let text = page.text
            if !text.contains("is being read;") && !text.contains("is being imported.") { return text }
            guard !isOver else { throw ConditionNeverMet(for: "an end of \(path)") }
            try Task.checkCancellation()
            await poller.pause()
        }
    }

    private func head(_ method: String, _ path: String, _ headers: [String: String]) -> [UInt8] {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Origin: http://127.0.0.1:\(port)"]
        lines.append("Accept-Language: en")
        if !cookie.isEmpty { lines.append("Cookie: \(cookie)") }
        lines += headers.map { "\($0.key): \($0.value)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let digits = String(byte, radix: 16)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }

    // MARK: The connection

    /// Sends pieces, and reads the answer to its end.
    ///
    /// - Parameter isCut: whether the connection is then closed instead.
    func send(_ pieces: [[UInt8]], isCut: Bool = false) async throws -> Answer {
        let all: [UInt8] = await withCheckedContinuation { continuation in
            let port = port
            Thread.detachNewThread { continuation.resume(returning: Self.talk(port, pieces, isCut: isCut)) }
        }
        return isCut ? Answer(status: 0, headers: [:], body: []) : try Self.answer(all)
    }

    private static func talk(_ port: Int, _ pieces: [[UInt8]], isCut: Bool) -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let isConnected = withUnsafeBytes(of: &address) { raw in
            raw.withMemoryRebound(to: sockaddr.self) { rebound in
                rebound.baseAddress.map { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) } == 0
            }
        }
        guard isConnected else { return [] }
        for piece in pieces {
            var sent = 0
            while sent < piece.count {
                let count = piece.withUnsafeBytes { raw in
                    Glibc.send(
                        descriptor, raw.baseAddress?.advanced(by: sent), raw.count - sent, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { break }
                sent += count
            }
            // The other side wants no more.
            guard sent == piece.count else { break }
        }
        guard !isCut else { return [] }
        var all: [UInt8] = []
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while !isWhole(all) {
            let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            all += bytes.prefix(count)
        }
        return all
    }

    /// Whether an answer has as many bytes as it says.
    private static func isWhole(_ all: [UInt8]) -> Bool {
        guard let answer = try? answer(all), let length = answer.headers["content-length"] else { return false }
        return answer.body.count >= Int(length) ?? 0
    }

    private static func answer(_ all: [UInt8]) throws -> Answer {
        let end = try headEnd(of: all)
        let lines = String(decoding: all[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let status = try #require(lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        let headers = lines.dropFirst().compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (line[..<colon].lowercased(), String(line[colon...].dropFirst().drop { $0 == " " }))
        }
        return Answer(
            status: status, headers: Dictionary(headers) { $1 }, body: Array(all[end.upperBound...]))
    }

    private static func headEnd(of all: [UInt8]) throws -> Range<Int> {
        struct NoAnswer: Error {}
        guard let end = Data(all).firstRange(of: Data("\r\n\r\n".utf8)) else { throw NoAnswer() }
        return end
    }
}
