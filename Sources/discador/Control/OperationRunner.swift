import CampaignCore
import CampaignStore
import Foundation

/// Where work for the database is done: here when the database is free, else in the process that holds it. Whoever asks
/// for it sees no difference.
struct OperationRunner {
    /// How long a database may be held by a process that takes no requests, such as a short import.
    private static let patience = Duration.seconds(2)
    /// The same, by one whose run has ended, and which has nothing to do but to close the database.
    private static let patienceWithEnding = Duration.seconds(60)
    private static let pause = Duration.milliseconds(50)

    let options: GlobalOptions

    /// Does the work, or has it done, and tells what came of it.
    func run<W: StoreOperation>(_ work: W) async throws -> W.Outcome {
        var attachments = RequestAttachments(besideDatabase: options.databasePath)
        defer { attachments.remove() }
        var work = work
        var since = SystemEnvironment.clock.now
        while true {
            switch Result(catching: { () throws(StoreError) in try options.openStore(for: work.label) }) {
            case .success(let store):
                let outcome = try await work.perform(at: OperationContext(store: store))
                try store.close()
                return outcome
            case .failure(let error):
                guard case .held = error else { throw error }
                let answer = try await ControlClient(database: options.databasePath).bring {
                    // Kept as it is from here on: standard input is read once.
                    work = try work.addressed(&attachments)
                    return work.request
                }
                if let outcome = try outcome(of: work, answer) { return outcome }
                // However long the request took to make, such as from a pipe.
                if case .closing? = answer { since = SystemEnvironment.clock.now }
                guard since.duration(to: SystemEnvironment.clock.now) < patience else { throw deaf(error) }
                try await SystemEnvironment.clock.sleep(for: Self.pause)
            }
        }
    }

    /// How long whoever holds the database may take no requests.
    private var patience: Duration {
        RunLabel.isEnding(WriterLock.holder(ofDatabase: options.databasePath)?.command)
            ? Self.patienceWithEnding : Self.patience
    }

    /// Waits until the process that dialed a campaign has let go of the database, or goes on with the work of others.
    func waitForEnd(of process: Int32, dialing campaign: String) async throws {
        while let holder = WriterLock.holder(ofDatabase: options.databasePath), holder.pid == process,
            !RunLabel.isWaiting(holder.command, of: campaign)
        {
            try await SystemEnvironment.clock.sleep(for: Self.pause)
        }
    }

    /// Ends a cancel of a campaign that was interrupted, or waits for one under way, before contacts of it are put back or
    /// others come in: whoever was cancelled stays so.
    ///
    /// - Parameter argument: the campaign as it was named; one that is not known has no cancel.
    func finishCancel(of argument: String) async throws {
        guard let campaign = try nameIfBeingCancelled(argument) else { return }
        let outcome = try await run(CancelCampaign(campaign: campaign))
        if let runner = outcome.runner { try await waitForEnd(of: runner, dialing: campaign) }
        options.output.note(
            "A cancel of \(campaign) was not over yet and is now: \(outcome.cancelled.counted("contact")) excluded.")
    }

    /// With a view of its own, which is closed when this returns: SQLite gives the descriptor of a writer that is closed beside
    /// an open view to the next writer, which then finds none of its own.
    private func nameIfBeingCancelled(_ argument: String) throws -> String? {
        guard let reader = try? options.openReader(),
            let name = try? CampaignLocator(options: options).name(of: argument, in: reader)
        else { return nil }
        return try reader.isBeingCancelled(campaign: name) ? name : nil
    }

    /// That the database is held by a process that takes no requests, so that no command of ours ends it.
    private func deaf(_ error: StoreError) -> any Error {
        guard case .held(let path, let holder, _?) = error,
            let process = WriterLock.holder(ofDatabase: options.databasePath)?.pid
        else { return error }
        return Failure(
            .held,
            "\(path) is in use by \(holder), which takes no requests now: wait for it to end, or have it end with "
                + "`kill -TERM \(process)`, after the calls under way; a process that is stopped needs `kill -CONT \(process)` "
                + "first.")
    }

    /// Nil when nothing was done.
    private func outcome<W: StoreOperation>(of work: W, _ answer: ControlResponse?) throws -> W.Outcome? {
        switch answer {
        case nil, .closing:
            return nil
        case .failed(let failure):
            throw failure
        case .done(let outcome):
            do {
                return try JSONDecoder().decode(W.Outcome.self, from: outcome)
            } catch {
                throw Failure(
                    .unexpected,
                    "It is done (\(work.label)), but what came of it cannot be read: the process that holds the "
                        + "database is of another version. See `\(options.suggested().command("status"))`.")
            }
        }
    }
}
