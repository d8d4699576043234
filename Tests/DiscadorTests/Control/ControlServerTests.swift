import CampaignCore
import Foundation
import Glibc
import Ongoing
import Synchronization
import Testing

@testable import discador

@Suite(.fewAtATime) struct `The control server` {
    /// NIO drops a connection that it accepts while the listener closes; one that was not finished by then ends the whole
    /// process. Many rounds, since it takes a client at the right moment.
    @Test func `turns away clients that connect while it closes, leaves none waiting, and the process lives on`()
        async throws
    {
        try await DatabaseFolder.during { folder in
            for _ in 0..<150 {
                let server = try await folder.server()
                async let serving: Void = server.serve()
                let crowd = Crowd(at: folder.socket)
                await crowd.gather()
                await server.close()
                await serving
                // Some connected before, and nobody can from now on.
                let clients = await crowd.disperse()
                #expect(clients.count > 0)
                #expect(clients.left == 0, "connections are still open")
                #expect(!FileManager.default.fileExists(atPath: folder.socket))
            }
        }
    }

    @Test func `does not wait for ever for a client's request`() async throws {
        try await ServedDatabase.during(limits: .init(request: .milliseconds(300))) { database in
            let silent = try await database.connect()
            let half = try await database.connect()
            half.send(bytes: BareSocket.length(100) + Array("{".utf8))
            // Both can be sure that nothing was done.
            #expect(await silent.rest().contains("closing"))
            #expect(await half.rest().contains("closing"))
            // It may be too slow itself: then it asks again.
            while try await !database.servesOperations() {}
        }
    }

    @Test func `serves only so many clients at a time, and tells the others`() async throws {
        try await ServedDatabase.during(limits: .init(clients: 3)) { database in
            var clients: [BareSocket] = []
            for _ in 0..<3 { clients.append(try await database.connect()) }
            for _ in 0..<5 {
                let talk = TalkClient(database.client)
                let failure = try await #require(throws: Failure.self) { try await talk.result() }
                #expect(failure.exit == .held && failure.message.english.contains("serves 3 other commands"))
            }
            // The place of one that has left is free.
            clients.removeLast().send(#"{"nonsense": true}"#)
            let isServed = OngoingTask {
                while true {
                    let talk = TalkClient(database.client)
                    talk.signals.yield(.end(bytes: 0))
                    if let end = try? await talk.result() { return end }
                }
            }
            #expect(try await isServed.value == .outcome(Talk.Outcome(heard: [], rest: Data())))
            withExtendedLifetime(clients) {}
        }
    }

    /// Clients that connect one after another from a thread of their own, and ask for nothing.
    private final class Crowd: Sendable {
        private let path: String
        private let isOver = Mutex(false)
        private let (firstCame, noteFirst) = AsyncStream.makeStream(of: Void.self)
        private let (allLeft, noteLeft) = AsyncStream.makeStream(of: (count: Int, left: Int).self)

        init(at path: String) {
            self.path = path
        }

        /// Connects clients until ``disperse()``; returns when the first one is connected.
        func gather() async {
            Thread.detachNewThread { [self] in
                var clients: [Int32] = []
                while !isOver.withLock({ $0 }), clients.count < 100, let client = try? UnixSocket.connect(to: path) {
                    clients.append(client)
                    noteFirst.yield()
                }
                noteFirst.finish()
                while !isOver.withLock({ $0 }) { sched_yield() }
                let left = clients.count { !Self.isClosed($0) }
                for client in clients { close(client) }
                noteLeft.yield((clients.count, left))
                noteLeft.finish()
            }
            for await _ in firstCame { break }
        }

        /// Connects no more clients, and waits until all have left.
        ///
        /// - Returns: how many there were, and how many of them the server had not disconnected.
        func disperse() async -> (count: Int, left: Int) {
            isOver.withLock { $0 = true }
            return await allLeft.first { _ in true } ?? (0, 0)
        }

        /// Whether the other side closes the connection; far longer than that takes, it is not waited for.
        private static func isClosed(_ client: Int32) -> Bool {
            var limit = timeval(tv_sec: 20, tv_usec: 0)
            setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            var bytes = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = recv(client, &bytes, bytes.count, 0)
                guard count <= 0 else { continue }
                return count == 0 || errno == ECONNRESET
            }
        }
    }
}
