import CampaignCore
import CampaignStore
import Dashboard

/// Whether the service lives and can work.
struct ServiceHealth: Sendable {
    /// Longer than this, and whatever it is hangs.
    private static let patience = Duration.seconds(5)

    let session: DialingSession
    let reads: StoreReads

    var section: HealthSection {
        HealthSection(
            live: { [self] in
                [
                    ("dialer", await inTime { await session.ping() }),
                    ("database", await inTime { try await reads.quick { _ = try $0.campaigns() } }),
                ]
            },
            ready: { [self] in [("writing", await session.storeFailure?.phrase.english)] })
    }

    /// Why something does not work; nil when it does.
    private func inTime(_ work: @escaping @Sendable () async throws -> Void) async -> String? {
        await withTaskGroup(of: String?.self) { group in
            group.addTask {
                do {
                    try await work()
                    return nil
                } catch {
                    return Phrase(of: error).english
                }
            }
            group.addTask {
                // Ends without a problem when the work was faster.
                do { try await SystemEnvironment.clock.sleep(for: Self.patience) } catch { return nil }
                return "no answer within 5 s"
            }
            let problem = await group.next() ?? nil
            group.cancelAll()
            return problem
        }
    }
}
