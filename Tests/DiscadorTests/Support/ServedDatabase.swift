import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Logging
import Testing

@testable import discador

/// A database that is held by the test itself, with the control server beside it.
struct ServedDatabase {
    let store: CampaignStore
    let server: ControlServer

    /// Serves a database in a folder of its own while `body` runs, then closes the server and waits for its last client.
    static func during(
        limits: ControlServer.Limits = .init(), _ body: (ServedDatabase) async throws -> Void
    ) async throws {
        try await DatabaseFolder.during { folder in
            let database = ServedDatabase(store: folder.store, server: try await folder.server(limits: limits))
            async let serving: Void = database.server.serve()
            let result: Result<Void, any Error>
            do {
                result = .success(try await body(database))
            } catch {
                result = .failure(error)
            }
            await database.server.close()
            await serving
            try result.get()
        }
    }

    var socket: String { ControlServer.socketPath(ofDatabase: store.path) }
    var client: ControlClient { .patient(database: store.path) }

    /// A client that does only what a test says, after the hello.
    func connect() async throws -> BareSocket {
        let client = try BareSocket(connectingTo: socket)
        _ = await client.nextText()
        return client
    }

    /// Whether an operation of another client is carried out.
    func servesOperations() async throws -> Bool {
        let add = AddBlocks(numbers: [], reason: "")
        guard case .done = try await client.send({ ControlRequest(add) }) else { return false }
        return true
    }

    /// Whether a conversation that outlived its client has said so.
    func isLeft(_ talk: Talk) throws -> Bool {
        var isLeft = false
        try store.reader().forEachBlock { isLeft = isLeft || $0.reason == talk.topic }
        return isLeft
    }
}

extension ControlClient {
    /// A client of a server in the test's own process, which may have little time for it.
    static func patient(database: String) -> ControlClient {
        ControlClient(database: database, helloTimeout: .seconds(600))
    }
}

/// A folder with a database that the test holds.
struct DatabaseFolder {
    let store: CampaignStore

    static func during(_ body: (DatabaseFolder) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "discador-server-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try CampaignStore(
            path: folder.appending(path: "discador.db").path,
            holder: .init(pid: getpid(), host: "here", command: "run camp", since: Timestamp(milliseconds: 0)))
        try await body(DatabaseFolder(store: store))
        try store.close()
    }

    func server(
        limits: ControlServer.Limits = .init(), inherited: InheritedSocket? = nil
    ) async throws -> ControlServer {
        try await ControlServer(
            at: OperationContext(store: store), logger: Logger(label: "server") { _ in SwiftLogNoOpLogHandler() },
            inherited: inherited, limits: limits, kinds: RequestKind.all + [.conversation(Talk.self)])
    }

    var socket: String { ControlServer.socketPath(ofDatabase: store.path) }

    /// A socket that listens beside the database, as systemd hands it over; its descriptor is the caller's to close.
    func inheritedSocket(mode: mode_t = 0o600) throws -> InheritedSocket {
        let descriptor = try BareSocket(listeningAt: socket).duplicate()
        try #require(chmod(socket, mode) == 0)
        return try InheritedSocket(descriptor: descriptor, forDatabase: store.path)
    }
}
