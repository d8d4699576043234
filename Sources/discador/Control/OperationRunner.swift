import CampaignCore
import CampaignStore
import Foundation

/// Carries out operations: in this process when the database is free, otherwise in the process that holds it. The
/// caller sees no difference.
struct OperationRunner {
    /// How long to wait for a process that holds the database and takes no requests, such as a short import.
    private static let timeout = Duration.seconds(2)
    /// The same when that process's run has ended, and only closing the database is left to do.
    private static let endingTimeout = Duration.seconds(60)
    private static let pause = Duration.milliseconds(50)

    let options: GlobalOptions
    /// What this process holds the database with; nil: it does not yet.
    var held: OperationContext?
    /// Who asks.
    var actor = Actor.terminal

    /// Carries out an operation here, or has the holder of the database do it.
    func run<O: StoreOperation>(_ operation: O) async throws -> O.Outcome {
        if let held { return try await held.carryOut(operation, by: actor) }
        var attachments = RequestAttachments(besideDatabase: options.databasePath)
        defer { attachments.remove() }
        var operation = operation
        var since = SystemEnvironment.clock.now
        while true {
            switch Result(catching: { () throws(StoreError) in try options.openStore(for: operation.label) }) {
            case .success(let store):
                let outcome = try await OperationContext(store: store).carryOut(operation, by: actor)
                try store.close()
                return outcome
            case .failure(let error):
                guard case .held = error else { throw error }
                let response = try await ControlClient(database: options.databasePath).send {
                    // Replaces the original operation, since standard input can be read only once.
                    operation = try operation.forwarded(&attachments)
                    return ControlRequest(operation, by: actor)
                }
                if let outcome = try outcome(of: operation, response) { return outcome }
                // Restarts the wait, however long the request took to prepare, for example from a pipe.
                if case .closing? = response { since = SystemEnvironment.clock.now }
                guard since.duration(to: SystemEnvironment.clock.now) < timeout else {
                    throw Failure.unresponsive(error, database: options.databasePath)
                }
                try await SystemEnvironment.clock.sleep(for: Self.pause)
            }
        }
    }

    /// How long the holder of the database may go without taking requests.
    private var timeout: Duration {
        RunLabel.isEnding(WriterLock.holder(ofDatabase: options.databasePath)?.command)
            ? Self.endingTimeout : Self.timeout
    }

    /// Waits until the process that dialed a campaign has released the database, or only carries out operations of
    /// other commands.
    func waitForEnd(of process: Int32, dialing campaign: String) async throws {
        while let holder = WriterLock.holder(ofDatabase: options.databasePath), holder.pid == process,
            !RunLabel.isWaiting(holder.command, of: campaign)
        {
            try await SystemEnvironment.clock.sleep(for: Self.pause)
        }
    }

    /// Completes an interrupted cancel of a campaign, or waits for one under way, before contacts of the campaign are
    /// requeued or imported: contacts that were cancelled stay so.
    ///
    /// - Parameter argument: the campaign as the user named it; an unknown campaign has no cancel.
    func finishCancel(of argument: String) async throws {
        guard let campaign = try nameIfBeingCancelled(argument) else { return }
        let outcome = try await run(CancelCampaign(campaign: campaign))
        if let runner = outcome.runner { try await waitForEnd(of: runner, dialing: campaign) }
        options.output.note(
            Phrase(
                "An interrupted cancel of \(campaign) was completed first: "
                    + "\(outcome.cancelled.counted("contact")) excluded.",
                "Um cancelamento interrompido de \(campaign) foi concluído antes: "
                    + "\(outcome.cancelled.counted("contato excluído", "contatos excluídos")).")
        )
    }

    /// With its own reader, which is closed when this returns: SQLite passes the descriptor of a writer that is closed
    /// beside an open reader on to the next writer, which then finds none of its own.
    private func nameIfBeingCancelled(_ argument: String) throws -> String? {
        guard let reader = try? options.openReader(),
            let name = try? CampaignLocator(options: options).name(reader, of: argument)
        else { return nil }
        return try reader.isBeingCancelled(campaign: name) ? name : nil
    }

    /// Nil when nothing was done.
    private func outcome<O: StoreOperation>(of operation: O, _ response: ControlResponse?) throws -> O.Outcome? {
        switch response {
        case nil, .closing:
            return nil
        case .failed(let failure):
            throw failure
        case .done(let outcome):
            guard let outcome = try? JSONDecoder().decode(O.Outcome.self, from: outcome) else {
                throw unreadable(operation)
            }
            return outcome
        case .update:
            // Only conversations have updates.
            throw unreadable(operation)
        }
    }

    private func unreadable(_ operation: some StoreOperation) -> Failure {
        let status = options.suggested().command("status")
        return Failure(
            .unexpected,
            Phrase(
                "This was done (\(operation.label)), but its outcome cannot be read: the process that holds the database is "
                    + "another version. See `\(status)`.",
                "Isto foi feito (\(operation.label)), mas não foi possível ler o resultado: o processo que usa o banco de "
                    + "dados é outra versão. Veja `\(status)`."))
    }
}

extension Failure {
    /// The error for a database held by a process that takes no requests, so that no command of ours can end what it
    /// dials.
    static func unresponsive(_ error: StoreError, database: String) -> any Error {
        guard case .held(let path, let holder, _) = error,
            let process = WriterLock.holder(ofDatabase: database), RunLabel.isDialing(process.command)
        else { return error }
        return Failure(
            .held,
            Phrase(
                "\(path) is in use by \(holder.english), which accepts no requests now: wait for it to end, or end it with "
                    + "`kill -TERM \(process.pid)`, which lets the calls under way finish; a suspended process needs "
                    + "`kill -CONT \(process.pid)` first.",
                "\(path) está em uso \(Phrase.by(holder).portuguese), que não aceita pedidos agora: espere até que termine, ou "
                    + "encerre-o com `kill -TERM \(process.pid)`, que deixa terminar as ligações em andamento; um processo "
                    + "suspenso precisa antes de `kill -CONT \(process.pid)`."))
    }
}
