import CampaignCore
import CampaignFile
import CampaignStore
import Dashboard
import Foundation
import Reports

extension ServedImports {
    /// Reads a list as an import would, into a copy of the database.
    nonisolated func previewed(_ entry: Entry) async -> (UploadedList.Stage, [PreviewedList.Column]) {
        do {
            let operation = try await operation(for: entry)
            await note(operation.progress, of: entry.list.id, entry.job)
            let preview = try await ListPreview.make(
                of: operation, in: folder.previewFolder(), holder: options.holder("preview")
            ) { path in
                try await longReads.run { [reads] in try await reads { try $0.copy(to: path) } }
            }
            let columns = preview.lists.first.map { ListReading.columns(of: $0.format) } ?? []
            return (.previewed(PreviewedList(preview, columns: columns)), columns)
        } catch {
            let columns = (try? await reads.blocking { entry.reading.columnsAlone() }) ?? []
            return (.unreadable(Phrase(of: error), columns: columns), columns)
        }
    }

    /// Imports a list, as it was shown.
    nonisolated func imported(
        _ entry: Entry, by actor: Actor, in language: Language
    ) async -> (UploadedList.Stage, [PreviewedList.Column]) {
        do {
            let file = ListFile(uploaded: entry.file.path, named: entry.list.name)
            let found = try await reads.blocking { try ListHasher.fingerprint(of: file, ListReader.Options()) }
            guard found.sha256 == entry.file.sha256, found.bytes == entry.file.bytes else {
                throw Failure(
                    .badInput,
                    Phrase(
                        "The file was changed on the disk since it was shown: send it again.",
                        "O arquivo foi alterado no disco depois de mostrado: envie de novo."))
            }
            let name = entry.campaign
            guard try await !reads({ try $0.isBeingCancelled(campaign: name) }) else {
                throw Failure(
                    .usage,
                    Phrase(
                        "The campaign is being cancelled, or that was interrupted: cancel it to the end first.",
                        "A campanha está sendo cancelada, ou isso foi interrompido: conclua primeiro o cancelamento."))
            }
            var operation = try await operation(for: entry)
            operation.isStrict = entry.list.choices.isStrict
            operation.language = language
            await note(operation.progress, of: entry.list.id, entry.job)
            let outcome = try await operations.perform(operation, by: actor)
            let isNew = outcome.totals.first?.unchangedSince == nil
            // Whatever cannot be read afterwards: it is imported.
            let newest = try? await reads { try $0.imports(campaign: name, atMost: 1).first?.importedAt }
            let importedAt = isNew ? newest : nil
            return (.imported(ListResult(outcome, importedAt: importedAt ?? SystemEnvironment.now())), [])
        } catch {
            return (.failed(Phrase(of: error)), [])
        }
    }

    func rejects(
        of campaign: String, importedAt: Timestamp, in language: Language
    ) async throws -> any DownloadFile {
        try folder.prepare()
        return try await longReads.run { [reads, folder] in
            try await reads { reader in
                let imports = try reader.imports(campaign: campaign, atMost: 1_000)
                guard imports.contains(where: { $0.importedAt == importedAt }) else { throw DashboardError.notFound }
                // As the file beside the campaign file: opened in Excel, corrected and imported again.
                var report = ReportFile(reader: reader, campaign: campaign, isForExcel: true)
                report.rejectsOfImportAt = importedAt
                report.languageOfRemedies = language
                return try TemporaryDownload.make(in: folder) { try report.write(.rejects, format: .csv, to: $0) }
            }
        }
    }

    private nonisolated func operation(for entry: Entry) async throws -> ImportLists {
        let file = environmentFile
        let loaded = try await reads { reader in
            try CampaignOnDisk(reader, named: entry.campaign).loadWithoutSecrets(environmentFile: file)
        }
        return try entry.reading.operation(for: loaded)
    }
}
