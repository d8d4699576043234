import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Logging
import NIOConcurrencyHelpers
import NIOCore

/// Serves requests of other commands in the process that holds a database, on a socket beside the database.
///
/// Each client reads a ``Hello``, sends one ``ControlRequest``, and reads the ``ControlResponse``. In a conversation it
/// reads any number of updates before, and may send signals meanwhile.
final class ControlServer: Sendable {
    /// What a client may take up of the process that serves it.
    struct Limits: Sendable {
        /// How many clients may be connected at the same time.
        var clients = 256
        /// How many of them may be in a conversation, which may last for days: the others are for commands such as
        /// `pause` and `block add`.
        var conversations = 192
        /// How long a client may take to send its request.
        var request = Duration.seconds(60)
        /// How long a client may take to read its response. A process that is closing does not wait longer for it.
        var response = Duration.seconds(5)
    }

    /// A request that is being carried out.
    struct Work {
        var label: String
        var isConversation = false
        var writer: MessageWriter
    }

    private struct State {
        var isClosed = false
        /// Clients that have not sent their request yet.
        var idle: [ObjectIdentifier: any Channel] = [:]
        /// The requests that are being carried out, by client.
        var work: [ObjectIdentifier: Work] = [:]
        /// Set once the server is to be closed, and resumed when no request is being carried out; nil before.
        var closer: CheckedContinuation<Void, Never>?

        /// The labels of the requests that are being carried out.
        var labels: [String] { work.values.map(\.label).sorted() }

        /// Closes a server that is to be closed, unless a request is being carried out. Check and closing are one step,
        /// so that every request that was read is served.
        ///
        /// - Returns: the continuation to resume.
        mutating func closeIfIdle() -> CheckedContinuation<Void, Never>? {
            guard let closer, work.isEmpty else { return nil }
            isClosed = true
            self.closer = nil
            return closer
        }
    }

    let context: OperationContext
    let logger: Logger
    let limits: Limits
    let kinds: [RequestKind]
    private let inherited: InheritedSocket?
    private let listener: ControlListener
    private let state = NIOLockedValueBox(State())

    /// Listens beside the database of a store, which holds the lock: an existing socket was left by a dead process.
    ///
    /// - Parameters:
    ///   - inherited: a socket that listens there already, and goes on listening when this server is closed.
    ///   - kinds: what can be requested.
    init(
        at context: OperationContext, logger: Logger, inherited: InheritedSocket? = nil, limits: Limits = Limits(),
        kinds: [RequestKind] = RequestKind.all
    ) async throws {
        self.context = context
        self.logger = logger
        self.limits = limits
        self.kinds = kinds
        self.inherited = inherited
        let path = Self.socketPath(ofDatabase: context.store.path)
        let refusal = Failure(
            .held,
            Phrase(
                "The process that holds \(context.store.path) already serves \(limits.clients) other commands: wait until "
                    + "some of them have ended, then run this one again.",
                "O processo que usa \(context.store.path) já atende \(limits.clients) outros comandos: espere alguns "
                    + "terminarem e execute este de novo."))
        listener = try await ControlListener(
            on: try inherited?.duplicate() ?? UnixSocket.listen(at: path), limit: limits.clients,
            refusal: .failed(refusal))
    }

    /// The socket beside a database.
    static func socketPath(ofDatabase path: String) -> String { DatabaseFiles(path: path).socket }

    /// Serves clients until the server is closed and the last of them has disconnected.
    func serve() async {
        await listener.serve { await self.serve($0) }
        let wasClosed = state.withLockedValue { state in
            defer { state.isClosed = true }
            return state.isClosed
        }
        // This process goes on without a server: other commands are told that the database is held.
        if !wasClosed { logger.error("no more requests can be accepted") }
    }

    /// Closes the server as soon as no request is being carried out: accepts no more clients, and turns away those that
    /// have not sent a request. Until then every operation is carried out, since no other process can do it; but no
    /// more conversations begin. Clients must read what they are sent within ``Limits/response`` from now on.
    ///
    /// - Parameter wait: called with the labels of the requests that are waited for, if any.
    func close(_ wait: ([String]) -> Void = { _ in }) async {
        await withCheckedContinuation { continuation in
            let (closer, work) = state.withLockedValue { state in
                state.closer = continuation
                updateLabel(state)
                return (state.closeIfIdle(), Array(state.work.values))
            }
            for request in work { request.writer.hurry() }
            if !work.isEmpty { wait(work.map(\.label).sorted()) }
            closer?.resume()
        }
        // While the lock is still held: the socket cannot belong to another server.
        if inherited == nil { unlink(Self.socketPath(ofDatabase: context.store.path)) }
        let idle = state.withLockedValue { Array($0.idle.values) }
        await listener.close()
        // The client may have closed its channel already.
        for client in idle { try? await client.close(mode: .input) }
    }

    /// A client has connected that has not sent its request.
    ///
    /// - Returns: whether the request may be read.
    func noteIdle(_ client: any Channel) -> Bool {
        state.withLockedValue { state in
            if !state.isClosed { state.idle[ObjectIdentifier(client)] = client }
            return !state.isClosed
        }
    }

    /// A client's request was read, or can no longer be.
    ///
    /// Decided here and nowhere else: a request that was read before the server closed is carried out, a later one is
    /// not.
    ///
    /// - Parameter work: nil when there is nothing to carry out.
    /// - Returns: whether it is carried out.
    func begin(_ work: Work?, isConversation: Bool, for client: any Channel) -> Bool {
        state.withLockedValue { state in
            state.idle[ObjectIdentifier(client)] = nil
            guard !state.isClosed, !isConversation || state.closer == nil else { return false }
            if isConversation, state.work.values.count(where: \.isConversation) >= limits.conversations { return false }
            guard let work else { return true }
            state.work[ObjectIdentifier(client)] = work
            updateLabel(state)
            return true
        }
    }

    /// The client's request, if any, has been carried out.
    func noteDone(_ client: any Channel) {
        let closer = state.withLockedValue { state in
            if state.work.removeValue(forKey: ObjectIdentifier(client)) != nil { updateLabel(state) }
            return state.closeIfIdle()
        }
        closer?.resume()
    }

    /// Shows why the database is still held, once the run has ended.
    private func updateLabel(_ state: State) {
        guard let dialing = context.dialing, state.closer != nil else { return }
        context.store.noteCommand(RunLabel.ending(dialing.command, state.labels), dialing: [])
    }
}
