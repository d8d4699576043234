import CampaignCore
import Markup

/// A report as one HTML file that needs nothing else: no script, no network. Its size does not depend on the number of
/// contacts: they are listed only if they are few.
struct HTMLReport: ReportExporter {
    /// More rows are no reading for people.
    static let maxContacts = 2000
    /// In all of them, so that a page stays small however many columns the lists have.
    static let maxCells = 30_000

    private let page: ReportPage
    private let table: ContactsTable
    private var builder = HTMLBuilder()

    init(_ context: ReportContext) {
        page = ReportPage(context)
        table = ContactsTable(page)
    }

    var needsRows: Bool { table.isListed }

    mutating func appendHeader(to bytes: inout [UInt8]) {
        PageFrame.open(
            &builder, title: page.words.sentence(.title(campaign: page.line(page.summary.campaign))),
            language: page.words.language)
        PageHeader(page: page).append(to: &builder)
        FunnelSection(page).append(to: &builder)
        TimeSection(page: page).append(to: &builder)
        HoursSection(page).append(to: &builder)
        ProblemsSection(page: page).append(to: &builder)
        DoubtsSection(page: page).append(to: &builder)
        ColumnSection(page)?.append(to: &builder)
        PeopleSection(page: page).append(to: &builder)
        LeftOutSection(page: page).append(to: &builder)
        LatencySection(page)?.append(to: &builder)
        InstancesSection(page)?.append(to: &builder)
        SettingsSection(page: page).append(to: &builder)
        table.appendHead(to: &builder)
        builder.flush(to: &bytes)
    }

    mutating func append(_ row: ContactRow, to bytes: inout [UInt8]) {
        table.append(row, to: &builder)
        builder.flush(to: &bytes)
    }

    mutating func appendFooter(to bytes: inout [UInt8]) {
        table.appendFoot(to: &builder)
        DefinitionsSection(page).append(to: &builder)
        PageFrame.close(&builder)
        builder.flush(to: &bytes)
    }
}
