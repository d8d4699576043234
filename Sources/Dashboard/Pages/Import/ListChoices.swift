package import CampaignCore

/// What somebody has chosen about a list: how it is read, and what becomes of what is in it already.
package struct ListChoices: Sendable, Hashable {
    /// The columns of phones, by number from 1, in the order in which they count; empty: recognized from the header.
    package var phones: [Int] = []
    /// Other columns: a number from 1, or 0 for “the list has none”; without an entry it is recognized.
    package var columns: [ContactColumn: Int] = [:]
    /// Empty: recognized from the bytes.
    package var delimiter = ""
    /// Empty: recognized from the bytes.
    package var encoding = ""
    /// The name or number of a workbook's sheet; empty: the only one with rows.
    package var sheet = ""
    /// What becomes of hidden cells of a workbook: `skip`, `take`, or empty: there must be none.
    package var hidden = ""
    package var skipLines = 0
    package var hasHeader = true
    /// Whether a cell with two numbers becomes two contacts.
    package var splits = false
    package var isMobileOnly = false
    /// Whether who waits and is in no list any more is excluded.
    package var replaces = false
    /// Whether nothing is imported if any row is bad.
    package var isStrict = false
    /// Numbers that another campaign called in so many last days are left out; nil: none.
    package var skipCalledDays: Int?

    package init() {}

    /// Columns besides the phones that somebody can choose, in the order of the form.
    static let columnsOfForm: [ContactColumn] = [.name, .callDuration, .callAudioUrl, .notBefore, .ddd, .ddi]
    static let phonesOfForm = 3
    private static let mostColumns = 20_000

    /// The choices of a form.
    init(_ form: FormFields) throws(DashboardError) {
        for place in 1...Self.phonesOfForm {
            guard let number = try Self.number(form, "phone\(place)", in: 1...Self.mostColumns) else { continue }
            if !phones.contains(number) { phones.append(number) }
        }
        for column in Self.columnsOfForm {
            columns[column] = try Self.number(form, column.rawValue, in: 0...Self.mostColumns)
        }
        delimiter = form.text("delimiter") ?? ""
        guard delimiter.isEmpty || CSVDialect.Delimiter(named: delimiter) != nil else { throw Self.unknown }
        encoding = form.text("encoding") ?? ""
        guard encoding.isEmpty || CSVDialect.Encoding(named: encoding) != nil else { throw Self.unknown }
        sheet = String((form.text("sheet") ?? "").prefix(100))
        hidden = form.text("hidden") ?? ""
        guard hidden.isEmpty || ListReader.HiddenCells(rawValue: hidden) != nil else { throw Self.unknown }
        skipLines = try Self.number(form, "skipLines", in: 0...1_000_000) ?? 0
        hasHeader = form.text("noHeader") == nil
        splits = form.text("split") != nil
        isMobileOnly = form.text("mobileOnly") != nil
        replaces = form.text("replace") != nil
        isStrict = form.text("strict") != nil
        skipCalledDays = try Self.number(form, "skipCalled", in: 1...3660)
    }

    private static func number(
        _ form: FormFields, _ name: String, in range: ClosedRange<Int>
    ) throws(DashboardError) -> Int? {
        guard let text = form.text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw .invalid(
                Phrase(
                    "“\(text.prefix(40))” is not a number from \(range.lowerBound) to \(range.upperBound).",
                    "“\(text.prefix(40))” não é um número de \(range.lowerBound) a \(range.upperBound)."))
        }
        return number
    }

    private static let unknown = DashboardError.invalid(
        Phrase("This choice does not exist: load the page again.", "Esta opção não existe: recarregue a página."))

    /// The same text if and only if everything was chosen alike: a form that imports says with it what was shown.
    package var text: String {
        let numbers = phones.map { "\($0)" }.joined(separator: "+")
        let others = Self.columnsOfForm.compactMap { column in columns[column].map { "\(column.rawValue)=\($0)" } }
        let days = skipCalledDays.map { "\($0)" } ?? ""
        var parts = ["phones=\(numbers)"]
        parts += others
        parts += ["delimiter=\(delimiter)", "encoding=\(encoding)", "sheet=\(FormFields.encoded(sheet))"]
        parts += ["hidden=\(hidden)", "skip=\(skipLines)", "header=\(hasHeader)", "split=\(splits)"]
        parts += ["mobile=\(isMobileOnly)", "replace=\(replaces)", "strict=\(isStrict)", "called=\(days)"]
        return parts.joined(separator: ";")
    }
}
