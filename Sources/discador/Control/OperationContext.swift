import CampaignCore
import CampaignStore

/// What an operation works with: the database, and the campaigns that this process dials.
struct OperationContext: Sendable {
    let store: CampaignStore
    /// Nil when this process is not dialing.
    var dialing: DialingSession?
    /// Told when the addresses at which webhooks are accepted have changed; nil when this process receives none.
    var onWebhookAddresses: (@Sendable () async -> Void)?

    /// Carries out an operation, whoever asked for it, and logs it: what was begun, by whom, and how it ended.
    ///
    /// - Throws: what the operation throws; or ``StoreError`` when it cannot be logged, and nothing was done, unless it
    ///   keeps people from being called.
    func carryOut<O: StoreOperation>(_ operation: O, by actor: Actor) async throws -> O.Outcome {
        let log = ActionLog(store: store)
        var action: ActionLog.Action?
        do {
            action = try await log.begin(operation.loggedName, by: actor, operation.logged)
        } catch {
            guard O.goesAheadUnlogged else { throw error }
            log.note(error)
        }
        let result: Result<O.Outcome, any Error>
        do {
            result = .success(try await operation.perform(in: self))
        } catch {
            result = .failure(error)
        }
        await dialing?.noteOperation()
        if let action {
            switch result {
            case .success(let outcome): await log.end(action, counts: operation.counts(of: outcome))
            case .failure(let error): await log.end(action, error: error, isPersonal: O.hasPersonalErrors)
            }
        }
        return try result.get()
    }
}
