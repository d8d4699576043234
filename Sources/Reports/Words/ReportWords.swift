package import CampaignCore

/// What people read in reports, in one language. A language is a value; the compiler says whether it is complete.
///
/// Codes are for machines and stay what they are: reports for people show these words beside or instead of them.
package protocol ReportWords: Sendable {
    var language: Language { get }

    // Rows.

    /// The heading of a column.
    func heading(_ column: ReportColumn) -> String
    func state(_ state: CallState) -> String
    func outcome(_ outcome: AttemptOutcome) -> String
    func answer(_ answer: Answer) -> String
    func delivery(_ delivery: Delivery) -> String
    func exclusion(_ reason: ExclusionReason) -> String
    func failure(_ reason: FailureReason) -> String
    func doubt(_ reason: DoubtReason) -> String
    func duplicate(_ reason: DuplicateReason) -> String
    func phoneProblem(_ problem: PhoneProblem) -> String

    // What to do about it, as a sentence; nil when nothing needs to be done.

    func remedy(_ reason: FailureReason) -> String?
    func remedy(_ reason: DoubtReason) -> String?
    func remedy(_ reason: ExclusionReason) -> String?

    // Figures.

    /// `1,234,567`.
    func number(_ number: Int) -> String
    /// `995` tenths as `99.5%`.
    func percent(tenths: Int) -> String
    /// A span of time, such as `1.2 s` or `3 h 5 min`.
    func span(milliseconds: Int64) -> String
    /// A day and a time of day, of which `iso` is the text in ISO 8601.
    func moment(iso: Substring, withSeconds: Bool) -> String
    /// A day, of which `iso` is the text in ISO 8601.
    func day(iso: Substring) -> String
    /// The days of the week from Monday on, abbreviated.
    var weekdays: [String] { get }

    // The summary for a terminal.

    func summary(_ line: SummaryLine) -> String

    // Workbooks.

    func text(_ text: SheetText) -> String

    // Pages.

    func page(_ text: PageText) -> String
    /// A sentence with figures in it.
    func sentence(_ sentence: PageSentence) -> String
    /// What the words on a page mean.
    var definitions: [Definition] { get }
}

/// A word of a report, and what it means there.
package struct Definition: Hashable, Sendable {
    package let term: String
    package let meaning: String

    package init(_ term: String, _ meaning: String) {
        self.term = term
        self.meaning = meaning
    }
}

extension Language {
    /// The words of reports in this language.
    package var reportWords: any ReportWords {
        switch self {
        case .english: EnglishReport()
        case .portuguese: PortugueseReport()
        }
    }
}

extension ReportWords {
    /// Why a contact is in its state, in words; the code itself when it is not one of ours.
    package func reason(_ code: String, of state: CallState) -> String {
        switch state {
        case .failed: FailureReason(rawValue: code).map(failure) ?? code
        case .inDoubt: DoubtReason(rawValue: code).map(doubt) ?? code
        case .excluded: ExclusionReason(rawValue: code).map(exclusion) ?? code
        case .ready, .dialing, .accepted: DoubtReason(rawValue: code).map(doubt) ?? code
        }
    }

    /// What to do about contacts that are in their state for this reason; nil when nothing needs to be done.
    package func remedy(_ code: String, of state: CallState) -> String? {
        switch state {
        case .failed: FailureReason(rawValue: code).flatMap { remedy($0) }
        case .inDoubt: DoubtReason(rawValue: code).flatMap { remedy($0) }
        case .excluded: ExclusionReason(rawValue: code).flatMap { remedy($0) }
        case .ready, .dialing, .accepted: nil
        }
    }

    /// Why a row of a list was rejected, in words; the code itself when it is not about the phone.
    package func rejected(_ code: String) -> String {
        PhoneProblem(rawValue: code).map(phoneProblem) ?? code
    }

    func grouped(_ number: Int, by separator: Character) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(separator) }
            text.append(digit)
        }
        return number < 0 ? "-" + text : text
    }
}
