import CampaignCore

/// The outcome of the import of one list, as JSON.
struct ImportedListDocument: Encodable {
    var file: String
    /// Rows that became contacts are `added`; `accepted` is the same number, under its older name.
    var rows, added, accepted, blocked, duplicates, repeated, alreadyInCampaign, calledRecently, rejected, blank,
        extra: Int
    var reasons: [String: Int]
    var unchangedSince: String?
    /// Contacts of earlier versions of the list that are no longer in any list, by state.
    var notListed: StateCounts
    var listedAgain: Int
    var isReplaced: Bool
    /// Lines at the top that were skipped; nil when none were.
    var skipped: SkippedLines?
    /// Columns, kinds of numbers and first rejects; nil for a list that was not read again.
    var phoneColumns: [PhoneColumn]?
    /// Hidden rows of a sheet that were left out; nil for a CSV file.
    var hiddenRows: Int?
    var mobile, fixed, unknownKind, further: Int?
    var rejectsShown: [ListFindings.Reject]?
    var sheet, likelierEncoding: String?

    struct PhoneColumn: Encodable {
        var name: String
        var number, mobile, fixed, unknownKind, unusable: Int
    }

    init(_ totals: ImportTotals) {
        file = totals.file
        rows = totals.rows
        added = totals.accepted
        accepted = totals.accepted
        blocked = totals.blocked
        duplicates = totals.duplicates
        repeated = totals.repeated
        alreadyInCampaign = totals.alreadyInCampaign
        calledRecently = totals.calledRecently
        rejected = totals.rejected
        blank = totals.blank
        extra = totals.extra
        reasons = totals.reasons
        unchangedSince = totals.unchangedSince.map { $0.json() }
        notListed = totals.notListed
        listedAgain = totals.listedAgain
        isReplaced = totals.isReplaced
        skipped = totals.skipped
        guard let findings = totals.findings else { return }
        phoneColumns = findings.phones.columns.map {
            PhoneColumn(
                name: $0.name, number: $0.number, mobile: $0.kinds.mobile, fixed: $0.kinds.fixed,
                unknownKind: $0.kinds.unknown, unusable: $0.unusable)
        }
        mobile = findings.phones.kinds.mobile
        fixed = findings.phones.kinds.fixed
        unknownKind = findings.phones.kinds.unknown
        further = findings.phones.further
        rejectsShown = findings.rejects
        sheet = findings.sheet
        hiddenRows = findings.sheet == nil ? nil : findings.hiddenRows
        likelierEncoding = findings.likelierEncoding?.name
    }
}

/// The outcome of the import of one list, in words.
struct ImportedListText {
    private let totals: ImportTotals
    private let language: Language

    init(_ totals: ImportTotals, _ language: Language) {
        self.totals = totals
        self.language = language
    }

    var lines: [String] {
        if let since = totals.unchangedSince {
            let time = LocalClock.machine.alone(since)[language]
            return [
                language.text(
                    "\(totals.file): the same file was imported at \(time): nothing has changed",
                    "\(totals.file): o mesmo arquivo foi importado em \(time): nada mudou")
            ] + versionLines
        }
        let skipped = SkippedLinesText(totals)?.line(language)
        let findings = totals.findings.map {
            ListFindingsText($0, file: totals.file, rejected: totals.rejected, language)
        }
        return [skipped, head].compactMap(\.self) + (findings?.phoneLines ?? []) + lines(details)
            + (findings?.rejectLines ?? []) + (findings?.repeatLines(of: totals.repeated) ?? []) + versionLines
    }

    private var head: String {
        let rows = language.counted(totals.rows, .row)
        let duplicates = language.counted(
            totals.duplicates, Noun("duplicate", portuguese: ("repetida", "repetidas")))
        let (added, rejected) = (totals.accepted, totals.rejected)
        return language.text(
            "\(totals.file): \(rows): \(added) added, \(duplicates), \(rejected) rejected, \(totals.blank) blank",
            "\(totals.file): \(rows): \(added.counted("incluída")), \(duplicates), \(rejected.counted("rejeitada")), "
                + "\(totals.blank) em branco")
    }

    private var details: [(Int, Phrase)] {
        let counted: [(Int, Phrase)] = [
            (totals.blocked, Phrase("added and excluded: do_not_call", "incluída e excluída: do_not_call")),
            (
                totals.standingBack,
                Phrase(
                    "added and excluded: same_whatsapp, another contact is called on the number",
                    "incluída e excluída: same_whatsapp, outro contato recebe a ligação nesse número")
            ),
            (totals.repeated, Phrase("duplicate: already in this list", "repetida: já está nesta lista")),
            (totals.alreadyInCampaign, Phrase("duplicate: already in the campaign", "repetida: já está na campanha")),
            (
                totals.calledRecently,
                Phrase(
                    "duplicate: called recently by another campaign",
                    "repetida: outra campanha ligou há pouco para esse número")
            ),
            (
                totals.extra,
                Phrase("additional: second numbers in a cell", "a mais: segundos números em uma célula")
            ),
        ]
        let reasons = totals.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return counted + reasons.map { ($0.value, Phrase("rejected: \($0.key)", "rejeitada: \($0.key)")) }
    }

    /// The contacts that only an earlier version of the file had.
    private var versionLines: [String] {
        let gone = totals.notListed
        let waiting =
            totals.isReplaced
            ? Phrase("now excluded: not_listed", "agora excluída: not_listed")
            : Phrase("and would still be called", "e a ligação ainda seria feita")
        let missing = Phrase("no longer in the list, ", "não está mais na lista, ")
        return lines([
            (gone.ready, missing + waiting),
            (gone.dialing, missing + Phrase("under way or interrupted", "em andamento ou interrompida")),
            (gone.accepted, missing + Phrase("accepted already", "já aceita")),
            (gone.failed, missing + Phrase("failed already", "já falhou")),
            (gone.inDoubt, missing + Phrase("in doubt", "em dúvida")),
            (
                totals.listedAgain,
                Phrase(
                    "in the list again, no longer excluded as not_listed",
                    "de novo na lista, não está mais excluída como not_listed")
            ),
        ])
    }

    private func lines(_ details: [(Int, Phrase)]) -> [String] {
        details.filter { $0.0 > 0 }.map { "  \($0.0) × \($0.1[language])" }
    }
}

/// The lines that were skipped at the top of a list, in words.
struct SkippedLinesText {
    private let file: String
    private let skipped: SkippedLines
    private let isSheet: Bool

    /// Nil when none were skipped.
    init?(_ totals: ImportTotals) {
        guard let skipped = totals.skipped else { return nil }
        file = totals.file
        self.skipped = skipped
        isSheet = totals.findings?.sheet != nil
    }

    private var unit: Noun {
        isSheet ? .row : Noun("line", portuguese: ("linha", "linhas"))
    }

    /// How many, and the first of them.
    func line(_ language: Language) -> String {
        let count = language.counted(skipped.count, unit)
        let more = skipped.count > skipped.first.count ? ", …" : ""
        let texts = skipped.first.map { "“\($0.text)”" }.joined(separator: ", ") + more
        return language.text(
            "\(file): \(count) skipped at the top (--skip-lines): \(texts)",
            "\(file): \(count) \(skipped.count.noun("pulada", "puladas")) no início (--skip-lines): \(texts)")
    }

    /// Warns about contacts that may be among them, even with --quiet.
    func warn(on output: Output) {
        for line in skipped.firstContacts {
            output.warn(
                Phrase(
                    "\(file):\(line.number) was skipped by --skip-lines and looks like a contact, who will "
                        + "not be called: “\(line.text)”",
                    "\(file):\(line.number) foi pulada por --skip-lines e parece um contato, que não vai receber a "
                        + "ligação: “\(line.text)”"))
        }
        let others = skipped.contacts - skipped.firstContacts.count
        if others > 0 {
            output.warn(
                Phrase(
                    "\(others.counted("more skipped line")) "
                        + "\(others.noun("looks like a contact", "look like contacts")).",
                    "Mais \(others.counted("linha pulada parece um contato", "linhas puladas parecem contatos"))."))
        }
        if skipped.unread > 0 {
            output.warn(
                Phrase(
                    "\(skipped.unread.counted("line")) \(skipped.unread.noun("was", "were")) "
                        + "skipped by --skip-lines without a check for contacts: no title is that long.",
                    "\(skipped.unread.counted("linha foi pulada", "linhas foram puladas")) por --skip-lines sem verificar "
                        + "se há contatos: nenhum título é tão longo."))
        }
        if skipped.mayLoseContacts {
            output.warn(
                Phrase(
                    "skip fewer lines and import the list again: give a smaller --skip-lines.",
                    "pule menos linhas e importe a lista de novo: indique um --skip-lines menor."))
        }
    }
}
