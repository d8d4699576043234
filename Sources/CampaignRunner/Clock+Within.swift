extension Clock where Duration == Swift.Duration {
    /// What `work` gives; nil when it takes longer than `limit`. Then it is cancelled, and waited for as long as it takes
    /// to notice.
    func within<Value: Sendable>(
        _ limit: Swift.Duration, _ work: @escaping @Sendable () async -> Value
    ) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { await work() }
            group.addTask {
                try? await sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}
