import CampaignCore
import Hummingbird
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import Dashboard

/// The parts of a form.
private enum Form {
    static let token = "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\ntoken-of-ana\r\n"
    static let end = "--b--\r\n"

    static func file(_ content: String, name: String = "contatos.csv", field: String = "list") -> String {
        "--b\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(name)\"\r\n\r\n\(content)\r\n"
    }

    /// Without what stands first.
    static let foreign = [
        file("x") + token + end, file("x") + end,
        token.split(separator: "ana").joined(separator: "eva") + file("x") + end,
        "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\r\n" + file("x") + end,
        "--b\r\nContent-Disposition: form-data; name=\"token\"; filename=\"t\"\r\n\r\ntoken-of-ana\r\n" + file("x"),
        "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n" + String(repeating: "a", count: 300),
    ]

    static let broken = [
        token + file("x") + file("y") + end, token + file("x") + token + end, token + file("x"),
        token + file("x") + "--b", token + file("") + end,
        token + "--b\r\nContent-Disposition: form-data; name=\"list\"; filename=\"a.csv\"\r\n\r\nabc",
    ]

    static let withoutFile = [
        token + end, token + file("", name: "") + end, token + file("x", field: "other") + end, "", "--c\r\n",
    ]
}

/// Uploads, from the form to the file.
@Suite struct UploadReaderTests {
    /// Notes what it is given.
    private final class List: IncomingList, Sendable {
        struct State {
            var name = ""
            var bytes: [UInt8] = []
            var isFinished = false
            var isDiscarded = false
        }

        let state = NIOLockedValueBox(State())
        var now: State { state.withLockedValue { $0 } }

        func write(_ bytes: [UInt8]) async throws { state.withLockedValue { $0.bytes += bytes } }
        func finish() async throws -> String {
            state.withLockedValue { $0.isFinished = true }
            return "id"
        }
        func discard() async { state.withLockedValue { $0.isDiscarded = true } }
    }

    /// Sends a body in pieces of `size` bytes.
    private static func send(
        _ text: String, size: Int = 7, to list: List, type: String = "multipart/form-data; boundary=b",
        elapsed: @escaping @Sendable () -> Duration = { .zero }
    ) async throws -> String {
        let bytes = Array(text.utf8)
        let stream = AsyncStream<ByteBuffer> { continuation in
            for start in stride(from: 0, to: bytes.count, by: size) {
                continuation.yield(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)]))
            }
            continuation.finish()
        }
        var request = DashboardRequest(
            path: "/campaigns/c/import", language: .english, headers: [.contentType: type],
            body: RequestBody(asyncSequence: stream))
        request.visitor = Visitor(name: "ana", level: .operate, formToken: "token-of-ana", session: [1])
        return try await UploadReader(request: request, uptime: elapsed).receive { name in
            list.state.withLockedValue { $0.name = name }
            return list
        }
    }

    @Test(arguments: [1, 7, 10_000])
    func `a file comes through as it is`(size: Int) async throws {
        let list = List()
        let body = Form.token + Form.file("nome;fone\r\n--\r\n-b\r", name: "C:\\x\\contatos.csv") + "--b--\r\n"
        #expect(try await Self.send(body, size: size, to: list) == "id")
        #expect(list.now.name == "contatos.csv" && list.now.bytes == Array("nome;fone\r\n--\r\n-b\r".utf8))
        #expect(list.now.isFinished && !list.now.isDiscarded)
    }

    @Test(arguments: Form.foreign)
    func `nothing is kept of a form without its token at the beginning`(body: String) async {
        let list = List()
        await #expect(throws: DashboardError.self) { try await Self.send(body, to: list) }
        #expect(list.now.name.isEmpty && list.now.bytes.isEmpty)
    }

    @Test(arguments: Form.broken)
    func `a file that is empty, cut off or not alone is removed`(body: String) async {
        let list = List()
        await #expect(throws: (any Error).self) { try await Self.send(body, to: list) }
        #expect(list.now.isDiscarded && !list.now.isFinished)
    }

    @Test(arguments: Form.withoutFile)
    func `without a file nothing begins`(body: String) async {
        let list = List()
        await #expect(throws: (any Error).self) { try await Self.send(body, to: list) }
        #expect(list.now.name.isEmpty)
    }

    @Test func `a request of another type is refused`() async {
        await #expect(throws: MultipartError.noForm) {
            try await Self.send("token=token-of-ana", to: List(), type: "application/x-www-form-urlencoded")
        }
    }

    @Test func `an upload that hardly moves ends`() async {
        let list = List()
        let clock = NIOLockedValueBox(Duration.zero)
        await #expect(throws: DashboardError.self) {
            try await Self.send(
                Form.token + Form.file(String(repeating: "x", count: 1_000)) + "--b--\r\n", to: list,
                elapsed: {
                    clock.withLockedValue { now in
                        now += .seconds(10)
                        return now
                    }
                })
        }
        #expect(!list.now.isFinished && (list.now.name.isEmpty || list.now.isDiscarded))
    }
}
