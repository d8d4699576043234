import CampaignCore
import CampaignFile
import CampaignStore
import Dashboard
import Foundation

/// How a list that a browser has sent is read, by what somebody has chosen on a page.
struct ListReading: Sendable {
    let file: ListFile
    let choices: ListChoices
    /// The list's columns, as far as they are known.
    let columns: [PreviewedList.Column]

    /// The import of the list into a campaign.
    @inline(never)
    func operation(for loaded: LoadedCampaign) throws -> ImportLists {
        var operation = ImportLists(loaded: loaded, lists: [file])
        operation.reading = try applied(to: operation.reading)
        operation.replaces = choices.replaces
        operation.skipsCalledDays = choices.skipCalledDays
        operation.progress = ImportProgress(output: Output(isJSON: false, isQuiet: true))
        return operation
    }

    /// The columns of a list that cannot be read with these choices: whatever they mean.
    @inline(never)
    func columnsAlone() -> [PreviewedList.Column] {
        guard var reading = try? applied(to: ListReader.Options()) else { return [] }
        let none = ColumnMatcher.none
        var names = ColumnNames(phone: "1", name: none, callDuration: none, ddd: none, ddi: none)
        (names.callAudioUrl, names.notBefore) = (none, none)
        (reading.columns, reading.columnsOfOption) = (names, names)
        guard let source = try? ByteSource(file), var feed = try? ListFeed(file, source, reading) else { return [] }
        _ = try? feed.next()
        return feed.list.format.map { Self.columns(of: $0, meanings: false) } ?? []
    }

    static func columns(of format: ListFormat, meanings: Bool = true) -> [PreviewedList.Column] {
        format.columns.map { column in
            PreviewedList.Column(number: column.number, name: column.name, meaning: meanings ? column.meaning : nil)
        }
    }

    private func applied(to options: ListReader.Options) throws -> ListReader.Options {
        var reading = options
        let names = try names()
        reading.columnsOfOption = names
        reading.columns = reading.columns.merging(names)
        reading.delimiter = CSVDialect.Delimiter(named: choices.delimiter)
        reading.encoding = CSVDialect.Encoding(named: choices.encoding)
        reading.sheet = choices.sheet.isEmpty ? nil : choices.sheet
        reading.hidden = ListReader.HiddenCells(rawValue: choices.hidden)
        reading.hasHeader = choices.hasHeader
        reading.skipLines = choices.skipLines
        reading.splitsCells = choices.splits
        reading.allowsLandlines = !choices.isMobileOnly
        return reading
    }

    private func names() throws -> ColumnNames {
        let phones = try choices.phones.map(name)
        func other(_ column: ContactColumn) throws -> String? { try choices.columns[column].map(name) }
        var names = ColumnNames(
            phone: phones.first, name: try other(.name), callDuration: try other(.callDuration),
            ddd: try other(.ddd), ddi: try other(.ddi))
        names.furtherPhones = Array(phones.dropFirst())
        names.callAudioUrl = try other(.callAudioUrl)
        names.notBefore = try other(.notBefore)
        return names
    }

    /// What a column is called in an option: its number, unless another column has that for a name.
    private func name(ofColumn number: Int) throws -> String {
        guard number > 0 else { return ColumnMatcher.none }
        let text = "\(number)"
        guard columns.contains(where: { $0.name.filter { !$0.isWhitespace } == text }) else { return text }
        guard let name = columns.first(where: { $0.number == number })?.name,
            columns.count(where: { $0.name == name }) == 1
        else {
            throw Failure(
                .badInput,
                Phrase(
                    "Column \(number) cannot be told from the others: give it a name of its own in the file.",
                    "Não dá para distinguir a coluna \(number) das outras: dê a ela um nome próprio no arquivo."))
        }
        return name
    }
}

extension PreviewedList {
    /// What a preview has found.
    init(_ preview: ListPreview, columns: [Column]) {
        let list = preview.lists.first
        let repeats = preview.outcome.totals.first?.findings?.repeats ?? []
        let kept = list?.format.columns.filter(\.isKept) ?? []
        let rows = (list?.rows ?? []).compactMap { row in list.map { Row(row, $0, repeats, kept) } }
        self.init(
            format: list?.format.phrase ?? Phrase(verbatim: ""), isSheet: list?.format.sheet != nil, columns: columns,
            heads: kept.map(\.name), rows: rows, result: ListResult(preview.outcome, importedAt: nil))
    }
}

extension PreviewedList.Row {
    private static let widest = 200

    fileprivate init(
        _ row: ListRow, _ list: ListSample.List, _ repeats: [ListFindings.Repeat], _ columns: [ListFormat.Column]
    ) {
        let text = ListRowText(row, of: list, repeats, address: Self.host)
        // Whoever has the address of an audio can hear it: only its host is shown.
        let cells = text.cells.enumerated().map { index, cell in
            let isAudio = columns.indices.contains(index) && columns[index].meaning == .callAudioUrl
            let shown = isAudio ? Self.host(of: cell) : cell
            return shown.count > Self.widest ? shown.prefix(Self.widest) + "…" : shown
        }
        self.init(
            place: text.place ?? Phrase(verbatim: "–"), fate: text.fate, isLeftOut: text.isLeftOut, cells: cells)
    }

    private static func host(of address: String) -> String {
        URL(string: address)?.host().map { "\($0)/…" } ?? (address.isEmpty ? "" : "…")
    }
}

extension ListResult {
    /// What an import has done, or would do, with one list.
    init(_ outcome: ImportOutcome, importedAt: Timestamp?) {
        let totals = outcome.totals.first ?? ImportTotals(file: "")
        let texts = Language.allCases.map { ImportedListText(totals, $0).lines }
        // The same lines in each language.
        let lines = zip(texts[0], texts[1]).map { Phrase($0, $1) }
        var warnings = outcome.rejectsFailure.map { [$0.message] } ?? []
        if let unusable = UnusableList(totals) { warnings.append(unusable.message) }
        if totals.skipped?.mayLoseContacts == true {
            warnings.append(
                Phrase(
                    "Some of the skipped lines look like contacts, who would not be called: skip fewer lines.",
                    "Algumas das linhas puladas parecem contatos, que não receberiam ligação: pule menos linhas."))
        }
        self.init(
            rows: totals.rows, added: totals.accepted, duplicates: totals.duplicates, rejected: totals.rejected,
            blank: totals.blank, blocked: totals.blocked, lines: lines, warnings: warnings,
            contacts: outcome.contacts, isUsable: totals.hasUsableRows, importedAt: importedAt)
    }
}
