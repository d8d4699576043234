import CampaignCore
import CampaignStore

/// Writes the log of who did what.
struct ActionLog: Sendable {
    /// An action that was begun.
    struct Action: Sendable {
        let id: Int64
        let detail: ActionDetail
    }

    let store: CampaignStore

    /// - Parameter operation: in the words of the command line.
    func begin(_ operation: String, by actor: Actor, _ detail: ActionDetail) async throws(StoreError) -> Action {
        let id = try await store.beginAction(operation, by: actor, detail: detail, now: SystemEnvironment.now())
        return Action(id: id, detail: detail)
    }

    /// Notes how it ended. What was done stays done if that cannot be written.
    ///
    /// - Parameter error: why it failed; nil: it did not.
    func end(
        _ action: Action, counts: [String: Int] = [:], error: (any Error)? = nil, isPersonal: Bool = false
    ) async {
        var end = ActionEnd.done
        if let error {
            let failure = Failure(error) ?? Failure(.unexpected, Phrase(error))
            end = .failed(isPersonal ? "exit code \(failure.exit.rawValue)" : failure.message.english)
        }
        do {
            try await store.endAction(
                action.id, end, detail: action.detail.adding(counts), now: SystemEnvironment.now())
        } catch {
            note(error)
        }
    }

    /// Logs what a command does that holds the database itself, and is no operation.
    ///
    /// - Parameter counts: what came of it.
    func logging<Outcome>(
        _ name: String, _ detail: ActionDetail, _ counts: (Outcome) -> [String: Int], _ body: () async throws -> Outcome
    ) async throws -> Outcome {
        let action = try await begin(name, by: .terminal, detail)
        do {
            let outcome = try await body()
            await end(action, counts: counts(outcome))
            return outcome
        } catch {
            await end(action, error: error)
            throw error
        }
    }

    /// Says that something could not be logged, where it does not keep anything from being done.
    func note(_ error: StoreError) {
        let output = Output(isJSON: false, isQuiet: false)
        output.warn(
            Phrase(
                "the log of who did what cannot be written: ",
                "não foi possível escrever o registro de quem fez o quê: ")
                + error.phrase)
    }
}

extension Actor {
    /// The user of this process.
    static var terminal: Actor { Actor(.terminal, SystemEnvironment.user()) }
}
