import CampaignCore
import Dashboard

/// What the parts of the dashboard work with.
struct DashboardParts {
    let operations: DashboardOperations
    let session: DialingSession
    let reads: StoreReads
    let options: GlobalOptions
    let environmentFile: String?

    /// The parts, joined with the database and the dialer.
    var sections: [any DashboardSection] {
        let campaigns = StoredCampaigns(
            reads: reads, databasePath: options.databasePath, problems: CampaignProblems(reads))
        let pilot = CampaignPilot(
            operations: operations, session: session, reads: reads, environmentFile: environmentFile)
        let api = StoredOperations(
            operations: operations, session: session, reads: reads, options: options, environmentFile: environmentFile)
        return [
            APISection(
                StoredAPI(reads: reads, options: options, environmentFile: environmentFile), api,
                replies: KeptAPIReplies(store: operations.context.store, reads: reads),
                uptime: { SystemEnvironment.uptime().duration }),
            OverviewSection(campaigns),
            CampaignSection(campaigns, pilot),
        ]
    }
}
