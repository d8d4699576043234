import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// Where the process that holds a database takes requests from other commands: a socket beside the database.
///
/// Each client hears hello, hands one request over, and is told what came of it.
final class ControlServer: Sendable {
    private struct State {
        var isClosed = false
        /// Who has come and is not served yet. NIO lets go of a connection that comes while the listener closes, and of
        /// one that nobody has finished the process dies.
        var accepted: [ObjectIdentifier: ControlConnection] = [:]
        /// Who has come and not asked for anything yet.
        var clients: [ObjectIdentifier: any Channel] = [:]
        /// What is being done, by who asked for it.
        var works: [ObjectIdentifier: String] = [:]
        /// Waits until no work is under way, since the run has ended; nil while it goes on.
        var closer: CheckedContinuation<Void, Never>?

        /// Closes the server of a run that has ended, unless work is under way: in one step with that look, so that whoever
        /// was heard is served.
        ///
        /// - Returns: who waits for it.
        mutating func closeIfIdle() -> CheckedContinuation<Void, Never>? {
            guard let closer, works.isEmpty else { return nil }
            isClosed = true
            self.closer = nil
            return closer
        }
    }

    private let context: OperationContext
    private let logger: Logger
    private let listener: NIOAsyncChannel<ControlConnection, Never>
    private let state: NIOLockedValueBox<State>

    /// Opens the server of a store, which holds the lock: a socket that is there already is a dead process's.
    init(at context: OperationContext, logger: Logger) async throws {
        self.context = context
        self.logger = logger
        let state = NIOLockedValueBox(State())
        self.state = state
        let descriptor = try UnixSocket.listen(at: Self.socketPath(ofDatabase: context.store.path))
        listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            // Whoever has said all, or is sent away without having said anything, is still answered.
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

    /// Takes requests while a run goes on, and when it has ended until none is under way any more.
    static func open<Report>(
        beside run: ActiveRun, _ store: CampaignStore, options: GlobalOptions, _ dial: () async throws -> Report
    ) async throws -> Report {
        store.noteCommand(RunLabel.running(run.campaign))
        let server: ControlServer
        do {
            server = try await ControlServer(
                at: OperationContext(store: store, run: run), logger: SystemEnvironment.logger(options))
        } catch {
            let reason = Failure(error)?.message ?? "\(error)"
            options.output.warn("no other command can write to the database while this run goes on: \(reason).")
            return try await dial()
        }
        async let serving: Void = server.serve()
        let report: Result<Report, any Error>
        do {
            report = .success(try await dial())
        } catch {
            report = .failure(error)
        }
        await run.noteEnd()
        await server.close { works in
            let names = works.map { "`\($0)`" }.joined(separator: ", ")
            options.output.note(
                "No call is under way any more; waiting for \(names), which "
                    + "\(works.count.noun("another command", "other commands")) asked for.")
        }
        await serving
        return try report.get()
    }

    /// Serves clients until the server is closed and the last of them has gone.
    func serve() async {
        do {
            try await listener.executeThenClose { clients in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await client in clients { group.addTask { await self.serve(client) } }
                }
            }
        } catch {
            // The run goes on without a server: whoever comes is told that the database is held.
            logger.error("no more requests can be taken", metadata: ["reason": "\(error)"])
        }
        let accepted = state.withLockedValue { state in
            state.isClosed = true
            defer { state.accepted = [:] }
            return Array(state.accepted.values)
        }
        for connection in accepted { try? await connection.executeThenClose { _, _ in } }
    }

    /// Closes the server as soon as no work is under way: lets nobody in any more, and sends those away who have not asked
    /// for anything. Until then whoever comes is served, since nobody else can do it.
    ///
    /// - Parameter wait: told what is waited for, if anything is.
    func close(_ wait: ([String]) -> Void = { _ in }) async {
        await withCheckedContinuation { continuation in
            let (closer, works) = state.withLockedValue { state in
                state.closer = continuation
                relabel(state)
                return (state.closeIfIdle(), state.works.values.sorted())
            }
            if !works.isEmpty { wait(works) }
            closer?.resume()
        }
        // By the holder of the lock, and before it lets go of that: the name is not another server's.
        unlink(Self.socketPath(ofDatabase: context.store.path))
        let idle = state.withLockedValue { Array($0.clients.values) }
        // Those who have left meanwhile have closed it themselves.
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
                let answer = await answer(await request(of: client.channel, &messages))
                noteDone(client.channel)
                // Waits until the kernel has all of it: what is left of a long answer would go with the connection.
                try await client.channel.writeAndFlush(try MessageFraming.frame(answer)).get()
            }
        } catch {
            // Who has left needs no answer; the work is done all the same.
            logger.debug("a client left", metadata: ["reason": "\(error)"])
        }
    }

    /// What a client asks for; nil when the server closes before it has heard.
    private func request(of client: any Channel, _ messages: inout MessageReader) async -> Result<
        ControlRequest, Failure
    >? {
        let isIn = state.withLockedValue { state in
            if !state.isClosed { state.clients[ObjectIdentifier(client)] = client }
            return !state.isClosed
        }
        guard isIn else { return nil }
        let heard: Result<ControlRequest, Failure>?
        do {
            heard = try await messages.next(ControlRequest.self).map(Result.success)
        } catch {
            heard = .failure(
                Failure(.unexpected, "The process that holds the database cannot read the request: \(error)"))
        }
        // Decided here and nowhere else: what was heard before the server closed is done, what comes later is not.
        return state.withLockedValue { state in
            state.clients[ObjectIdentifier(client)] = nil
            guard !state.isClosed else { return nil }
            if case .success(let request) = heard {
                state.works[ObjectIdentifier(client)] = request.work.label
                relabel(state)
            }
            return heard
        }
    }

    /// What a client asked for, if anything, is done.
    private func noteDone(_ client: any Channel) {
        let closer = state.withLockedValue { state in
            if state.works.removeValue(forKey: ObjectIdentifier(client)) != nil { relabel(state) }
            return state.closeIfIdle()
        }
        closer?.resume()
    }

    /// Says who holds the database and why, once that is no run any more.
    private func relabel(_ state: State) {
        guard let run = context.run, state.closer != nil else { return }
        context.store.noteCommand(RunLabel.ending(run.campaign, state.works.values.sorted()))
    }

    private func answer(_ request: Result<ControlRequest, Failure>?) async -> ControlResponse {
        switch request {
        case nil: return .closing
        case .failure(let failure): return .failed(failure)
        case .success(let request):
            let answer = await answer(to: request.work)
            await context.run?.noteWork()
            return answer
        }
    }

    private func answer(to work: some StoreOperation) async -> ControlResponse {
        do {
            let outcome = try await work.perform(at: context)
            logger.info("request carried out", metadata: ["request": "\(work.label)"])
            return .done(try JSONEncoder().encode(outcome))
        } catch {
            logger.info("request failed", metadata: ["request": "\(work.label)", "reason": "\(error)"])
            return .failed(Failure(error) ?? Failure(.unexpected, "\(error)"))
        }
    }
}
