import CampaignCore

/// What the dashboard does to the database: the operations of the commands, in the process that holds it.
struct DashboardOperations: Sendable {
    let context: OperationContext

    /// Carries out an operation; the log says who asked for it.
    func perform<O: StoreOperation>(_ operation: O, by actor: Actor) async throws -> O.Outcome {
        try await context.carryOut(operation, by: actor)
    }
}
