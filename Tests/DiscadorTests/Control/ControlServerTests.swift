import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Logging
import Synchronization
import Testing

@testable import discador

@Suite struct `The control server` {
    /// NIO drops a connection that it accepts while the listener closes; one that was not finished by then ends the whole
    /// process. Many rounds, since it takes a client at the right moment.
    @Test func `turns away clients that connect while a run ends, and the process lives on`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-server-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try CampaignStore(
            path: folder.appending(path: "discador.db").path,
            holder: .init(pid: getpid(), host: "here", command: "run camp", since: Timestamp(milliseconds: 0)))
        let path = ControlServer.socketPath(ofDatabase: store.path)
        for _ in 0..<150 {
            let server = try await ControlServer(
                at: OperationContext(store: store), logger: Logger(label: "server") { _ in SwiftLogNoOpLogHandler() })
            async let serving: Void = server.serve()
            let crowd = Crowd(at: path)
            await crowd.gather()
            await server.close()
            await serving
            // Some connected before, and nobody can from now on.
            #expect(await crowd.disperse() > 0)
            #expect(!FileManager.default.fileExists(atPath: path))
        }
        try store.close()
    }

    /// Clients that connect one after another from a thread of their own, and ask for nothing.
    private final class Crowd: Sendable {
        private let path: String
        private let isOver = Mutex(false)
        private let (firstCame, noteFirst) = AsyncStream.makeStream(of: Void.self)
        private let (allLeft, noteLeft) = AsyncStream.makeStream(of: Int.self)

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
                for client in clients { close(client) }
                noteFirst.finish()
                noteLeft.yield(clients.count)
                noteLeft.finish()
            }
            for await _ in firstCame { break }
        }

        /// Connects no more clients, and waits until all have left.
        ///
        /// - Returns: how many there were.
        func disperse() async -> Int {
            isOver.withLock { $0 = true }
            return await allLeft.first { _ in true } ?? 0
        }
    }
}
