import Testing

@testable import CampaignCore

@Suite struct ErrorPhraseTests {
    static let columns = ["Nome", "Celular", "Fone 2"]

    static let lists: [any Explained & Sendable] = [
        ListError.empty(file: "a.csv"), ListError.noText(file: "a.csv", .pdf), ListError.noText(file: "a.csv", .gzip),
        ListError.noText(file: "a.csv", .binary), ListError.columns(file: "a.csv", line: 3, .noPhoneWanted),
        ListError.unclearHeader(file: "a.csv", line: 1, .noPhone(columns: columns), firstLines: "x;y"),
        ListError.csv(file: "a.csv", .strayQuote(line: 7)), CSVError.fieldTooLong(line: 7, limit: 9),
        CSVError.recordTooLong(line: 7, limit: 9), CSVError.tooManyFields(line: 7, limit: 9),
        ColumnError.noPhone(columns: columns), ColumnError.notTheHeader(firstRow: columns, headerLine: 4),
        ColumnError.noHeader(firstRow: columns, phones: [1]), ColumnError.noHeader(firstRow: columns, phones: []),
        ColumnError.noPhoneCell(firstRow: columns), ColumnError.ambiguousCells(firstRow: columns, places: [1, 2]),
        ColumnError.ambiguous(.name, candidates: ["Nome"], columns: columns),
        ColumnError.severalCodes(.ddd, places: [0, 2], phone: 1, columns: columns),
        ColumnError.notFound(.phone, name: "tel", columns: columns),
        ColumnError.sharedColumn(.phone, .phone, name: "Nome"), ColumnError.sharedColumn(.phone, .name, name: "Nome"),
        ColumnError.codesOfSeveralPhones(.ddd, places: [0], phones: [1, 2], columns: columns),
        ColumnError.noPhoneWanted,
        ColumnError.ambiguousPhone([PhoneCandidate(place: 1), PhoneCandidate(place: 2)], rows: 3, columns: columns),
        ColumnNamesError.noEqualsSign(entry: "x"), ColumnNamesError.noName(key: "phone"),
        ColumnNamesError.unknownKey("tel"), ColumnNamesError.twice(key: "name"), ColumnNamesError.unclosedQuote,
    ]

    static let databases: [any Explained & Sendable] = [
        StoreError.held(path: "/d.db", holder: Phrase("process 7", "processo 7"), stop: "discador pause c"),
        StoreError.held(path: "/d.db", holder: Phrase("process 7", "processo 7")),
        StoreError.fromNewerVersion(path: "/d.db"), StoreError.fromOlderVersion(path: "/d.db"),
        StoreError.notOurs(path: "/d.db", detail: "x"), StoreError.corrupt(path: "/d.db", detail: "x"),
        StoreError.diskFull(path: "/d.db"), StoreError.tooManyFiles(path: "/d.db"),
        StoreError.io(path: "/d.db", detail: "x"), StoreError.locked(path: "/d.db"),
        StoreError.replaced(path: "/d.db", place: "/d.db"),
        StoreError.replaced(path: "/d.db", place: "/d.db", rescued: "/d.db-rescued-1"),
        StoreError.overwritten(path: "/d.db", place: "/d.db"), StoreError.indexOverwritten(path: "/d.db"),
        StoreError.outdated(path: "/d.db", place: "/e.db", commits: 3, wanted: 8), StoreError.lost(path: "/d.db"),
        StoreError.unmarked(path: "/d.db"), StoreError.writtenElsewhere(path: "/d.db", name: "/e.db"),
        StoreError.otherDatabase(path: "/d.db", place: "/e.db"), StoreError.otherName(path: "/d.db", name: "/e.db"),
        StoreError.unknownCampaign(name: "c", known: []), StoreError.unknownCampaign(name: "c", known: ["d"]),
        StoreError.campaignIncomplete(name: "c"), StoreError.beingDeleted(name: "c"), StoreError.missing(path: "/d.db"),
        StoreError.unexpected(path: "/d.db", detail: "x"),
    ]

    static let others: [any Explained & Sendable] = [
        ProviderError.throttled(retryAfter: nil), ProviderError.refused("HTTP 404, not found"),
        ProviderError.unreachable("timed out"), SendRefusal.windowShut, SendRefusal.expired, SendRefusal.clockSet,
        SendRefusal.tooLate(.seconds(12)), SendRefusal.blocked,
    ]

    @Test func `every error is another sentence in Portuguese, with the same facts`() {
        for error in Self.lists + Self.databases + Self.others { Self.expectBoth(error.phrase) }
    }

    @Test(arguments: PhoneProblem.allCases)
    func `every phone problem has a remedy in both languages`(problem: PhoneProblem) {
        Self.expectBoth(problem.remedy)
        #expect(problem.suggestion == problem.remedy.english && problem.remedy.portuguese.hasSuffix("."))
    }

    @Test(arguments: WebAddress.Fault.allCases)
    func `every fault of an address has a remedy in both languages`(fault: WebAddress.Fault) {
        Self.expectBoth(fault.message)
        Self.expectBoth(fault.remedy)
    }

    @Test(arguments: [
        "", "stat = failed", "[nom] = 1", "'nome' = Ana", "= failed", "state", "state == failed", "state ~~~ 2",
        "state = failed && attempts = 2", "state = faild", "state > failed", "attempts > 1.500", "ddd in 11",
        "phone = 98765-4301", "(state = failed", "state = failed)",
    ])
    func `a filter that cannot be read is explained in both languages`(text: String) {
        let error = #expect(throws: FilterError.self) { try FilterFixture.filter(text) }
        if let error { Self.expectBoth(error.phrase) }
    }

    /// Numbers, and what stands between backticks, are the same in both.
    static func expectBoth(_ phrase: Phrase) {
        #expect(phrase.english != phrase.portuguese)
        for pattern in [/`[^`]+`/, /[0-9]+/, /--[a-z][a-z-]+/] {
            let facts = Language.allCases.map { language in
                phrase[language].matches(of: pattern).map { String($0.output) }.sorted()
            }
            #expect(facts[0] == facts[1], "\(phrase.portuguese)")
        }
    }
}
