/// Long pieces of work, one after another, so that pages never wait for more than one of them.
actor OneAtATime {
    private var last: Task<Void, Never>?

    /// Does `work` when everything before it is done.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let previous = last
        // Not part of whoever asked: what comes after waits for it too.
        let task = Task {
            await previous?.value
            return try await work()
        }
        last = Task { _ = try? await task.value }
        return try await task.value
    }
}
