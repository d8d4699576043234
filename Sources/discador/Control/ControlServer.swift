import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// Serves requests of other commands in the process that holds a database, on a socket beside the database.
///
/// Each client reads a ``Hello``, sends one ``ControlRequest``, and reads the ``ControlResponse``.
final class ControlServer: Sendable {
    private struct State {
        var isClosed = false
        /// Connections accepted but not served yet. NIO drops a connection that is accepted while the listener closes,
        /// and dropping one that was never finished ends the process.
        var accepted: [ObjectIdentifier: ControlConnection] = [:]
        /// Clients that have not sent their request yet.
        var idle: [ObjectIdentifier: any Channel] = [:]
        /// The labels of the operations under way, by client.
        var operations: [ObjectIdentifier: String] = [:]
        /// Set once the run has ended, and resumed when no operation is under way; nil during the run.
        var closer: CheckedContinuation<Void, Never>?

        /// Closes the server of a run that has ended, unless an operation is under way. Check and closing are one step,
        /// so that every request that was read is served.
        ///
        /// - Returns: the continuation to resume.
        mutating func closeIfIdle() -> CheckedContinuation<Void, Never>? {
            guard let closer, operations.isEmpty else { return nil }
            isClosed = true
            self.closer = nil
            return closer
        }
    }

    private let context: OperationContext
    private let logger: Logger
    private let listener: NIOAsyncChannel<ControlConnection, Never>
    private let state: NIOLockedValueBox<State>

    /// Listens beside the database of a store, which holds the lock: an existing socket was left by a dead process.
    init(at context: OperationContext, logger: Logger) async throws {
        self.context = context
        self.logger = logger
        let state = NIOLockedValueBox(State())
        self.state = state
        let descriptor = try UnixSocket.listen(at: Self.socketPath(ofDatabase: context.store.path))
        listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            // A client that has closed its side, or whose side was closed here, still gets its response.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(descriptor) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try state.withLockedValue { state in
                        guard !state.isClosed else { throw ChannelError.ioOnClosedChannel }
                        let connection = try ControlConnection(wrappingChannelSynchronously: channel)
                        state.accepted[ObjectIdentifier(channel)] = connection
                        return connection
                    }
                }
            }
    }

    /// The socket beside a database.
    static func socketPath(ofDatabase path: String) -> String { DatabaseFiles(path: path).socket }

    /// Serves clients until the server is closed and the last of them has disconnected.
    func serve() async {
        do {
            try await listener.executeThenClose { clients in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await client in clients { group.addTask { await self.serve(client) } }
                }
            }
        } catch {
            // The run continues without a server: other commands are told that the database is held.
            logger.error("no more requests can be accepted", metadata: ["reason": "\(error)"])
        }
        let accepted = state.withLockedValue { state in
            state.isClosed = true
            defer { state.accepted = [:] }
            return Array(state.accepted.values)
        }
        for connection in accepted { try? await connection.executeThenClose { _, _ in } }
    }

    /// Closes the server as soon as no operation is under way: accepts no more clients, and turns away those that have
    /// not sent a request. Until then every client is served, since no other process can do it.
    ///
    /// - Parameter wait: called with the labels of the operations that are waited for, if any.
    func close(_ wait: ([String]) -> Void = { _ in }) async {
        await withCheckedContinuation { continuation in
            let (closer, operations) = state.withLockedValue { state in
                state.closer = continuation
                updateLabel(state)
                return (state.closeIfIdle(), state.operations.values.sorted())
            }
            if !operations.isEmpty { wait(operations) }
            closer?.resume()
        }
        // While the lock is still held: the socket cannot belong to another server.
        unlink(Self.socketPath(ofDatabase: context.store.path))
        let idle = state.withLockedValue { Array($0.idle.values) }
        // The client may have closed its channel already.
        try? await listener.channel.close()
        for client in idle { try? await client.close(mode: .input) }
    }

    private func serve(_ client: ControlConnection) async {
        state.withLockedValue { _ = $0.accepted.removeValue(forKey: ObjectIdentifier(client.channel)) }
        do {
            try await client.executeThenClose { inbound, outbound in
                guard try await client.isFromOurUser else { return }
                try await outbound.write(try MessageFraming.frame(Hello.ours))
                var messages = MessageReader(inbound)
                let response = await response(to: await request(of: client.channel, &messages))
                noteDone(client.channel)
                // Waits until the kernel has all of it: the rest of a long response would be lost with the connection.
                try await client.channel.writeAndFlush(try MessageFraming.frame(response)).get()
            }
        } catch {
            // A client that has disconnected needs no response; the operation is done nevertheless.
            logger.debug("a client disconnected", metadata: ["reason": "\(error)"])
        }
    }

    /// A client's request; nil when the server closed before it was read.
    private func request(of client: any Channel, _ messages: inout MessageReader) async -> Result<
        ControlRequest, Failure
    >? {
        let isServed = state.withLockedValue { state in
            if !state.isClosed { state.idle[ObjectIdentifier(client)] = client }
            return !state.isClosed
        }
        guard isServed else { return nil }
        let request: Result<ControlRequest, Failure>?
        do {
            request = try await messages.next(ControlRequest.self).map(Result.success)
        } catch {
            let unreadable = "The process that holds the database cannot read the request: \(error)"
            request = .failure(Failure(error) ?? Failure(.unexpected, unreadable))
        }
        // Decided here and nowhere else: a request that was read before the server closed is carried out, a later one
        // is not.
        return state.withLockedValue { state in
            state.idle[ObjectIdentifier(client)] = nil
            guard !state.isClosed else { return nil }
            if case .success(let request) = request {
                state.operations[ObjectIdentifier(client)] = request.operation.label
                updateLabel(state)
            }
            return request
        }
    }

    /// The client's operation, if any, is over.
    private func noteDone(_ client: any Channel) {
        let closer = state.withLockedValue { state in
            if state.operations.removeValue(forKey: ObjectIdentifier(client)) != nil { updateLabel(state) }
            return state.closeIfIdle()
        }
        closer?.resume()
    }

    /// Shows why the database is still held, once the run has ended.
    private func updateLabel(_ state: State) {
        guard let run = context.run, state.closer != nil else { return }
        context.store.noteCommand(RunLabel.ending(run.campaign, state.operations.values.sorted()))
    }

    private func response(to request: Result<ControlRequest, Failure>?) async -> ControlResponse {
        switch request {
        case nil: return .closing
        case .failure(let failure): return .failed(failure)
        case .success(let request):
            let response = await perform(request.operation)
            await context.run?.noteOperation()
            return response
        }
    }

    private func perform(_ operation: some StoreOperation) async -> ControlResponse {
        do {
            let outcome = try await operation.perform(in: context)
            logger.info("request completed", metadata: ["request": "\(operation.label)"])
            return .done(try JSONEncoder().encode(outcome))
        } catch {
            logger.info("request failed", metadata: ["request": "\(operation.label)", "reason": "\(error)"])
            return .failed(Failure(error) ?? Failure(.unexpected, "\(error)"))
        }
    }
}
