import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// Where the process that holds a database takes orders from other commands: a socket beside the database.
///
/// Each visitor hears hello, hands one order over, and is told what came of it.
final class ControlDesk: Sendable {
    private struct Hall {
        var isClosed = false
        /// Who has come and is not served yet. NIO lets go of a connection that comes while the listener closes, and of
        /// one that nobody has finished the process dies.
        var newcomers: [ObjectIdentifier: ControlConnection] = [:]
        /// Who has come and not asked for anything yet.
        var visitors: [ObjectIdentifier: any Channel] = [:]
        /// What is being done, by who asked for it.
        var works: [ObjectIdentifier: String] = [:]
        /// Waits until no work is under way, since the run has ended; nil while it goes on.
        var closer: CheckedContinuation<Void, Never>?

        /// Closes the desk of a run that has ended, unless work is under way: in one step with that look, so that whoever
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

    private let bench: Workbench
    private let logger: Logger
    private let listener: NIOAsyncChannel<ControlConnection, Never>
    private let hall: NIOLockedValueBox<Hall>

    /// Opens the desk of a store, which holds the lock: a socket that is there already is a dead process's.
    init(at bench: Workbench, logger: Logger) async throws {
        self.bench = bench
        self.logger = logger
        let hall = NIOLockedValueBox(Hall())
        self.hall = hall
        let descriptor = try UnixSocket.listen(at: Self.socketPath(ofDatabase: bench.store.path))
        listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            // Whoever has said all, or is sent away without having said anything, is still answered.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(descriptor) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try hall.withLockedValue { hall in
                        guard !hall.isClosed else { throw ChannelError.ioOnClosedChannel }
                        let newcomer = try ControlConnection(wrappingChannelSynchronously: channel)
                        hall.newcomers[ObjectIdentifier(channel)] = newcomer
                        return newcomer
                    }
                }
            }
    }

    /// The socket beside a database.
    static func socketPath(ofDatabase path: String) -> String { DatabaseFiles(path: path).socket }

    /// Takes orders while a run goes on, and when it has ended until none is under way any more.
    static func open<Report>(
        beside run: LiveRun, _ store: CampaignStore, options: GlobalOptions, _ dial: () async throws -> Report
    ) async throws -> Report {
        store.noteCommand(RunLabel.running(run.campaign))
        let desk: ControlDesk
        do {
            desk = try await ControlDesk(
                at: Workbench(store: store, run: run), logger: Surroundings.logger(options))
        } catch {
            let reason = Failure(error)?.message ?? "\(error)"
            options.output.warn("no other command can write to the database while this run goes on: \(reason).")
            return try await dial()
        }
        async let serving: Void = desk.serve()
        let report: Result<Report, any Error>
        do {
            report = .success(try await dial())
        } catch {
            report = .failure(error)
        }
        await run.noteEnd()
        await desk.close { works in
            let names = works.map { "`\($0)`" }.joined(separator: ", ")
            options.output.note(
                "No call is under way any more; waiting for \(names), which "
                    + "\(works.count.noun("another command", "other commands")) asked for.")
        }
        await serving
        return try report.get()
    }

    /// Serves visitors until the desk is closed and the last of them has gone.
    func serve() async {
        do {
            try await listener.executeThenClose { visitors in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await visitor in visitors { group.addTask { await self.serve(visitor) } }
                }
            }
        } catch {
            // The run goes on without a desk: whoever comes is told that the database is held.
            logger.error("no more orders can be taken", metadata: ["reason": "\(error)"])
        }
        let newcomers = hall.withLockedValue { hall in
            hall.isClosed = true
            defer { hall.newcomers = [:] }
            return Array(hall.newcomers.values)
        }
        for newcomer in newcomers { try? await newcomer.executeThenClose { _, _ in } }
    }

    /// Closes the desk as soon as no work is under way: lets nobody in any more, and sends those away who have not asked
    /// for anything. Until then whoever comes is served, since nobody else can do it.
    ///
    /// - Parameter wait: told what is waited for, if anything is.
    func close(_ wait: ([String]) -> Void = { _ in }) async {
        await withCheckedContinuation { continuation in
            let (closer, works) = hall.withLockedValue { hall in
                hall.closer = continuation
                relabel(hall)
                return (hall.closeIfIdle(), hall.works.values.sorted())
            }
            if !works.isEmpty { wait(works) }
            closer?.resume()
        }
        // By the holder of the lock, and before it lets go of that: the name is not another desk's.
        unlink(Self.socketPath(ofDatabase: bench.store.path))
        let idle = hall.withLockedValue { Array($0.visitors.values) }
        // Those who have left meanwhile have closed it themselves.
        try? await listener.channel.close()
        for visitor in idle { try? await visitor.close(mode: .input) }
    }

    private func serve(_ visitor: ControlConnection) async {
        hall.withLockedValue { _ = $0.newcomers.removeValue(forKey: ObjectIdentifier(visitor.channel)) }
        do {
            try await visitor.executeThenClose { inbound, outbound in
                guard try await visitor.isFromOurUser else { return }
                try await outbound.write(try MessageFraming.frame(Hello.ours))
                var messages = MessageReader(inbound)
                let answer = await answer(await order(of: visitor.channel, &messages))
                noteDone(visitor.channel)
                // Waits until the kernel has all of it: what is left of a long answer would go with the connection.
                try await visitor.channel.writeAndFlush(try MessageFraming.frame(answer)).get()
            }
        } catch {
            // Who has left needs no answer; the work is done all the same.
            logger.debug("a visitor left", metadata: ["reason": "\(error)"])
        }
    }

    /// What a visitor asks for; nil when the desk closes before it has heard.
    private func order(of visitor: any Channel, _ messages: inout MessageReader) async -> Result<WorkOrder, Failure>? {
        let isIn = hall.withLockedValue { hall in
            if !hall.isClosed { hall.visitors[ObjectIdentifier(visitor)] = visitor }
            return !hall.isClosed
        }
        guard isIn else { return nil }
        let heard: Result<WorkOrder, Failure>?
        do {
            heard = try await messages.next(WorkOrder.self).map(Result.success)
        } catch {
            heard = .failure(
                Failure(.unexpected, "The process that holds the database cannot read the order: \(error)"))
        }
        // Decided here and nowhere else: what was heard before the desk closed is done, what comes later is not.
        return hall.withLockedValue { hall in
            hall.visitors[ObjectIdentifier(visitor)] = nil
            guard !hall.isClosed else { return nil }
            if case .success(let order) = heard {
                hall.works[ObjectIdentifier(visitor)] = order.work.label
                relabel(hall)
            }
            return heard
        }
    }

    /// What a visitor asked for, if anything, is done.
    private func noteDone(_ visitor: any Channel) {
        let closer = hall.withLockedValue { hall in
            if hall.works.removeValue(forKey: ObjectIdentifier(visitor)) != nil { relabel(hall) }
            return hall.closeIfIdle()
        }
        closer?.resume()
    }

    /// Says who holds the database and why, once that is no run any more.
    private func relabel(_ hall: Hall) {
        guard let run = bench.run, hall.closer != nil else { return }
        bench.store.noteCommand(RunLabel.ending(run.campaign, hall.works.values.sorted()))
    }

    private func answer(_ order: Result<WorkOrder, Failure>?) async -> Answer {
        switch order {
        case nil: return .closing
        case .failure(let failure): return .failed(failure)
        case .success(let order):
            let answer = await answer(to: order.work)
            await bench.run?.noteWork()
            return answer
        }
    }

    private func answer(to work: some Work) async -> Answer {
        do {
            let outcome = try await work.perform(at: bench)
            logger.info("order carried out", metadata: ["order": "\(work.label)"])
            return .done(try JSONEncoder().encode(outcome))
        } catch {
            logger.info("order failed", metadata: ["order": "\(work.label)", "reason": "\(error)"])
            return .failed(Failure(error) ?? Failure(.unexpected, "\(error)"))
        }
    }
}
