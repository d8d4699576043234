import CampaignCore
import CampaignStore
import Dashboard

/// The page about who did what, from the database.
struct StoredActions: LogSource {
    private static let mostCampaigns = 200

    let reads: StoreReads

    func actions(_ query: LogQuery, for viewer: Viewer) async throws -> ActionList {
        try await reads { reader in
            var list = ActionList()
            let clock = try viewer.clock(reader, of: query.campaign.map { [$0] } ?? [])
            let limit = PeopleReading.pageSize
            let entries = try reader.actions(campaign: query.campaign, before: query.before, limit: limit)
            list.entries = entries.map { entry in
                ActionList.Entry(
                    at: clock.text(entry.at), actor: entry.actor.phrase, operation: entry.operation,
                    campaign: entry.detail.campaign, details: viewer.shown(entry.details), end: entry.state.phrase,
                    hasFailed: entry.state == .failed)
            }
            list.before = entries.count == limit ? entries.last?.id : nil
            list.campaigns = try reader.campaigns().prefix(Self.mostCampaigns).map(\.name)
            list.times = clock.name
            return list
        }
    }
}
