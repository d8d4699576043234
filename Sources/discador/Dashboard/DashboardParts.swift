import CampaignCore
import Dashboard

/// What the parts of the dashboard work with.
struct DashboardParts {
    let operations: DashboardOperations
    let session: DialingSession
    let reads: StoreReads
    let options: GlobalOptions
    let environmentFile: String?
    let measurements: ServiceMeasurements

    /// The parts, joined with the database and the dialer.
    var sections: [any DashboardSection] {
        let campaigns = StoredCampaigns(
            reads: reads, databasePath: options.databasePath, problems: CampaignProblems(reads))
        let pilot = CampaignPilot(
            operations: operations, session: session, reads: reads, environmentFile: environmentFile)
        let api = StoredOperations(
            operations: operations, session: session, reads: reads, options: options, environmentFile: environmentFile)
        let metrics = MetricsCollector(measurements: measurements, database: options.databasePath)
        return [
            APISection(
                StoredAPI(reads: reads, options: options, environmentFile: environmentFile), api,
                replies: KeptAPIReplies(store: operations.context.store, reads: reads),
                uptime: { SystemEnvironment.uptime().duration }),
            OverviewSection(campaigns),
            CampaignSection(campaigns, pilot),
            PeopleSection(StoredPeople(reads: reads, operations: operations)),
            DoubtsSection(StoredDoubts(reads: reads, operations: operations)),
            RepliesSection(StoredReplies(reads: reads, operations: operations)),
            BlocksSection(StoredBlocks(reads: reads, operations: operations)),
            EventsSection(StoredEvents(reads: reads)),
            LogSection(StoredActions(reads: reads)),
            MetricsSection { [reads] in try await reads { try metrics.text($0) } },
            ServiceHealth(session: session, reads: reads).section,
        ] + listSections
    }
}
