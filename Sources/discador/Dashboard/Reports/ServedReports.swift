import CampaignCore
import CampaignStore
import Dashboard
import Foundation
import Reports

/// Reports for browsers, from the same exporters as `discador report`.
struct ServedReports: ReportSource {
    let reads: StoreReads
    let folder: UploadFolder
    let longReads: OneAtATime

    func report(of campaign: String, _ request: ReportRequest) async throws -> any DownloadFile {
        try folder.prepare()
        return try await longReads.run { [reads, folder] in
            try await reads { reader in try Self.make(reader, campaign, request, in: folder) }
        }
    }

    func day(of campaign: String) async throws -> String {
        try await reads { reader in
            _ = try reader.counts(campaign: campaign)
            return String(TimeText.iso(SystemEnvironment.now(), in: try reader.timeZone(of: campaign)).prefix(10))
        }
    }

    @inline(never)
    private static func make(
        _ reader: StoreReader, _ campaign: String, _ request: ReportRequest, in folder: UploadFolder
    ) throws -> TemporaryDownload {
        _ = try reader.counts(campaign: campaign)
        var report = ReportFile(reader: reader, campaign: campaign, isForExcel: request.isForExcel)
        report.language = request.language
        report.filter = try request.filter.map { try filter($0, reader, campaign) }
        report.anonymizer = request.isAnonymous ? Pseudonyms().anonymizer : nil
        return try TemporaryDownload.make(in: folder) { sink in
            try report.write(rows(request.rows), format: format(request.format), to: sink)
        }
    }

    private static func filter(_ text: String, _ reader: StoreReader, _ campaign: String) throws -> ContactFilter {
        let zone = try reader.timeZone(of: campaign)
        guard let phones = PhoneReader(country: "55") else { throw DashboardError.notFound }
        let context = FilterContext(
            columns: try reader.ownColumns(campaign: campaign), phones: phones, utcOffset: { zone.utcOffset(at: $0) })
        do throws(FilterError) {
            return try ContactFilter(parsing: text, context)
        } catch {
            throw DashboardError.invalid(Phrase("The filter: ", "O filtro: ") + Phrase(of: error))
        }
    }

    private static func format(_ format: ReportRequest.Format) -> ReportFormat {
        switch format {
        case .csv: .csv
        case .xlsx: .xlsx
        case .html: .html
        case .json: .json
        case .jsonl: .jsonl
        case .text: .text
        }
    }

    private static func rows(_ rows: ReportRequest.Rows) -> ReportRowsKind {
        switch rows {
        case .calls: .calls
        case .attempts: .attempts
        case .rejects: .rejects
        case .duplicates: .duplicates
        }
    }
}
