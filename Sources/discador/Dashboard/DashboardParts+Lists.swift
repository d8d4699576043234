import CampaignCore
import Dashboard

extension DashboardParts {
    /// Lists that come in, reports that go out, plans, and new campaigns.
    var listSections: [any DashboardSection] {
        let longReads = OneAtATime()
        let imports = ServedImports(
            reads, operations, options: options, environmentFile: environmentFile, longReads: longReads)
        let plans = ServedPlans(reads, environmentFile: environmentFile, longReads: longReads)
        let maker = ServedCampaignMaker(reads: reads, operations: operations, environmentFile: environmentFile)
        return [
            ImportSection(imports, uptime: { SystemEnvironment.uptime().duration }), PlanSection(plans),
            ReportsSection(ServedReports(reads: reads, folder: imports.folder, longReads: longReads)),
            NewCampaignSection(maker),
        ]
    }
}
