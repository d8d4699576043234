import CampaignCore
import CampaignStore

/// What the dashboard does to the database: the operations of the commands, in the process that holds it.
struct DashboardOperations: Sendable {
    let context: OperationContext

    /// Performs an operation, and has the log say who did it.
    func perform<O: StoreOperation>(_ operation: O, by actor: Actor) async throws -> O.Outcome {
        let result: Result<O.Outcome, any Error>
        do {
            result = .success(try await operation.perform(in: context))
        } catch {
            result = .failure(error)
        }
        // Also when it failed: it may have changed something before.
        await context.dialing?.noteOperation()
        return try result.get()
    }
}
